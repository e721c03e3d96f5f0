import { createHash } from 'node:crypto'
import { type Parsed, parsed, rejected } from '../domain/problem.ts'

const NIC_HANDLE = /^[a-z0-9][a-z0-9-]{1,30}[a-z0-9]$/
/** RFC 4648 section 6, in lower case. */
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * Reads a nic-handle, the registrar's own key of a customer. Case does not count: it is kept in lower case.
 * @returns problems with field `nicHandle`.
 */
export function parseNicHandle(text: string): Parsed<string> {
  const handle = text.toLowerCase()
  if (handle === '') return rejected('nicHandle', 'nic-handle-empty', 'The nic-handle is empty.')
  if (handle.length < 3 || handle.length > 32)
    return rejected('nicHandle', 'nic-handle-length', 'A nic-handle has 3 to 32 characters.')
  if (!NIC_HANDLE.test(handle))
    return rejected(
      'nicHandle',
      'nic-handle-characters',
      'A nic-handle holds letters, digits and inner hyphens only.',
    )
  return parsed(handle)
}

/**
 * The id of a holder's contact at every registry: 16 characters, the most that clIDType takes (RFC 5730). Registrars share
 * one space of ids at a registry, so a short nic-handle as it stands might name another registrar's contact.
 */
export function contactIdOf(nicHandle: string): string {
  const hash = createHash('sha256').update(nicHandle).digest()
  return `vg${[...hash.subarray(0, 14)].map((octet) => BASE32[octet & 31]).join('')}`
}
