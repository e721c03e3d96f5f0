/** Probability that the drop falls in [from, to), spread evenly over it. Instants are epoch milliseconds. */
export type Segment = { from: number; to: number; probability: number }

export const massOf = (segments: readonly Segment[]): number =>
  segments.reduce((sum, { probability }) => sum + probability, 0)

/** Probability a millisecond. */
export const densityOf = ({ from, to, probability }: Segment): number =>
  probability / Math.max(1, to - from)

/** What is left of the segments from an instant on, each keeping its density. */
export const remainderFrom = (segments: readonly Segment[], at: number): Segment[] =>
  segments
    .filter((segment) => segment.to > at && segment.to > segment.from && segment.probability > 0)
    .map((segment) =>
      segment.from >= at
        ? segment
        : { from: at, to: segment.to, probability: densityOf(segment) * (segment.to - at) },
    )

/** Every probability times a factor. */
export const scaled = (segments: readonly Segment[], factor: number): Segment[] =>
  segments.map((segment) => ({ ...segment, probability: segment.probability * factor }))

/** One segment after another from an instant on: each ends `until` milliseconds after that instant. */
export function staircase(
  from: number,
  steps: readonly { until: number; probability: number }[],
): Segment[] {
  let start = from
  return steps.map(({ until, probability }) => {
    const segment = { from: start, to: Math.round(from + until), probability }
    start = segment.to
    return segment
  })
}
