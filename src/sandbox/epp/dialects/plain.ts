import { NS } from '../../../epp/namespaces.ts'
import { textOf } from '../../../epp/xml.ts'
import { isIdn, readDomainName } from '../asked-name.ts'
import { type Call, extensionOf } from '../call.ts'
import type { Dialect } from '../dialect.ts'
import { Refusal } from '../refusal.ts'
import { tokenOf } from '../value.ts'

/**
 * The RFCs as they stand, with fees (RFC 8748) and the IDN mapping that .org, .info and .biz are run with. The wording of
 * the reasons is ours, save for the Dropzone's, which registrars are known to be told.
 */
export const plain: Dialect = {
  extensions: [NS.fee, NS.idn],
  contacts: 'required',
  mostContacts: {},
  hosts: 'objects',
  dates: 'seconds',
  inspect: (call) => demandTag(call, (c) => textOf(extensionOf(c, NS.idn), 'table', NS.idn)),
  reason(standing) {
    switch (standing.kind) {
      case 'registered':
        return 'In use'
      case 'dropzone':
        return 'Name held in the dropzone'
      case 'invalid':
        return 'Invalid domain name'
      case 'reserved':
        return RESERVED[standing.as]
    }
  },
  checked: () => [],
  told: () => [],
  stamp: () => null,
  onsite: () => [],
}

const RESERVED = {
  reserved: 'Reserved name',
  premium: 'Premium name',
  blocked: 'Blocked name',
  notOpen: 'Not open for registration',
} as const

/** An IDN is created with the tag of its language or script. @throws Refusal 2003 without one where it is wanted. */
export function demandTag(call: Call, tagOf: (call: Call) => string | null): void {
  if (call.command.verb !== 'create') return
  const { name, policy } = readDomainName(call, tokenOf(call.command.object, 'name') ?? '')
  if (isIdn(name) && policy.epp.idnTag === 'required' && !tagOf(call))
    throw new Refusal(2003, 'An IDN is created with the tag of its language or script.')
}
