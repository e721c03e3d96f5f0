import type { InfoAnswer, Line } from '../channels/channel.ts'
import type { CaptureState } from '../domain/capture-state.ts'
import { policyFor } from '../domain/policy/policies.ts'
import type { HostLimit } from '../domain/policy/policy.ts'
import { planAttempts, recordAttempt } from '../store/attempts.ts'
import type { CaptureRow } from '../store/captures.ts'
import type { RaceDeps } from './deps.ts'
import type { LoadedShot } from './shoot.ts'
import { type Standing, standingOf } from './standing.ts'

/** How a race ended. `put-off`: it goes on when the sweep rings again. */
export type RaceEnd =
  | { kind: 'not-mine' }
  | { kind: 'decided'; state: CaptureState }
  | { kind: 'put-off'; reason: string }

/** One race while it is run: what it is about, and what it has seen so far. */
export type Course = {
  capture: CaptureRow
  /** In whose name it is leased. */
  readonly holder: string
  readonly line: Line
  readonly deps: RaceDeps
  readonly signal: AbortSignal
  readonly limit: HostLimit
  /** When the lease was last prolonged. */
  leasedAt: Date
  /** When the session last said hello, or was handed over warm. */
  helloAt: Date
  /** A create whose intent is committed and that has not been sent yet. */
  loaded: LoadedShot | null
  /** Last instant at which the registry still had the old registration: the drop came later. */
  heldAt: Date | null
  /** Answer to our first create that came too late. */
  tooLateAt: Date | null
  /** When the registry was last asked how the name stands. */
  polledAt: Date | null
  creates: number
  priceCents: number | null
  /** Why a create that was due was not sent. */
  heldBack: { because: 'stopped' | 'limit'; reason: string } | null
}

export const openCourse = (
  capture: CaptureRow,
  holder: string,
  line: Line,
  deps: RaceDeps,
  signal: AbortSignal,
): Course => ({
  capture,
  holder,
  line,
  deps,
  signal,
  limit: policyFor(capture.extension).limits.epp?.value ?? {
    perSecond: 1,
    burst: 1,
    concurrency: 1,
  },
  leasedAt: deps.clock.now(),
  helloAt: deps.clock.now(),
  loaded: null,
  heldAt: null,
  tooLateAt: null,
  polledAt: null,
  creates: 0,
  priceCents: deps.priceOf(capture.extension),
  heldBack: null,
})

/** After a refused permit. */
const PERMIT_PAUSE_MS = 250

/** Waits for leave to send one command of this race. */
export async function permit({ capture, deps, limit, signal }: Course): Promise<void> {
  while (!(await deps.permit(`epp:${capture.registry}`, limit, signal)))
    await deps.clock.until(new Date(deps.clock.now().getTime() + PERMIT_PAUSE_MS), signal)
}

/** Asks the registry by `info` how the name stands. An answer that changes something is kept; the many "not yet" are not. */
export async function ask(course: Course): Promise<{ info: InfoAnswer; standing: Standing }> {
  const { capture, line, deps } = course
  await permit(course)
  const info = await line.info(capture.name)
  const heldAt = capture.windowFrom > capture.armedAt ? capture.armedAt : null
  const standing = standingOf(info, { key: capture.registrationKey, heldAt })
  if (standing.kind !== 'not-yet') {
    const { clTRID, sentAt, answeredAt, code, message, svTRID } = info
    const asked = {
      captureId: capture.id,
      command: 'info',
      clTRID,
      plannedAt: sentAt,
      session: line.id,
    } as const
    await planAttempts(deps.db, [asked])
    await recordAttempt(deps.db, clTRID, {
      svTRID,
      sentAt,
      answeredAt,
      code,
      message,
      outcome: standing.kind,
    })
  }
  return { info, standing }
}
