import type { Forecast } from './forecast.ts'
import { densityOf, massOf, remainderFrom, type Segment } from './segment.ts'

/** What the law of looks needs to know of one name. Instants are epoch milliseconds. */
export type LookInput = {
  /** As made at the last look: what could have happened since then is part of the sum. */
  forecast: Forecast
  now: number
  /** Last look that brought an answer, or null. */
  lastLookAt: number | null
  /** Open watches of the name. */
  weight: number
  /** lambda: what one look costs, in watch-seconds of delay. */
  price: number
  /** Most looks a second that the host allows for one name. */
  capPerSecond: number
  /** Promise to customers. */
  floorPerDay: number
  /** The next stage must be noticed at the latest by this instant (`leadDeadline`), or null. */
  deadline: number | null
}

/** `because`: what made it so early; `window` is the law itself. */
export type NextLook = { at: number; because: 'promise' | 'window' | 'edge' | 'deadline' | 'first' }

const SECOND_MS = 1_000
const DAY_MS = 86_400_000

/** A drop of the density by more than this factor is an edge: what fell before it should be found at once. */
const EDGE_FACTOR = 4

/** The chance that is left is never taken for less, so that rounding cannot make a hazard endless. */
const LEAST_CHANCE_LEFT = 1e-6

/**
 * When to look next.
 *
 * Looking n times a second finds a drop after 1/(2n) seconds on average, and every look has a price. If the drop comes with
 * hazard h (chance a second, given that it has not come yet) and `weight` customers wait, delay plus price is least for
 *
 *     n = sqrt(weight × h / (2 × price)), and never more than the cap.
 *
 * n is a rate: the next look is due once n, summed over the time since the last look, has reached one. Around that law: a look
 * just after an edge, where the danger has passed and only the news is missing; a deadline; and the promise of so many looks
 * a day. The cap holds against all of them.
 */
export function nextLook(input: LookInput): NextLook {
  const { now, lastLookAt, capPerSecond, floorPerDay, deadline } = input
  if (lastLookAt === null) return { at: now, because: 'first' }

  const promised: NextLook = { at: lastLookAt + DAY_MS / floorPerDay, because: 'promise' }
  const wanted: NextLook[] = [promised]
  if (deadline !== null && deadline > lastLookAt) wanted.push({ at: deadline, because: 'deadline' })
  const due = dueByLaw(input, lastLookAt)
  if (due !== null) wanted.push({ at: due, because: 'window' })
  const planned = earliest(wanted)
  const edge = edgeWorthALook(input, lastLookAt, planned.at)
  const { at, because } = edge === null ? planned : { at: edge, because: 'edge' as const }

  const soonest = lastLookAt + SECOND_MS / capPerSecond
  return { at: Math.ceil(Math.max(at, soonest, now)), because }
}

const earliest = (looks: readonly NextLook[]): NextLook =>
  looks.reduce((best, look) => (look.at < best.at ? look : best))

/** The instant at which the rate, summed since the last look, reaches one; null if it never does. */
function dueByLaw(
  { forecast, weight, price, capPerSecond }: LookInput,
  last: number,
): number | null {
  let missing = 1
  for (const { from, to, hazard } of hazards(forecast, last)) {
    const perSecond = Math.min(capPerSecond, Math.sqrt((weight * hazard) / (2 * price)))
    const looks = (perSecond * (to - from)) / SECOND_MS
    if (looks >= missing) return from + (missing / perSecond) * SECOND_MS
    missing -= looks
  }
  return null
}

/** The chance of a drop a second by spans of time, given that it has not come by the middle of the span. */
function hazards(forecast: Forecast, last: number) {
  const ahead = remainderFrom(forecast.segments, last)
  let left = massOf(ahead) + forecast.never
  return ahead.map((segment) => {
    const inTheMiddle = Math.max(left - segment.probability / 2, LEAST_CHANCE_LEFT)
    left -= segment.probability
    return {
      from: segment.from,
      to: segment.to,
      hazard: (densityOf(segment) * SECOND_MS) / inTheMiddle,
    }
  })
}

/**
 * The first edge before the planned look at which looking at once saves more waiting than a look costs: the customers, times
 * the chance that it fell since the last look, times the wait from the edge to the planned look.
 */
function edgeWorthALook(
  { forecast, weight, price }: LookInput,
  last: number,
  planned: number,
): number | null {
  const ahead = remainderFrom(forecast.segments, last)
  let undetected = 0
  for (const [index, segment] of ahead.entries()) {
    if (segment.to >= planned) return null
    undetected += segment.probability
    const waited = (planned - segment.to) / SECOND_MS
    if (fallsOff(segment, ahead[index + 1]) && weight * undetected * waited > price)
      return segment.to
  }
  return null
}

const fallsOff = (segment: Segment, next: Segment | undefined): boolean =>
  next === undefined || next.from > segment.to || densityOf(segment) > EDGE_FACTOR * densityOf(next)
