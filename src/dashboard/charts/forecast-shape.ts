import { raceWindow } from '../../capture/window.ts'
import type { Forecast, Segment } from '../../domain/forecast.ts'
import type { Stretch } from './scale.ts'

/** A forecast as it is drawn: the part worth seeing, and what lies outside it. */
export type Shape = {
  shown: Stretch
  /** Bars with their height, 0 to 1, clipped to what is shown. */
  bars: { from: number; to: number; height: number; probability: number }[]
  /** Probability of a drop after the shown part. */
  later: number
  /** Where now lies: in the picture, or how far before or after it. */
  now: { where: 'inside' | 'before' | 'after'; at: number }
}

/** How much of the thin surroundings of the dense part is drawn, in widths of the dense part. */
const BEFORE = 1
const AFTER = 1.5

/** @returns null when the forecast holds no drop. */
export function shapeOf(forecast: Forecast, now: number): Shape | null {
  const dense = raceWindow(forecast)
  const segments = forecast.segments.filter((s) => s.probability > 0 && s.to > s.from)
  const [first, last] = [segments[0], segments.at(-1)]
  if (!dense || !first || !last) return null
  const [from, to] = [dense.from.getTime(), dense.to.getTime()]
  const width = Math.max(1, to - from)
  const edge = width * 0.08
  const shown = {
    from: Math.max(first.from - edge, from - width * BEFORE),
    to: Math.min(last.to + edge, to + width * AFTER),
  }
  // Now belongs into the picture as long as that does not squeeze the window itself.
  if (now < shown.from && shown.from - now <= width * BEFORE) shown.from = now - edge
  if (now > shown.to && now - shown.to <= width * AFTER) shown.to = now + edge

  const highest = Math.max(...segments.map(density))
  const bars = segments
    .filter((s) => s.to > shown.from && s.from < shown.to)
    .map((s) => ({
      from: Math.max(s.from, shown.from),
      to: Math.min(s.to, shown.to),
      height: density(s) / highest,
      probability: s.probability,
    }))
  const later = segments
    .filter((s) => s.to > shown.to)
    .reduce(
      (sum, s) => sum + s.probability * ((s.to - Math.max(s.from, shown.to)) / (s.to - s.from)),
      0,
    )
  const where = now < shown.from ? 'before' : now > shown.to ? 'after' : 'inside'
  return { shown, bars, later, now: { where, at: now } }
}

const density = ({ from, to, probability }: Segment): number => probability / (to - from)
