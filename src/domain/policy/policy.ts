import type { Extension } from '../name.ts'
import type { Source } from '../observation.ts'

/** How well a fact is known. `unknown`: looked for and not found; the value is then a cautious guess, said so in `source`. */
export type Confidence = 'documented' | 'community' | 'inferred' | 'unknown'

/** A fact with where it comes from. */
export type Fact<T> = { value: T; source: string; confidence: Confidence }

/** The registry operators, as keys of limits, accreditations and sandbox ports. */
export const REGISTRIES = [
  'verisign',
  'pir',
  'identityDigital',
  'godaddy',
  'afnic',
  'eurid',
  'dnsBelgium',
] as const
export type Registry = (typeof REGISTRIES)[number]

/** Limit of one host: a sustained rate, a burst, and how many requests may be under way at once. */
export type HostLimit = { perSecond: number; burst: number; concurrency: number }

/** How a name becomes free once its last stage is over. Instants are those of the registry's own time zone. */
export type Release =
  /** Within a daily window, on the day the stages end. Times are `HH:MM` in `timeZone`. */
  | { kind: 'daily-window'; timeZone: string; from: string; to: string }
  /** On a full hour, 24 times a day (.be). */
  | { kind: 'on-the-hour' }
  /** At the instant the registry tells for each name (.eu `availableDate`). */
  | { kind: 'per-name' }

/** What a registry wants in a create. */
export type EppPolicy = {
  dialect: 'plain' | 'verisign' | 'afnic' | 'eurid' | 'dns-belgium'
  /** Host and port of the live registry, or null where only an accreditation tells. */
  host: Fact<{ host: string; port: number } | null>
  /** Contacts a create needs: none at thin registries. */
  contacts: { registrant: boolean; admin: number; tech: number; billing: number }
  authInfo: 'required' | 'empty'
  periodYears: { min: number; max: number; default: number }
  /** Most names in one check. */
  checkNames: number
  /** Name form in `domain:name`: `u-label` at .eu. */
  nameForm: 'a-label' | 'u-label'
  /** Language or script tag sent with an IDN, or null where the registry wants none. */
  idnTag: 'required' | 'none'
  /** Least time between two commands of one session, and creates allowed a day, per accreditation. */
  spacingMs: Fact<number>
  createsPerDay: Fact<number>
  /** Points charged for a create answered 2302, and points at which the registrar is blocked for the day. */
  penalty: Fact<{ exists: number; error: number; perDay: number } | null>
}

/** Everything we believe of one extension: data only, each figure with its source and confidence. */
export type Policy = {
  extension: Extension
  registry: Registry
  operator: string
  /** Order in which sources are asked at a full look; DNS glances come before by themselves. */
  sources: readonly Source[]
  rdap: Fact<string> | null
  /** Port-43 server and its query form, `$name` standing for the name. */
  whois:
    | (Fact<{ host: string; query: string }> & { automated: 'allowed' | 'forbidden' | 'unclear' })
    | null
  /** `$name` stands for the name, `$label` for its label alone. */
  das: Fact<{ host: string; port: number; query: string }> | null
  /** Limits by source. */
  limits: Readonly<Partial<Record<Source, Fact<HostLimit>>>>
  lifecycle: {
    /** Longest time from expiry to the registrar's delete, in days; null where the registrar is free. */
    graceDays: Fact<number | null>
    /** The registry itself adds a year at expiry, so a moved date is no renewal while grace lasts. */
    autoRenew: Fact<boolean>
    redemptionDays: Fact<number>
    pendingDeleteDays: Fact<number>
    quarantineDays: Fact<number>
    addGraceDays: Fact<number>
    /** Purged names pass through a Dropzone first (.org, .info); days it may last, else null. */
    dropzoneDays: Fact<number | null>
  }
  release: Fact<Release>
  labels: {
    minLength: number
    maxLength: number
    /** Matches a whole U-label that the registry takes. */
    allowed: RegExp
    /** What `allowed` means, for people. */
    rule: string
    source: string
    confidence: Confidence
  }
  /** Who may hold a name: ISO 3166 alpha-2 countries of residence, or null for everybody. */
  eligibility: Fact<{ countries: readonly string[]; citizenship: boolean } | null>
  epp: EppPolicy
  /** Contract price of a create for one year in cents, before tax; null where the contract is not known to us. */
  createPriceCents: Fact<number | null>
  renewal: Fact<'explicit' | 'registry'>
}
