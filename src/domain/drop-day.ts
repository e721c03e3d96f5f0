import type { Confidence, Policy } from './policy/policy.ts'
import type { Segment } from './segment.ts'
import { type Day, daysLater, instantIn } from './zone.ts'

/** How sure the day of a drop is: probability by day, from two days before the expected one to seven days after it. */
export type DayShape = readonly number[]
const FIRST_OFFSET = -2

/** The registry's record dates the stage. */
export const DATED: DayShape = [0, 0.008, 0.955, 0.015, 0.008, 0.005, 0.003, 0.002, 0.002, 0.002]
/** We only know when we first saw the stage, so it may have begun up to a look earlier. */
export const FIRST_SEEN: DayShape = [0.03, 0.18, 0.69, 0.05, 0.02, 0.01, 0.008, 0.006, 0.004, 0.002]
/** Another stage lies between, and it may begin a day late. */
export const STAGE_AHEAD: DayShape = [0, 0.03, 0.74, 0.17, 0.03, 0.01, 0.008, 0.006, 0.004, 0.002]
/** The expected days are over: any day soon. */
export const OVERDUE: DayShape = [0, 0, 0.2, 0.16, 0.14, 0.12, 0.11, 0.1, 0.09, 0.08]

/** Share of a day's drops inside the registry's window, by how well the window is known; the rest of the day has the others. */
const INSIDE: Readonly<Record<Confidence, number>> = {
  documented: 0.98,
  community: 0.93,
  inferred: 0.8,
  unknown: 0.6,
}
/** The hour at which names leave the Dropzone is not known: the window of the purge is only a hint. */
const INSIDE_AFTER_DROPZONE = 0.4
/** After a full hour of .be: this share within a minute of it. */
const ON_THE_HOUR = 0.95
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** Time zone in which the registry counts its days. */
export const zoneOf = ({ release }: Policy): string =>
  release.value.kind === 'daily-window' ? release.value.timeZone : 'Europe/Brussels'

/** Where in time the drop falls when its day is known as well as `shape` says; ordered and disjoint, summing to one. */
export function dropsAround(day: Day, shape: DayShape, policy: Policy): Segment[] {
  const total = shape.reduce((sum, share) => sum + share, 0)
  return shape.flatMap((share, index) =>
    share === 0 ? [] : dropsOn(daysLater(day, index + FIRST_OFFSET), share / total, policy),
  )
}

/** One day's drops by the registry's rule of release. */
function dropsOn(day: Day, mass: number, policy: Policy): Segment[] {
  const zone = zoneOf(policy)
  const from = instantIn(zone, day, '00:00').getTime()
  const to = instantIn(zone, day, '24:00').getTime()
  const release = policy.release.value
  if (release.kind === 'per-name') return [{ from, to, probability: mass }]
  if (release.kind === 'on-the-hour') return onTheHours(from, to, mass)

  const opens = instantIn(zone, day, release.from).getTime()
  const closes = instantIn(zone, day, release.to).getTime()
  const outside = opens - from + (to - closes)
  const known = policy.lifecycle.dropzoneDays.value === null
  const inside = known ? INSIDE[policy.release.confidence] : INSIDE_AFTER_DROPZONE
  if (outside === 0) return [{ from, to, probability: mass }]
  const aside = (mass * (1 - inside)) / outside
  return [
    { from, to: opens, probability: aside * (opens - from) },
    { from: opens, to: closes, probability: mass * inside },
    { from: closes, to, probability: aside * (to - closes) },
  ].filter((segment) => segment.to > segment.from)
}

/** Every full hour of a span alike: most of it just after the hour, the rest until the next. */
export function onTheHours(from: number, to: number, mass: number): Segment[] {
  const hours = Math.round((to - from) / HOUR_MS)
  return Array.from({ length: hours }, (_, hour) => from + hour * HOUR_MS).flatMap((at) => [
    { from: at, to: at + MINUTE_MS, probability: (mass / hours) * ON_THE_HOUR },
    { from: at + MINUTE_MS, to: at + HOUR_MS, probability: (mass / hours) * (1 - ON_THE_HOUR) },
  ])
}
