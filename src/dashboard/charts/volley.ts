import type { AttemptRow } from '../../store/attempts.ts'
import type { CaptureRow } from '../../store/captures.ts'
import type { Stretch } from './scale.ts'

/** One create on the registry's clock, epoch milliseconds. */
export type Shot = {
  number: number
  planned: number
  sent: number | null
  answered: number | null
  code: number | null
  outcome: string | null
  clTRID: string
}

/** The creates of a capture around the instant that decided it, all on the registry's clock. */
export type Volley = {
  shots: Shot[]
  /** What milliseconds are counted from. */
  zero: { at: number; is: 'registration' | 'first create' }
  /** When the new registration was made, as exactly as its published creation date allows. */
  registered: Stretch | null
  whole: Stretch
  /** The decisive part: worth a picture of its own when the volley is much longer. */
  focus: Stretch
  shotsInFocus: Shot[]
}

/** Creates drawn as lines of their own. */
const MOST_ROWS = 60
/** The volley is drawn twice when it is this many times longer than its decisive part. */
const MUCH_LONGER = 2.5

/** @returns null when no create was written down. */
export function volleyOf(
  capture: Pick<CaptureRow, 'newCreatedAt'>,
  attempts: readonly AttemptRow[],
): Volley | null {
  const creates = attempts.filter((attempt) => attempt.command === 'create')
  const shots = creates.sort((a, b) => leftAt(a) - leftAt(b)).map(shotOf)
  if (shots.length === 0) return null
  const registered = capture.newCreatedAt ? publishedStretch(capture.newCreatedAt) : null
  const first = Math.min(...shots.flatMap((s) => s.sent ?? []))
  const zero = registered
    ? { at: registered.from, is: 'registration' as const }
    : { at: Number.isFinite(first) ? first : shots[0]!.planned, is: 'first create' as const }

  const marks = registered ? [registered.from, registered.to] : []
  const whole = hull(shots.flatMap(instantsOf).concat(marks))
  const close = decisivePart(shots, registered ?? { from: zero.at, to: zero.at })
  const isLong = whole.to - whole.from > (close.to - close.from) * MUCH_LONGER
  const focus = isLong ? close : padded(whole)
  const shotsInFocus = shots.filter((shot) => touches(shot, focus)).slice(0, MOST_ROWS)
  return { shots, zero, registered, whole, focus, shotsInFocus }
}

/** Whether the focus is only a part of the volley. */
export const isZoomed = ({ shots, shotsInFocus }: Volley): boolean =>
  shotsInFocus.length < shots.length

const leftAt = ({ sentAt, plannedAt }: AttemptRow): number => (sentAt ?? plannedAt).getTime()

const shotOf = (attempt: AttemptRow, i: number): Shot => {
  const offset = attempt.offsetMs ?? 0
  return {
    number: i + 1,
    planned: attempt.plannedAt.getTime() + offset,
    sent: attempt.sentAt && attempt.sentAt.getTime() + offset,
    answered: attempt.answeredAt && attempt.answeredAt.getTime() + offset,
    code: attempt.code,
    outcome: attempt.outcome,
    clTRID: attempt.clTRID,
  }
}

/** A date printed in whole seconds may be any instant of its second. */
const publishedStretch = (at: Date): Stretch => ({
  from: at.getTime(),
  to: at.getTime() + (at.getMilliseconds() === 0 ? 999 : 0),
})

const instantsOf = (shot: Shot): number[] =>
  [shot.planned, shot.sent, shot.answered].filter((at): at is number => at !== null)

/** From the last create before the decisive instant to the first after it, and as much again on both sides. */
function decisivePart(shots: readonly Shot[], decisive: Stretch): Stretch {
  const sent = shots.map((s) => s.sent ?? s.planned)
  const before = sent.filter((at) => at < decisive.from)
  const after = sent.filter((at) => at > decisive.to)
  const { from, to } = hull([
    decisive.from,
    decisive.to,
    ...before.slice(-1),
    ...after.slice(0, 1),
    ...shots.filter((s) => s.outcome === 'created').flatMap(instantsOf),
  ])
  const edge = Math.max(100, (to - from) * 0.5)
  return { from: from - edge, to: to + edge }
}

const touches = (shot: Shot, { from, to }: Stretch): boolean =>
  (shot.sent ?? shot.planned) <= to && (shot.answered ?? shot.sent ?? shot.planned) >= from

const hull = (instants: readonly number[]): Stretch => ({
  from: instants.reduce((a, b) => Math.min(a, b)),
  to: instants.reduce((a, b) => Math.max(a, b)),
})

function padded({ from, to }: Stretch): Stretch {
  const edge = Math.max(10, (to - from) * 0.05)
  return { from: from - edge, to: to + edge }
}
