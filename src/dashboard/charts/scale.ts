/** A stretch of time, epoch milliseconds. */
export type Stretch = { from: number; to: number }

/** Places an instant of a stretch on a line of pixels. */
export const scaleOf =
  ({ from, to }: Stretch, left: number, right: number) =>
  (at: number): number =>
    round(left + ((at - from) / Math.max(1, to - from)) * (right - left))

/** SVG needs no more than a tenth of a pixel. */
export const round = (pixels: number): number => Math.round(pixels * 10) / 10

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Steps that people count time in. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 20, 30, 60, 120, 365].map((n) => n * DAY),
]

/** The finest step that gives at most `most` ticks. */
export function stepFor({ from, to }: Stretch, most: number): number {
  return STEPS.find((step) => (to - from) / step <= most) ?? STEPS.at(-1)!
}

/** Multiples of a step within a stretch, counted from `origin`. */
export function ticksOf({ from, to }: Stretch, step: number, origin = 0): number[] {
  const first = origin + Math.ceil((from - origin) / step) * step
  const ticks: number[] = []
  for (let at = first; at <= to; at += step) ticks.push(at)
  return ticks
}

/** What a tick of a calendar axis says, in UTC: a day, a minute or a second, as the step asks. */
export function tickWords(at: number, step: number): string {
  const iso = new Date(at).toISOString()
  if (step >= DAY) return dayWords(at)
  return step >= MINUTE ? iso.slice(11, 16) : iso.slice(11, 19)
}

/** `24 Nov`, in UTC. */
export const dayWords = (at: number): string =>
  new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** Whether the ticks of this step are days themselves. */
export const isDaily = (step: number): boolean => step >= DAY
