import type { Confidence } from './policy/policy.ts'

/** Probability that the drop falls in [from, to), spread evenly over it. Instants are epoch milliseconds. */
export type Segment = { from: number; to: number; probability: number }

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
