import type { Observation, Registration } from './observation.ts'
import type { Phase } from './phase.ts'

/**
 * Several observations of one name read together.
 * - `held`: somebody holds it; `phase` and `registration` as far as known (DNS alone knows neither).
 * - `unconfirmed`: one source denied having it; wants a second look before anything is bought.
 * - `free`: EPP says available, or two looks agree, by two sources or separated in time.
 * - `unknown`: no answer that means anything.
 */
export type Verdict = {
  state: 'held' | 'unconfirmed' | 'free' | 'dropzone' | 'reserved' | 'invalid' | 'unknown'
  phase: Phase | null
  registration: Registration | null
  /** The observations the state rests on, strongest first. */
  basis: readonly Observation[]
  /** Observations that say otherwise: kept visible, not averaged. */
  against: readonly Observation[]
  /** One sentence for people. */
  reason: string
}
