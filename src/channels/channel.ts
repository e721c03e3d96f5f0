import type { DomainName } from '../domain/name.ts'
import type { Registry } from '../domain/policy/policy.ts'
import type { CreateOutcome } from '../epp/result-code.ts'

/** A registrant as registries ask for one; read from the contact store at the moment of use, never kept in a job. */
export type ContactData = {
  name: string
  organisation: string | null
  street: readonly string[]
  city: string
  postalCode: string
  /** ISO 3166-1 alpha-2. */
  country: string
  /** E.164 in EPP's form, `+33.123456789` (RFC 5733 section 2.5). */
  voice: string
  email: string
  /** ISO 3166-1 alpha-2, for .eu holders who qualify by citizenship. */
  citizenship: string | null
  language: 'fr' | 'en'
}

/** What is to be registered. */
export type RegisterOrder = {
  name: DomainName
  years: number
  /** Contact ids at the registry; empty lists where the registry keeps no contacts. */
  registrant: string | null
  admin: readonly string[]
  tech: readonly string[]
  billing: readonly string[]
  nameServers: readonly string[]
  /** Language or script tag for an IDN, where the registry wants one. */
  idnTag: string | null
}

/** One command as it went over the wire. `code` null: no answer that says what became of it. */
export type Exchange = {
  clTRID: string
  svTRID: string | null
  sentAt: Date
  answeredAt: Date | null
  code: number | null
  message: string
}

export type CheckAnswer = Exchange & {
  /** By name: what check says. `releaseAt` where the registry tells (`availableDate`). `feeCents` per RFC 8748. */
  names: ReadonlyMap<
    DomainName,
    { available: boolean; reason: string | null; releaseAt: Date | null; feeCents: number | null }
  >
}

/** What `info` says of a name: `absent` is 2303; `unknown` is no answer. */
export type InfoAnswer = Exchange &
  (
    | {
        kind: 'registered'
        sponsor: string
        ours: boolean
        roid: string | null
        createdAt: Date | null
        createdBy: string | null
        updatedAt: Date | null
        expiresAt: Date | null
        statuses: readonly string[]
        releaseAt: Date | null
      }
    | { kind: 'absent' }
    | { kind: 'unknown' }
  )

export type CreateAnswer = Exchange & {
  outcome: CreateOutcome
  createdAt: Date | null
  expiresAt: Date | null
}

/** Registry clock minus ours. Shots are aimed at the registry's clock. */
export type ClockOffset = { offsetMs: number; uncertaintyMs: number; measuredAt: Date }

/** A warm, logged-in way to one registry. Every call settles, by answer or by its deadline. */
export type Line = {
  readonly registry: Registry
  /** Names the session in logs and attempts. */
  readonly id: string
  readonly offset: ClockOffset
  readonly alive: boolean
  /** Measures the offset again by hello, so that the session also stays open. */
  hello(): Promise<ClockOffset>
  check(names: readonly DomainName[]): Promise<CheckAnswer>
  info(name: DomainName): Promise<InfoAnswer>
  /** Builds the frame once, so that nothing but the clTRID is left to do at the shot. */
  prepareCreate(order: RegisterOrder): PreparedCreate
  /** Creates the contact under the id unless it is there. @returns the id the registry knows it by, or why not. */
  ensureContact(
    id: string,
    contact: ContactData,
  ): Promise<{ ok: true; id: string } | { ok: false; reason: string }>
  close(): Promise<void>
}
export type PreparedCreate = { send(clTRID: string): Promise<CreateAnswer> }

/** A way to get a name. Sessions and accreditations of one registry are one channel. */
export type Channel = {
  readonly kind: 'epp' | 'none'
  /** Key of the ledger and of the stop switch, such as `vigie@verisign`; null when there is no way to this registry. */
  accreditation(registry: Registry): string | null
  open(registry: Registry, signal: AbortSignal): Promise<Line>
}
