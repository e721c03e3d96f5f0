import type { Forecast } from '../domain/forecast.ts'
import { denseSegments } from '../domain/shots.ts'

/** Dense segments further apart than this are two windows: nobody stands ready through the night between them. */
const LONGEST_GAP_MS = 3_600_000

/**
 * The next stretch of time worth standing ready for, as seen when the forecast was made. What lies after it is raced when a
 * look has moved the window there, and the thin rest is left to looks.
 * @returns null when the forecast holds no drop at all.
 */
export function raceWindow(forecast: Forecast): { from: Date; to: Date } | null {
  const [first, ...rest] = denseSegments(forecast, forecast.madeAt).filter((s) => s.probability > 0)
  if (!first) return null
  let to = first.to
  for (const segment of rest) {
    if (segment.from - to > LONGEST_GAP_MS) break
    to = segment.to
  }
  return { from: new Date(first.from), to: new Date(to) }
}
