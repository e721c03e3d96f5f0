import type { Confidence } from './policy/policy.ts'
import type { Segment } from './segment.ts'
import type { Phase } from './stage.ts'
import type { Status } from './status.ts'
import type { Verdict } from './verdict.ts'

/** When a name can drop. The segments are ordered and disjoint; their sum and `never` make one. */
export type Forecast = {
  segments: readonly Segment[]
  /** Mass of "not this time": renewed, restored, handed over, withheld. */
  never: number
  /** Epoch milliseconds. */
  madeAt: number
  source: string
  confidence: Confidence
  /** One sentence for people. */
  reason: string
}

/** What is known of a name when its drop is forecast; a row of `names` has it all. */
export type Known = {
  state: Verdict['state']
  phase: Phase | null
  /** When this phase, or this state, was first seen. */
  phaseSince: Date | null
  statuses: readonly Status[]
  createdAt: Date | null
  updatedAt: Date | null
  expiresAt: Date | null
  deletedAt: Date | null
  releaseAt: Date | null
  delegated: boolean | null
  sponsor: string | null
}

/** A forecast as a stage gives it: whole, from the beginning of the stage, whatever the time is. */
export type Outlook = Omit<Forecast, 'madeAt'>
