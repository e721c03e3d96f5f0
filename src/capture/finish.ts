import type { MissReason } from '../domain/capture-state.ts'
import { settleOpenCreates } from '../store/attempts.ts'
import { postponeCapture } from '../store/captures.ts'
import { findBeneficiary } from '../store/watches.ts'
import type { Course, RaceEnd } from './course.ts'
import { leadOf } from './gap.ts'
import { type Miss, settleMiss, settleWin, standDown } from './settle.ts'
import type { Standing } from './standing.ts'

/** A name in the Dropzone is tried again after this time; looks keep watching it meanwhile. */
const DROPZONE_PAUSE_MS = 3_600_000

/** The name is ours. */
export async function win(
  course: Course,
  createdAt: Date | null,
  expiresAt: Date | null,
): Promise<RaceEnd> {
  const { capture, deps, heldAt, creates, priceCents } = course
  const to = await findBeneficiary(deps.db, capture.beneficiaryWatchId)
  if (!to) throw new Error('a won capture has no beneficiary')
  const now = deps.clock.now()
  const delayMs = heldAt ? now.getTime() - heldAt.getTime() : null
  await settleOpenCreates(deps.db, capture.id, 'executed')
  const settled = { createdAt, expiresAt, priceCents, delayMs, creates }
  if (!(await settleWin(deps.db, capture, to, settled, now)))
    deps.log.error({ captureId: capture.id, name: capture.name }, 'a win was settled before')
  return { kind: 'decided', state: 'won' }
}

/** Somebody else's registration stands: lost to a rival, unless we were kept from trying. */
export async function beaten(
  course: Course,
  taken: Standing & { kind: 'taken' },
  seenAt: Date,
): Promise<RaceEnd> {
  const { capture, deps, line, signal, heldBack, tooLateAt } = course
  const { createdAt } = taken
  const { offsetMs, uncertaintyMs } = line.offset
  const gap = createdAt ? leadOf(createdAt, tooLateAt ?? seenAt, offsetMs, uncertaintyMs) : null
  // EPP gives an account's id; the race is over, so there is time to ask for the name behind it.
  const rival = (await deps.sponsorOf(capture.name, signal)) ?? taken.by
  const who = { rival, gap, createdAt }
  if (heldBack && course.creates === 0) {
    const reason = heldBack.because === 'stopped' ? 'not-attempted' : 'throttled'
    return miss(course, { reason, explanation: heldBack.reason, ...who })
  }
  const when = tooLateAt ? 'before our create arrived' : 'before the drop was seen'
  return miss(course, { reason: 'beaten', explanation: `${rival} registered it ${when}.`, ...who })
}

/** The capture ends without the name. */
export async function miss(
  { capture, deps }: Course,
  told: Pick<Miss, 'reason' | 'explanation'> & Partial<Miss>,
): Promise<RaceEnd> {
  await settleMiss(
    deps.db,
    capture,
    { rival: null, gap: null, createdAt: null, ...told },
    deps.clock.now(),
  )
  return { kind: 'decided', state: told.reason === 'refused' ? 'refused' : 'lost' }
}

/** The registry would not take the create at all. In the Dropzone that is a stage and no end. */
export async function refused(
  course: Course,
  code: number | null,
  message: string,
): Promise<RaceEnd> {
  const { capture, deps } = course
  if (/dropzone/i.test(message)) {
    await postponeCapture(
      deps.db,
      capture.id,
      new Date(deps.clock.now().getTime() + DROPZONE_PAUSE_MS),
    )
    return { kind: 'put-off', reason: message }
  }
  return miss(course, {
    reason: 'refused',
    explanation: `The registry refused the create: ${code} ${message}`,
  })
}

/** A precondition failed: stood down if nothing was sent, else missed for that reason. */
export async function giveUp(
  course: Course,
  reason: MissReason,
  explanation: string,
): Promise<RaceEnd> {
  const { capture, deps } = course
  const stood = await standDown(deps.db, capture, reason, explanation, deps.clock.now())
  return stood ? { kind: 'decided', state: 'stood-down' } : miss(course, { reason, explanation })
}
