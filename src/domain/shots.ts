import type { Forecast } from './forecast.ts'
import { densityOf, remainderFrom, type Segment } from './segment.ts'

/** What a volley may cost. Instants are epoch milliseconds. */
export type ShotInput = {
  forecast: Forecast
  now: number
  /** Creates that may be sent in this window. */
  budget: number
  minSpacingMs: number
  /** Rivals are expected: spend by the density itself instead of its square root. */
  contested: boolean
}

/** A segment is worth shots when it is at least this dense, measured against the densest; the thin rest is left to looks. */
const WORTH_SHOTS = 0.02

/** The part of a forecast that shots are spent on, from `now` on. */
export function denseSegments(forecast: Forecast, now: number): Segment[] {
  const ahead = remainderFrom(forecast.segments, now)
  const densest = Math.max(0, ...ahead.map(densityOf))
  return ahead.filter((segment) => densityOf(segment) >= densest * WORTH_SHOTS)
}

/** Shots a millisecond, over a span of time. */
type Rate = { from: number; to: number; perMs: number }

/**
 * Plans the instants of a volley.
 *
 * A create before the drop fails, so each shot belongs at the end of the span that it covers. Where f is the density of the
 * drop, the wait is least when shots lie as densely as sqrt(f); against a rival who shoots as often as we do, as f itself
 * (it can then not be outdone anywhere). Shots come at a rate in that proportion, never above one in `minSpacingMs`, and
 * the k-th is due when the rate has summed to k.
 *
 * @returns planned instants in whole milliseconds, ascending, none in the past; fewer than the budget where the spacing
 * leaves no room for more.
 */
export function planShots(input: ShotInput): number[] {
  const { forecast, now, contested } = input
  const spacingMs = Math.max(1, Math.ceil(input.minSpacingMs))
  const dense = denseSegments(forecast, now)
  const weights = dense.map((segment): Rate => {
    const density = densityOf(segment)
    return { from: segment.from, to: segment.to, perMs: contested ? density : Math.sqrt(density) }
  })
  return instantsOf(spend(weights, input.budget, 1 / spacingMs), input.budget, spacingMs)
}

const shotsOf = (rates: readonly Rate[]): number =>
  rates.reduce((sum, { from, to, perMs }) => sum + perMs * (to - from), 0)

/** Rates in proportion to the weights that add up to the budget, none above the highest allowed. */
function spend(weights: readonly Rate[], budget: number, highest: number): Rate[] {
  const times = (factor: number) =>
    weights.map((rate) => ({ ...rate, perMs: Math.min(highest, rate.perMs * factor) }))
  const thinnest = Math.min(...weights.map(({ perMs }) => perMs))
  let [low, high] = [0, highest / thinnest] // at `high` every span is at the highest rate
  if (shotsOf(times(high)) <= budget) return times(high)
  for (let halving = 0; halving < 100; halving++) {
    const middle = (low + high) / 2
    if (shotsOf(times(middle)) < budget) low = middle
    else high = middle
  }
  return times(high)
}

/** The instants at which the summed rate reaches 1, 2, 3 and so on, rounded to the later millisecond. */
function instantsOf(rates: readonly Rate[], budget: number, spacingMs: number): number[] {
  const shots: number[] = []
  let fired = 0
  for (const { from, to, perMs } of rates) {
    const start = fired
    fired += perMs * (to - from)
    while (shots.length < budget && shots.length + 1 <= fired + ROUNDING) {
      const due = Math.ceil(from + Math.max(0, shots.length + 1 - start) / perMs - ROUNDING)
      const at = Math.max(due, (shots.at(-1) ?? Number.NEGATIVE_INFINITY) + spacingMs)
      if (at > to) break
      shots.push(at)
    }
  }
  // A span shorter than the spacing still deserves one shot, at its end.
  const end = rates.at(-1)?.to
  return shots.length === 0 && budget >= 1 && end !== undefined ? [end] : shots
}

/** Sums of many small shares miss a whole number by about this much. */
const ROUNDING = 1e-6
