import type { DomainName } from '../domain/name.ts'
import type { Registry } from '../domain/policy/policy.ts'
import type { EppStatus } from '../domain/status.ts'
import { contactOf } from './contacts.ts'
import { nameServerProblem } from './create.ts'
import { type Desk, done, keep, ownRegistration, refused, rulesOf } from './desk.ts'
import { addYears, type DomainFacts, termOf } from './life-cycle.ts'
import type { DomainUpdate, Done, SandboxDomain } from './registry.ts'

/** Most years a registration may have ahead of it (ICANN registry agreements; the others follow). */
const MOST_YEARS = 10

/**
 * Adds years to the term. 2101 where names renew by themselves alone (.be), 2004 for a wrong current expiry or more than ten
 * years, 2304 when a status forbids it.
 */
export function renewDomain(
  desk: Desk,
  registry: Registry,
  by: string,
  name: DomainName,
  currentExpiry: string,
  years: number,
): Done<SandboxDomain> {
  const owned = ownRegistration(desk, registry, by, name)
  if (!owned.ok) return owned
  const facts = owned.value
  if (registry === 'dnsBelgium') return refused(2101, 'Names renew by themselves here')
  const prohibited = prohibition(facts, 'RenewProhibited')
  if (prohibited) return prohibited
  const { expiresAt } = termOf(facts, rulesOf(desk, facts.extension), desk.at)
  if (expiresAt.toISOString().slice(0, 10) !== currentExpiry)
    return refused(2004, 'The current expiry date is another')
  if (!Number.isInteger(years) || years < 1) return refused(2004, 'The term is a number of years')
  const renewed = addYears(expiresAt, years)
  if (renewed > addYears(desk.at, MOST_YEARS))
    return refused(2004, `A term ends at most ${MOST_YEARS} years ahead`)
  return done(keep(desk, facts, by, { expiresAt: renewed, renewedAt: desk.at }))
}

/**
 * Changes a registration. 2304 when a status forbids it, 2306 for a status that clients may not set or that is (not) there,
 * 2303 for a contact or host that does not exist.
 */
export function updateDomain(
  desk: Desk,
  registry: Registry,
  by: string,
  name: DomainName,
  change: DomainUpdate,
): Done<SandboxDomain> {
  const owned = ownRegistration(desk, registry, by, name)
  if (!owned.ok) return owned
  const facts = owned.value
  const unlocks = change.removeStatuses.includes('clientUpdateProhibited')
  const prohibited = prohibition(facts, 'UpdateProhibited')
  if (prohibited && !(unlocks && !facts.statuses.includes('serverUpdateProhibited')))
    return prohibited
  const nameServers = changed(facts.nameServers, change.addNameServers, change.removeNameServers)
  const problem =
    statusProblem(facts, change) ??
    contactProblem(desk, registry, change) ??
    (change.addNameServers.length > 0 ? nameServerProblem(desk, registry, nameServers) : null)
  if (problem) return problem
  const { removeContacts } = change
  return done(
    keep(desk, facts, by, {
      nameServers,
      statuses: changed(facts.statuses, change.addStatuses, change.removeStatuses),
      contacts: [
        ...facts.contacts.filter(
          (c) => !removeContacts.some(({ type, id }) => type === c.type && id === c.id),
        ),
        ...change.addContacts,
      ],
      registrant: change.registrant ?? facts.registrant,
      authInfo: change.authInfo ?? facts.authInfo,
    }),
  )
}

const changed = <T>(now: readonly T[], add: readonly T[], remove: readonly T[]): T[] => [
  ...new Set([...now.filter((one) => !remove.includes(one)), ...add]),
]

/** What stands in the way of a change: a status of that kind, a delete, or a pending transfer. */
function prohibition(facts: DomainFacts, kind: 'RenewProhibited' | 'UpdateProhibited') {
  const status = facts.statuses.find((one) => one.endsWith(kind))
  if (status) return refused(2304, `${status} is set`)
  if (facts.deletion) return refused(2304, 'It is deleted')
  if (facts.transfer?.status === 'pending') return refused(2304, 'A transfer is pending')
  return null
}

function statusProblem(facts: DomainFacts, { addStatuses, removeStatuses }: DomainUpdate) {
  const isForeign = (status: EppStatus) => !status.startsWith('client')
  const foreign = [...addStatuses, ...removeStatuses].find(isForeign)
  if (foreign) return refused(2306, `${foreign} is not for clients to set`)
  const there = addStatuses.find((status) => facts.statuses.includes(status))
  if (there) return refused(2306, `${there} is set already`)
  const absent = removeStatuses.find((status) => !facts.statuses.includes(status))
  return absent ? refused(2306, `${absent} is not set`) : null
}

function contactProblem(desk: Desk, registry: Registry, change: DomainUpdate) {
  const ids = change.addContacts.map(({ id }) => id)
  if (change.registrant !== null) ids.push(change.registrant)
  const missing = ids.find((id) => !contactOf(desk, registry, id))
  return missing === undefined ? null : refused(2303, `Contact ${missing} does not exist`)
}
