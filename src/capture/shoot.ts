import type { CreateAnswer, Line, PreparedCreate } from '../channels/channel.ts'
import { policyFor } from '../domain/policy/policies.ts'
import { scopesOf } from '../domain/switch-scope.ts'
import { type AttemptResult, planAttempts, recordAttempt } from '../store/attempts.ts'
import type { CaptureRow } from '../store/captures.ts'
import { giveBack, spend } from '../store/ledger.ts'
import { stoppedBy } from '../store/switches.ts'
import { aim } from './aim.ts'
import type { RaceDeps } from './deps.ts'

/** A create whose intent is committed and paid for, with nothing left to do but send it. */
export type LoadedShot = { clTRID: string; accreditation: string; day: string; points: number }

/** What became of a shot. `held-back`: nothing was sent, and the shot is still loaded. */
export type Shot =
  | { kind: 'answered'; answer: CreateAnswer; plannedAt: Date }
  | { kind: 'held-back'; because: 'stopped' | 'limit'; reason: string }

/** Commits one create: the ledger is charged, then the attempt is written down. */
export async function loadShot(
  capture: CaptureRow,
  line: Line,
  deps: RaceDeps,
): Promise<LoadedShot | null> {
  const { epp } = policyFor(capture.extension)
  const { accreditation } = capture
  const penalty = epp.penalty.value
  const points = penalty?.exists ?? 0
  const day = deps.clock.now().toISOString().slice(0, 10)
  const limits = {
    creates: Math.floor(epp.createsPerDay.value * deps.shareOfDay),
    points: penalty ? Math.floor(penalty.perDay * deps.shareOfDay) : Number.MAX_SAFE_INTEGER,
  }
  if (!(await spend(deps.db, accreditation, day, { creates: 1, points }, limits))) return null
  const clTRID = deps.newClTRID()
  await planAttempts(deps.db, [
    {
      captureId: capture.id,
      command: 'create',
      clTRID,
      plannedAt: deps.clock.now(),
      session: line.id,
    },
  ])
  return { clTRID, accreditation, day, points }
}

/** Reads the stop switches, waits for the planned instant (our clock) and sends. The answer is recorded before this resolves. */
export async function fireShot(
  capture: CaptureRow,
  shot: LoadedShot,
  plannedAt: Date,
  line: Line,
  prepared: PreparedCreate,
  deps: RaceDeps,
  signal: AbortSignal,
): Promise<Shot> {
  const stopped = await stoppedBy(deps.db, scopesOf(capture))
  if (stopped)
    return {
      kind: 'held-back',
      because: 'stopped',
      reason: `Stopped by the switch ${stopped.scope}: ${stopped.reason}`,
    }
  await aim(deps.clock, plannedAt, signal)
  const answer = await prepared.send(shot.clTRID)
  await recordAttempt(deps.db, shot.clTRID, { ...resultOf(answer, line), plannedAt }).catch(
    (fault) =>
      deps.log.error(
        { err: fault, clTRID: shot.clTRID },
        'answer of a create could not be recorded',
      ),
  )
  return { kind: 'answered', answer, plannedAt }
}

/** Says of a loaded shot that it never left, and gives back what it was charged. */
export async function discardShot(
  { clTRID, accreditation, day, points }: LoadedShot,
  message: string,
  deps: RaceDeps,
): Promise<void> {
  await recordAttempt(deps.db, clTRID, { outcome: 'not-sent', message })
  await giveBack(deps.db, accreditation, day, { creates: 1, points })
}

const resultOf = (answer: CreateAnswer, line: Line): AttemptResult => ({
  svTRID: answer.svTRID,
  session: line.id,
  sentAt: answer.sentAt,
  answeredAt: answer.answeredAt,
  code: answer.code,
  message: answer.message,
  outcome: answer.outcome,
  ...offsetOf(line),
})

/** A registry that shows no date leaves the offset unknown. */
function offsetOf({ offset }: Line): Pick<AttemptResult, 'offsetMs' | 'offsetUncertaintyMs'> {
  if (!Number.isFinite(offset.uncertaintyMs)) return { offsetMs: null, offsetUncertaintyMs: null }
  return {
    offsetMs: Math.round(offset.offsetMs),
    offsetUncertaintyMs: Math.round(offset.uncertaintyMs),
  }
}
