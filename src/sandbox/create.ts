import { type DomainName, extensionOf } from '../domain/name.ts'
import type { Policy, Registry } from '../domain/policy/policy.ts'
import { contactOf, standardContact } from './contacts.ts'
import { type Desk, done, nextRoid, policyAt, refused, shown } from './desk.ts'
import { hostOf, keepsHosts } from './hosts.ts'
import { addYears, type DomainFacts } from './life-cycle.ts'
import type { DomainCreate, Done, SandboxDomain } from './registry.ts'
import { standingOf } from './standing.ts'

/** Name servers that a delegation takes. */
export const MOST_NAME_SERVERS = 13

/**
 * Registers a name that is free, or says why not: 2306 when the registry would never take it, 2004 for its term, 2302 when
 * it is held, 2308 when it waits in the Dropzone, 2003 and 2306 for its contacts, 2303 for an object that is not there.
 */
export function createDomain(
  desk: Desk,
  registry: Registry,
  by: string,
  create: DomainCreate,
): Done<SandboxDomain> {
  const policy = policyAt(registry, create.name)
  if (!policy) return refused(2306, `${create.name} is not in this registry`)
  const { min, max } = policy.epp.periodYears
  if (!Number.isInteger(create.years) || create.years < min || create.years > max)
    return refused(2004, `The term is ${min} to ${max} years`)
  const problem =
    standingProblem(desk, create.name) ??
    contactProblem(desk, policy, create) ??
    nameServerProblem(desk, registry, create.nameServers) ??
    (policy.epp.authInfo === 'required' && !create.authInfo
      ? refused(2003, 'An authInfo is required')
      : null)
  return problem ?? done(register(desk, by, create))
}

/** Enters a registration without asking; whatever was known of the name before is over. */
export function register(desk: Desk, by: string, create: DomainCreate): SandboxDomain {
  const extension = extensionOf(create.name)
  if (!extension) throw new Error(`${create.name} is in none of the zones`)
  const facts: DomainFacts = {
    name: create.name,
    extension,
    roid: nextRoid(desk, 'DOMAIN', extension),
    sponsor: by,
    createdBy: by,
    createdAt: desk.at,
    updatedBy: null,
    updatedAt: null,
    expiresAt: addYears(desk.at, create.years),
    renewedAt: null,
    transferredAt: null,
    statuses: [],
    registrant: create.registrant,
    contacts: create.contacts,
    nameServers: create.nameServers,
    authInfo: create.authInfo,
    transfer: null,
    deletion: null,
    fate: null,
  }
  desk.state.put('domain', facts.name, facts)
  return shown(desk, facts)
}

/** The name servers that each registrar has at each registry from the start. */
export const standardNameServers = (registrar: string): string[] =>
  ['ns1', 'ns2'].map((host) => `${host}.${registrar}.example`)

/** A complete order for one year, as a registrar's own system would send it. */
export function standardOrder(policy: Policy, by: string, name: DomainName): DomainCreate {
  const contact = policy.epp.contacts.registrant ? standardContact(by) : null
  const roles = ['admin', 'tech', 'billing'] as const
  return {
    name,
    years: policy.epp.periodYears.default,
    registrant: contact,
    contacts: contact
      ? roles.filter((type) => policy.epp.contacts[type] > 0).map((type) => ({ type, id: contact }))
      : [],
    nameServers: standardNameServers(by),
    authInfo: policy.epp.authInfo === 'required' ? 'transfer-me-not' : null,
  }
}

function standingProblem(desk: Desk, name: DomainName): ReturnType<typeof refused> | null {
  const standing = standingOf(desk, name)
  switch (standing.kind) {
    case 'free':
      return null
    case 'registered':
      return refused(2302, 'Object exists')
    case 'dropzone':
      return refused(2308, 'Name held in the dropzone')
    case 'reserved':
    case 'invalid':
      return refused(2306, standing.reason)
  }
}

/**
 * Contacts as the registry's tongue has them: none at a thin registry, optional where the plain RFC dialect is spoken, as
 * the policy counts them elsewhere.
 */
function contactProblem(
  desk: Desk,
  { registry, epp }: Policy,
  { registrant, contacts }: DomainCreate,
): ReturnType<typeof refused> | null {
  const ids = [...(registrant === null ? [] : [registrant]), ...contacts.map(({ id }) => id)]
  if (epp.dialect === 'verisign')
    return ids.length > 0 ? refused(2306, 'This registry keeps no contacts') : null
  if (epp.dialect !== 'plain') {
    if (epp.contacts.registrant && registrant === null)
      return refused(2003, 'A registrant is required')
    for (const role of ['admin', 'tech', 'billing'] as const) {
      const given = contacts.filter(({ type }) => type === role).length
      if (given < epp.contacts[role])
        return refused(2003, `At least ${epp.contacts[role]} ${role} contact is required`)
    }
  }
  const missing = ids.find((id) => !contactOf(desk, registry, id))
  return missing === undefined ? null : refused(2303, `Contact ${missing} does not exist`)
}

/** A delegation to hosts that the registry does not know (2303), or to too many (2308). */
export function nameServerProblem(
  desk: Desk,
  registry: Registry,
  nameServers: readonly string[],
): ReturnType<typeof refused> | null {
  if (nameServers.length > MOST_NAME_SERVERS)
    return refused(2308, `A delegation takes at most ${MOST_NAME_SERVERS} name servers`)
  if (!keepsHosts(registry)) return null
  const missing = nameServers.find((host) => !hostOf(desk, registry, host))
  return missing === undefined ? null : refused(2303, `Host ${missing} does not exist`)
}
