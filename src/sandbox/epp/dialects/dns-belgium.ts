import { NS } from '../../../epp/namespaces.ts'
import { child, children, el, type XmlElement, type XmlNode } from '../../../epp/xml.ts'
import type { SandboxDomain } from '../../registry.ts'
import { type Call, extensionOf } from '../call.ts'
import type { CheckedName, Dialect } from '../dialect.ts'
import { token } from '../value.ts'
import { eurid } from './eurid.ts'
import { plain } from './plain.ts'

/**
 * DNS Belgium (.be). The dates come only to those who ask for `<dnsbe:domain version="2.0"/>`, as its public manual shows
 * for check and info; there a name in quarantine has the reason "in use" too, and only its date tells. Onsite contacts are
 * taken in the extension, and in `domain:contact` as the manual's own examples have them; they are told in the extension,
 * which is our reading, since no answer would fit the schema otherwise.
 */
export const dnsBelgium: Dialect = {
  ...plain,
  extensions: [NS.dnsbe],
  hosts: 'attributes',
  dates: 'milliseconds',
  inspect: () => {},
  reason: (standing) => (standing.kind === 'registered' ? 'in use' : eurid.reason(standing)),
  checked: (call, names) => [chkData(call, names)],
  told: (call, _asked, domain) => [infData(call, domain)],
  onsite(call, part) {
    const { command } = call
    const changes = child(
      child(extensionOf(call, NS.dnsbe), command.verb, NS.dnsbe),
      'domain',
      NS.dnsbe,
    )
    return part === 'create'
      ? [...onsiteOf(changes), ...onsiteOf(command.object)]
      : [
          ...onsiteOf(child(changes, part, NS.dnsbe)),
          ...onsiteOf(child(command.object, part, NS.domain)),
        ]
  },
}

const onsiteOf = (place: XmlElement | null): string[] =>
  children(place, 'contact')
    .filter(({ attributes }) => attributes.type === 'onsite')
    .map(token)

function wantsVersion2(call: Call): boolean {
  const part = child(extensionOf(call, NS.dnsbe), call.command.verb, NS.dnsbe)
  return child(part, 'domain', NS.dnsbe)?.attributes.version === '2.0'
}

function chkData(call: Call, names: readonly CheckedName[]): XmlNode | null {
  if (!wantsVersion2(call)) return null
  const told = names.flatMap((checked) => {
    if (!checked.asked || checked.standing.kind !== 'registered') return []
    const { availableAt, statuses } = checked.standing.domain
    if (!availableAt && statuses.length === 0) return []
    return el(
      'dnsbe:cd',
      {},
      el('dnsbe:name', {}, checked.asked.spelling),
      availableAt && el('dnsbe:availableDate', {}, availableAt.toISOString()),
      ...statuses.map((s) => el('dnsbe:status', { s })),
    )
  })
  if (told.length === 0) return null
  return el('dnsbe:ext', {}, el('dnsbe:chkData', {}, el('dnsbe:domain', {}, ...told)))
}

function infData(call: Call, domain: SandboxDomain): XmlNode | null {
  if (!wantsVersion2(call)) return null
  const onsite = domain.contacts.filter(({ type }) => type === 'onsite')
  const told = el(
    'dnsbe:domain',
    {},
    ...onsite.map(({ id }) => el('dnsbe:contact', { type: 'onsite' }, id)),
    el('dnsbe:onhold', {}, String(domain.statuses.includes('serverHold'))),
    el('dnsbe:quarantined', {}, String(domain.stage === 'quarantine')),
    domain.deletedAt && el('dnsbe:deletionDate', {}, domain.deletedAt.toISOString()),
  )
  return el('dnsbe:ext', {}, el('dnsbe:infData', {}, told))
}
