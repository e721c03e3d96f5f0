import type { Finding, Registration } from '../domain/observation.ts'
import type { PrintedDate } from './printed-date.ts'

/**
 * What one recorded answer says, whenever it came: a finding that knows no clock, with what was printed word for word and
 * the reason in one sentence. Every decoder gives one and none of them throws.
 */
export type Answer = { because: string } & (
  | {
      kind: 'registered'
      registration: Registration
      expires: PrintedDate | null
      releases: PrintedDate | null
      /** False where the source says only that the name is held (DAS, EPP check), not how it stands. */
      tellsPhase: boolean
    }
  | { kind: 'throttled'; retryAfterMs: number | null }
  | Extract<Finding, { kind: 'reserved' }>
  | {
      kind:
        | 'available'
        | 'absent'
        | 'dropzone'
        | 'delegated'
        | 'undelegated'
        | 'invalid'
        | 'undetermined'
    }
)
export type Registered = Extract<Answer, { kind: 'registered' }>

/** A registration of which nothing is known but that it exists. */
export const UNKNOWN_REGISTRATION: Registration = {
  roid: null,
  statuses: [],
  stage: null,
  createdAt: null,
  updatedAt: null,
  expiresAt: null,
  deletedAt: null,
  releaseAt: null,
  sponsor: null,
  sponsorIanaId: null,
  deletedByRegistry: false,
}

export const undetermined = (because: string): Answer => ({ kind: 'undetermined', because })
export const absent = (because: string): Answer => ({ kind: 'absent', because })
export const throttled = (because: string, retryAfterMs: number | null = null): Answer => ({
  kind: 'throttled',
  because,
  retryAfterMs,
})
export const reserved = (
  as: Extract<Answer, { kind: 'reserved' }>['as'],
  reason: string,
): Answer => ({ kind: 'reserved', as, reason, because: reason })

/** That somebody holds the name, with as much of the registration as the source told. */
export const registered = (
  because: string,
  known: Partial<Registration> = {},
  printed: { expires?: PrintedDate | null; releases?: PrintedDate | null } = {},
  tellsPhase = true,
): Answer => ({
  kind: 'registered',
  because,
  registration: { ...UNKNOWN_REGISTRATION, ...known },
  expires: printed.expires ?? null,
  releases: printed.releases ?? null,
  tellsPhase,
})

/** Reads `wait 20 seconds`, `grace period of 20 seconds`, `replenished in 0.1 seconds` and the like. @returns milliseconds, or null. */
export function waitIn(text: string): number | null {
  const found = /\b(\d{1,9}(?:\.\d{1,9})?)\s?(second|minute|hour)s?\b/i.exec(text)
  if (!found) return null
  const unit = { second: 1_000, minute: 60_000, hour: 3_600_000 }[(found[2] ?? '').toLowerCase()]
  return Math.ceil(Number(found[1]) * (unit ?? 1_000))
}
