import { unicodeOf } from '../../../domain/name.ts'
import { NS } from '../../../epp/namespaces.ts'
import { child, children, el, type XmlNode } from '../../../epp/xml.ts'
import type { SandboxDomain } from '../../registry.ts'
import { type AskedName, isIdn } from '../asked-name.ts'
import type { Call } from '../call.ts'
import type { CheckedName, Dialect } from '../dialect.ts'
import { refuse } from '../refusal.ts'
import { token } from '../value.ts'
import { plain } from './plain.ts'

/** Versions of the domain extension in use, the newest first; the answer is in the newest that the client speaks. */
const VERSIONS = [NS.domainExt, NS.domainExt25, NS.domainExt24]

/**
 * EURid (.eu). Reasons, `availableDate` to the millisecond and the flags of an info are as client libraries read them
 * (Net-DRI up to version 2.0 of the extension, others 2.4). That versions 2.5 and 2.6 keep the same elements is our reading.
 */
export const eurid: Dialect = {
  ...plain,
  extensions: [...VERSIONS, NS.contactExt, NS.euridIdn],
  hosts: 'attributes',
  dates: 'milliseconds',
  inspect: () => {},
  reason(standing) {
    switch (standing.kind) {
      case 'registered':
        return standing.domain.stage === 'quarantine' ? 'quarantine' : 'in use'
      case 'reserved':
        return standing.as === 'blocked' ? 'blocked' : 'reserved'
      case 'invalid':
        return 'invalid'
      case 'dropzone':
        return plain.reason(standing)
    }
  },
  checked: (call, names) => [
    chkData(call, names),
    mapping(
      call,
      names.flatMap(({ asked }) => asked ?? []),
    ),
  ],
  told: (call, asked, domain) => [infData(call, domain), mapping(call, [asked])],
  stamp: (call, asked) => mapping(call, [asked]),
  onsite(call, part) {
    const extension = call.command.extensions.find(({ ns }) => VERSIONS.some((uri) => uri === ns))
    if (!extension) return []
    const place = part === 'create' ? extension : child(extension, part, extension.ns)
    return children(place, 'contact', extension.ns).map((contact) => {
      if (contact.attributes.type !== 'onsite')
        refuse(2102, 'Of the contacts of the extension, the onsite one is kept.')
      return token(contact)
    })
  },
}

/** The extension element of the version that the client speaks, under the prefix that everybody gives it. */
function inVersion(call: Call, name: string, ...nested: (XmlNode | null)[]): XmlNode | null {
  const uri = VERSIONS.find((version) => call.speaks(version))
  return uri ? el(`domain-ext:${name}`, { 'xmlns:domain-ext': uri }, ...nested) : null
}

function chkData(call: Call, names: readonly CheckedName[]): XmlNode | null {
  const dated = names.flatMap((checked) => {
    if (!checked.asked || checked.standing.kind !== 'registered') return []
    const { availableAt } = checked.standing.domain
    if (!availableAt) return []
    return el(
      'domain-ext:domain',
      {},
      el('domain-ext:name', {}, checked.asked.spelling),
      el('domain-ext:availableDate', {}, availableAt.toISOString()),
    )
  })
  return dated.length > 0 ? inVersion(call, 'chkData', ...dated) : null
}

function infData(call: Call, domain: SandboxDomain): XmlNode | null {
  const flag = (name: string, set: boolean) => el(`domain-ext:${name}`, {}, String(set))
  const date = (name: string, at: Date | null) =>
    at && el(`domain-ext:${name}`, {}, at.toISOString())
  const onsite = domain.contacts.filter(({ type }) => type === 'onsite')
  const held = domain.statuses.includes('serverHold')
  return inVersion(
    call,
    'infData',
    flag('onHold', held),
    flag('reserved', false),
    flag('quarantined', domain.stage === 'quarantine'),
    flag('suspended', false),
    flag('seized', false),
    date('availableDate', domain.availableAt),
    date('deletionDate', domain.deletedAt),
    ...onsite.map(({ id }) => el('domain-ext:contact', { type: 'onsite' }, id)),
    flag('delayed', false),
  )
}

/** Both forms of each IDN of the command. */
function mapping(call: Call, asked: readonly AskedName[]): XmlNode | null {
  const idns = asked.filter(({ name }) => isIdn(name))
  if (idns.length === 0 || !call.speaks(NS.euridIdn)) return null
  const forms = idns.map(({ name }) =>
    el('idn:name', {}, el('idn:ace', {}, name), el('idn:unicode', {}, unicodeOf(name))),
  )
  return el('idn:mapping', { 'xmlns:idn': NS.euridIdn }, ...forms)
}
