import type { Extensions } from './command.ts'
import { type Command, objectCommand } from './command.ts'
import { el, type XmlNode } from './xml.ts'

/** RFC 5732 section 3.1.1. */
export const checkHosts = (names: readonly string[], extensions?: Extensions): Command =>
  objectCommand('check', el('host:check', {}, ...names.map(nameOf)), extensions)

/** RFC 5732 section 3.1.2. */
export const infoHost = (name: string, extensions?: Extensions): Command =>
  objectCommand('info', el('host:info', {}, nameOf(name)), extensions)

/** RFC 5732 section 3.2.1. Addresses are wanted for a host inside the registry's own zones only. */
export const createHost = (
  name: string,
  addresses: readonly { ip: 'v4' | 'v6'; address: string }[],
  extensions?: Extensions,
): Command =>
  objectCommand(
    'create',
    el(
      'host:create',
      {},
      nameOf(name),
      ...addresses.map(({ ip, address }) => el('host:addr', { ip }, address)),
    ),
    extensions,
  )

const nameOf = (name: string): XmlNode => el('host:name', {}, name)
