import type { Forecast } from '../domain/forecast.ts'
import { denseSegments } from '../domain/shots.ts'

/**
 * The part of a forecast worth standing ready for, as seen when it was made: the hull of what shots are spent on. The thin rest is left to looks.
 * @returns null when the forecast holds no drop at all.
 */
export function raceWindow(forecast: Forecast): { from: Date; to: Date } | null {
  const dense = denseSegments(forecast, forecast.madeAt).filter(
    ({ probability }) => probability > 0,
  )
  const [first, last] = [dense[0], dense.at(-1)]
  return first && last ? { from: new Date(first.from), to: new Date(last.to) } : null
}
