import type { DomainName } from './name.ts'
import type { Phase } from './stage.ts'
import type { Status } from './status.ts'

/** A way of looking. */
export const SOURCES = ['epp', 'rdap', 'das', 'whois', 'dns'] as const
export type Source = (typeof SOURCES)[number]

/** What a source printed about a registration; null is "did not say". Never holds a person's data. */
export type Registration = {
  /** Repository object id (RFC 5730), or the WHOIS registry domain id. */
  roid: string | null
  statuses: readonly Status[]
  /** The stage where the source names it outright (quarantine at .eu and .be, frozen at .fr); else null. */
  stage: Phase | null
  createdAt: Date | null
  updatedAt: Date | null
  expiresAt: Date | null
  /** When the delete was accepted (.fr `deleted:`, RDAP `deletion` event). */
  deletedAt: Date | null
  /** Release instant as the registry prints it (`availableDate` at .eu and .be): the earliest. */
  releaseAt: Date | null
  /** Sponsoring registrar: its name, or its EPP id. */
  sponsor: string | null
  /** IANA registrar id (RDAP `publicIds`). */
  sponsorIanaId: string | null
  /** True when the registry itself made the deletion, so that no redemption follows (.fr). */
  deletedByRegistry: boolean
}

/** What one look told us. Only `available` and `absent` speak for a free name, and neither buys it alone. */
export type Finding =
  | { kind: 'registered'; registration: Registration }
  /** EPP check avail="1". */
  | { kind: 'available' }
  /** The registry denied having the name (RDAP 404 from the authoritative base, WHOIS "no match", DAS). */
  | { kind: 'absent' }
  | { kind: 'reserved'; as: 'reserved' | 'premium' | 'blocked' | 'notOpen'; reason: string }
  | { kind: 'invalid'; reason: string }
  /** In the Dropzone of .org and .info: not in the registry, not to be had by an ordinary create. */
  | { kind: 'dropzone' }
  /** DNS referral from the TLD's own server: proves that the name is held. */
  | { kind: 'delegated' }
  /** DNS says no such name: proves nothing (registry-held stages are not in the zone either). */
  | { kind: 'undelegated' }
  | { kind: 'throttled'; retryAt: Date | null; reason: string }
  /** Silence, refusal or something unreadable: no answer at all. */
  | { kind: 'undetermined'; reason: string }

/** One result of one probe. */
export type Observation = {
  name: DomainName
  source: Source
  /** Permit key of the host that answered, `source:registry`, such as `rdap:verisign`. */
  host: string
  /** When the answer was complete. */
  at: Date
  tookMs: number
} & Finding

/** Looks at one name. Never rejects: a fault is an `undetermined` observation. */
export type Probe = (name: DomainName, signal: AbortSignal) => Promise<Observation>
