import { type DomainName, EXTENSIONS, type Extension, extensionOf } from '../domain/name.ts'
import { policyFor } from '../domain/policy/policies.ts'
import type { Policy, Registry } from '../domain/policy/policy.ts'
import { type DomainFacts, domainAt, stageOf } from './life-cycle.ts'
import type { Done, SandboxDomain } from './registry.ts'
import type { State } from './state.ts'
import type { LifeCycle, World } from './world.ts'

/** Where one transform is worked on: the books, the world's rules, and the moment. */
export type Desk = { state: State; world: World; seed: number; at: Date }

export const done = <T>(value: T): Done<T> => ({ ok: true, value })
/** @param code an EPP result code, RFC 5730 section 3. */
export const refused = (
  code: number,
  reason: string,
): { ok: false; code: number; reason: string } => ({
  ok: false,
  code,
  reason,
})

export const rulesOf = (desk: Desk, extension: Extension): LifeCycle =>
  desk.world.extensions[extension].lifeCycle

/** The registry's first extension, which stands in the roids of its contacts and hosts. */
export const homeOf = (registry: Registry): Extension =>
  EXTENSIONS.find((extension) => policyFor(extension).registry === registry) ?? 'com'

/** The policy of a name this registry is in charge of, or null. */
export function policyAt(registry: Registry, name: DomainName): Policy | null {
  const extension = extensionOf(name)
  const policy = extension && policyFor(extension)
  return policy?.registry === registry ? policy : null
}

/** The registration of a name, in whatever stage; null when there is none (any more). */
export function registrationOf(desk: Desk, name: string): DomainFacts | null {
  const facts = desk.state.table('domain').get(name)
  if (!facts) return null
  const stage = stageOf(facts, rulesOf(desk, facts.extension), desk.at)
  return stage === 'gone' || stage === 'dropzone' ? null : facts
}

/** The registration that `by` may change: 2303 when there is none, 2201 when it is another registrar's. */
export function ownRegistration(
  desk: Desk,
  registry: Registry,
  by: string,
  name: DomainName,
): Done<DomainFacts> {
  if (!policyAt(registry, name)) return refused(2306, `${name} is not in this registry`)
  const facts = registrationOf(desk, name)
  if (!facts) return refused(2303, 'Object does not exist')
  return facts.sponsor === by ? done(facts) : refused(2201, 'Sponsored by another registrar')
}

/** Keeps the changed facts, as changed by `by` now. */
export function keep(
  desk: Desk,
  facts: DomainFacts,
  by: string,
  changes: Partial<DomainFacts>,
): SandboxDomain {
  const kept = { ...facts, updatedBy: by, updatedAt: desk.at, ...changes }
  desk.state.put('domain', kept.name, kept)
  return shown(desk, kept)
}

/** The registration as it looks now. */
export function shown(desk: Desk, facts: DomainFacts): SandboxDomain {
  const domain = domainAt(facts, rulesOf(desk, facts.extension), desk.at)
  if (!domain) throw new Error(`${facts.name} has left the registry`)
  return domain
}

/** Puts a message into a registrar's queue. */
export function notify(
  desk: Desk,
  registry: Registry,
  registrar: string,
  name: string,
  text: string,
): void {
  const id = String(desk.state.next())
  desk.state.put('message', id, { id, registry, registrar, at: desk.at, text, name })
}

const ROID_SUFFIX: Readonly<Record<Extension, string>> = {
  com: '_COM-VRSN',
  net: '_NET-VRSN',
  org: '-LROR',
  info: '-LRMS',
  biz: '-BIZ',
  fr: '-FRNIC',
  eu: '-EURID',
  be: '-DNSBE',
}

/** A repository object id in the registry's own style, never given twice. */
export function nextRoid(
  desk: Desk,
  kind: 'DOMAIN' | 'HOST' | 'CONTACT',
  extension: Extension,
): string {
  const number = 200_000_000 + desk.state.next()
  const suffix = ROID_SUFFIX[extension]
  if (suffix.startsWith('_')) return `${number}_${kind}${suffix}`
  return `${kind.slice(0, extension === 'fr' ? 3 : 1)}${number}${suffix}`
}
