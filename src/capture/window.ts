import type { Forecast, Segment } from '../domain/forecast.ts'

/** A segment belongs to the race when it is at least this dense, measured against the densest one. */
const DENSE = 0.02

/**
 * The part of a forecast worth standing ready for: the hull of its dense segments. The thin rest is left to looks.
 * @returns null when the forecast holds no drop at all.
 */
export function raceWindow(forecast: Forecast): { from: Date; to: Date } | null {
  const densest = Math.max(0, ...forecast.segments.map(density))
  const dense = forecast.segments.filter((s) => s.probability > 0 && density(s) >= densest * DENSE)
  const [first, last] = [dense[0], dense.at(-1)]
  return first && last ? { from: new Date(first.from), to: new Date(last.to) } : null
}

const density = ({ from, to, probability }: Segment): number => probability / Math.max(1, to - from)
