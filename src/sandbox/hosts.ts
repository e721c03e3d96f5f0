import { type DomainName, extensionOf } from '../domain/name.ts'
import { policyFor } from '../domain/policy/policies.ts'
import type { Registry } from '../domain/policy/policy.ts'
import { type Desk, done, homeOf, nextRoid, ownRegistration, refused } from './desk.ts'
import type { Books, Done, SandboxHost } from './registry.ts'

type HostChange = Parameters<Books['updateHost']>[3]

/** Most addresses of one host. */
const MOST_ADDRESSES = 13

const key = (registry: Registry, id: string) => `${registry}/${id.toLowerCase()}`

/** Whether name servers are objects of their own here; elsewhere they are attributes of the domain (RFC 5731 section 1.1). */
export function keepsHosts(registry: Registry): boolean {
  const { dialect } = policyFor(homeOf(registry)).epp
  return dialect === 'verisign' || dialect === 'plain'
}

export const hostOf = (desk: Desk, registry: Registry, name: string): SandboxHost | null =>
  desk.state.table('host').get(key(registry, name)) ?? null

/** The name of this registry that the host lies below, or null for a host elsewhere. */
function domainAbove(registry: Registry, host: string): DomainName | null {
  const above = host.toLowerCase().split('.').slice(-2).join('.') as DomainName
  const extension = extensionOf(above)
  return extension && policyFor(extension).registry === registry ? above : null
}

/** RFC 5732: a host below one of the registry's own names needs that name and its address; another has none. */
export function createHost(
  desk: Desk,
  registry: Registry,
  by: string,
  name: string,
  addresses: SandboxHost['addresses'],
): Done<SandboxHost> {
  if (!keepsHosts(registry)) return refused(2101, 'Name servers are no objects here')
  if (hostOf(desk, registry, name)) return refused(2302, 'Object exists')
  const problem =
    placeProblem(desk, registry, by, name) ?? addressProblem(registry, name, addresses)
  if (problem) return problem
  return done(
    keepHost(desk, registry, {
      name: name.toLowerCase(),
      roid: nextRoid(desk, 'HOST', homeOf(registry)),
      sponsor: by,
      createdBy: by,
      createdAt: desk.at,
      updatedBy: null,
      updatedAt: null,
      addresses,
    }),
  )
}

export function updateHost(
  desk: Desk,
  registry: Registry,
  by: string,
  name: string,
  { add, remove, newName }: HostChange,
): Done<SandboxHost> {
  const host = hostOf(desk, registry, name)
  if (!host) return refused(2303, 'Object does not exist')
  if (host.sponsor !== by) return refused(2201, 'Sponsored by another registrar')
  const renamed = newName !== null && newName.toLowerCase() !== host.name
  const target = renamed ? newName.toLowerCase() : host.name
  if (renamed && hostOf(desk, registry, target)) return refused(2302, `Host ${target} exists`)
  const kept = host.addresses.filter((a) => !remove.some(({ address }) => address === a.address))
  const addresses = [...kept, ...add]
  const problem =
    (renamed ? placeProblem(desk, registry, by, target) : null) ??
    addressProblem(registry, target, addresses)
  if (problem) return problem
  if (renamed) {
    desk.state.put('host', key(registry, host.name), null)
    renameInDelegations(desk, registry, host.name, target)
  }
  return done(
    keepHost(desk, registry, {
      ...host,
      name: target,
      addresses,
      updatedBy: by,
      updatedAt: desk.at,
    }),
  )
}

function keepHost(desk: Desk, registry: Registry, host: SandboxHost): SandboxHost {
  desk.state.put('host', key(registry, host.name), host)
  return host
}

/** A name may not vanish under a delegation: the name servers follow their host. */
function renameInDelegations(desk: Desk, registry: Registry, from: string, to: string): void {
  for (const facts of [...desk.state.table('domain').values()]) {
    if (policyFor(facts.extension).registry !== registry || !facts.nameServers.includes(from))
      continue
    const nameServers = facts.nameServers.map((host) => (host === from ? to : host))
    desk.state.put('domain', facts.name, { ...facts, nameServers })
  }
}

function placeProblem(desk: Desk, registry: Registry, by: string, host: string) {
  const above = domainAbove(registry, host)
  const owned = above ? ownRegistration(desk, registry, by, above) : null
  return owned && !owned.ok ? owned : null
}

function addressProblem(registry: Registry, host: string, addresses: SandboxHost['addresses']) {
  if (addresses.length > MOST_ADDRESSES)
    return refused(2308, `A host has at most ${MOST_ADDRESSES} addresses`)
  const ours = domainAbove(registry, host) !== null
  if (ours && addresses.length === 0) return refused(2003, 'A host of this zone needs an address')
  if (!ours && addresses.length > 0)
    return refused(2306, 'A host outside this registry has no address here')
  return null
}

/** Hosts below a name that other names are delegated to. */
export function hostInUse(desk: Desk, registry: Registry, name: DomainName): string | null {
  const below = [...desk.state.table('host').values()]
    .map((host) => host.name)
    .filter((host) => domainAbove(registry, host) === name)
  for (const facts of desk.state.table('domain').values()) {
    const used = facts.name === name ? undefined : facts.nameServers.find((h) => below.includes(h))
    if (used) return used
  }
  return null
}

/** Takes along the hosts below a name: to another sponsor, or out of the books (`null`). */
export function moveHosts(
  desk: Desk,
  registry: Registry,
  name: DomainName,
  to: string | null,
): void {
  for (const host of [...desk.state.table('host').values()]) {
    if (domainAbove(registry, host.name) !== name) continue
    desk.state.put('host', key(registry, host.name), to === null ? null : { ...host, sponsor: to })
  }
}
