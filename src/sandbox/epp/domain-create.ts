import type { Policy } from '../../domain/policy/policy.ts'
import { NS } from '../../epp/namespaces.ts'
import { child, el, type XmlElement } from '../../epp/xml.ts'
import type { SandboxDomain } from '../registry.ts'
import { done } from './answer.ts'
import { type AskedName, readDomainName } from './asked-name.ts'
import { printDate } from './dialect.ts'
import { readContacts, readNameServers, readRegistrant } from './domain.ts'
import { feeCreData } from './fee.ts'
import { refuse } from './refusal.ts'
import { delegateNew, readSecDnsCreate } from './secdns.ts'
import { expectSequence } from './shape.ts'
import { type Carry, settled, type Turn } from './turn.ts'
import { readAuthInfo, readYears, tokenOf } from './value.ts'

/**
 * Registers a name (RFC 5731 section 3.2.1), first come, first served. Each one counts against the day's creates as it
 * comes in, whatever becomes of it.
 */
export const createDomain: Carry = (turn) => {
  const { books, registry, by, command, dialect, ledger } = turn
  const stopped = ledger.takeCreate(by)
  if (stopped !== null) refuse(2308, stopped)
  const { object } = command
  expectSequence(object, 'name period? ns? registrant? contact* authInfo')
  const asked = readDomainName(turn, tokenOf(object, 'name') ?? '')
  const years = readPolicyYears(asked.policy, child(object, 'period', NS.domain))
  const nameServers = readNameServers(turn, child(object, 'ns', NS.domain))
  const registrant = readRegistrant(turn, object)
  const contacts = readContacts(turn, object, 'create')
  demandCast(turn, asked.policy, registrant, contacts)
  const authInfo = readAuthInfo(child(object, 'authInfo', NS.domain)) || null
  const signers = readSecDnsCreate(turn)
  const fee = feeCreData(turn, asked, years)
  const domain = settled(
    books.createDomain(registry, by, {
      name: asked.name,
      years,
      registrant,
      contacts,
      nameServers,
      authInfo,
    }),
  )
  delegateNew(turn, domain, signers)
  return done(1000, creData(turn, asked, domain), [fee, dialect.stamp(turn, asked)])
}

const creData = ({ dialect }: Turn, asked: AskedName, domain: SandboxDomain) =>
  el(
    'domain:creData',
    {},
    el('domain:name', {}, asked.spelling),
    el('domain:crDate', {}, printDate(dialect, domain.createdAt)),
    el('domain:exDate', {}, printDate(dialect, domain.expiresAt)),
  )

/** The period of a command, or the registry's own. @throws Refusal 2306 for one that the registry does not take. */
export function readPolicyYears(policy: Policy, period: XmlElement | null): number {
  const { min, max, default: usual } = policy.epp.periodYears
  const years = readYears(period) ?? usual
  if (years < min || years > max)
    refuse(
      2306,
      min === max ? `Names are registered for ${min} year.` : `A period is ${min} to ${max} years.`,
    )
  return years
}

/** Whether everybody is there whom the registry wants in a create, and nobody else. @throws Refusal 2003, 2306. */
function demandCast(
  { dialect, books, registry }: Turn,
  policy: Policy,
  registrant: string | null,
  contacts: SandboxDomain['contacts'],
): void {
  const wanted = policy.epp.contacts
  for (const type of ['admin', 'tech', 'billing'] as const) {
    const count = contacts.filter((contact) => contact.type === type).length
    const most = dialect.mostContacts[type] ?? Number.POSITIVE_INFINITY
    if (count > most) refuse(2306, `At most ${most} ${type} contacts.`)
    if (dialect.contacts === 'required' && count < wanted[type])
      refuse(2003, `At least ${wanted[type]} ${type} contact is wanted.`)
  }
  if (dialect.contacts === 'required' && wanted.registrant && registrant === null)
    refuse(2003, 'The element registrant is missing in create.')
  const eligible = policy.eligibility.value
  const holder = registrant === null ? null : books.contact(registry, registrant)
  // Where citizenship counts too, the residence alone refuses nobody.
  if (!holder || !eligible || eligible.citizenship) return
  if (!holder.postal.some(({ country }) => eligible.countries.includes(country)))
    refuse(2306, 'The registrant does not live in a country whose residents may hold the name.')
}
