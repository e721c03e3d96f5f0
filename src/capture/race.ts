/**
 * Races: one capture from its lease to its outcome. A race asks the registry by `info` at the pace the registry permits,
 * sends the planned creates at their instants, and sends one at once when the registry says that the name is gone.
 * After any create that was not answered, the registry is asked who holds the name before anything else is sent.
 */
import { randomUUID } from 'node:crypto'
import type { InfoAnswer } from '../channels/channel.ts'
import { policyFor } from '../domain/policy/policies.ts'
import { hasOpenCreate } from '../store/attempts.ts'
import { finaliseCapture, leaseCapture, moveCapture, releaseCapture } from '../store/captures.ts'
import { eventCall } from '../store/outbox.ts'
import { ask, type Course, openCourse, permit, type RaceEnd } from './course.ts'
import { type RaceDeps, toOurs } from './deps.ts'
import { beaten, giveUp, miss, refused, win } from './finish.ts'
import type { Loan } from './lines.ts'
import { makeReady, type Readiness } from './ready.ts'
import { reconcile } from './reconcile.ts'
import { discardShot, fireShot, loadShot } from './shoot.ts'
import type { Standing } from './standing.ts'

type Ready = Readiness & { ok: true }

/** A catcher that dies is replaced after this time, by the database's clock. */
const LEASE_SECONDS = 15
/** How often the lease is prolonged and the row read again. */
const RENEW_MS = 3_000
/** A warm session says hello this often while it waits. */
const HELLO_MS = 20_000
/** A hello may wait for the turn of the registry's second: none is said this near to what matters. */
const HELLO_CLEAR_MS = 3_000
/** Time to load a planned shot: its permit, and a few round trips to the database for switches, ledger and intent. */
const LOAD_MS = 1_000
/** Questions that one window may cost at most: a window of a day is not asked about every quarter of a second. */
const MOST_POLLS = 10_000
/** After a shot was held back. */
const PAUSE_MS = 1_000

/** Races one capture. Rejects only when aborted; the next catcher then reconciles. */
export async function race(
  captureId: string,
  deps: RaceDeps,
  signal: AbortSignal,
): Promise<RaceEnd> {
  // The lease belongs to this race alone: one process may be handed the same job twice.
  const holder = `${deps.catcher}/${randomUUID().slice(0, 8)}`
  const capture = await leaseCapture(deps.db, captureId, holder, LEASE_SECONDS)
  if (!capture) return { kind: 'not-mine' }
  let loan: Loan | null = null
  try {
    loan = await deps.lines.borrow(capture.registry, signal)
    return await run(openCourse(capture, holder, loan.line, deps, signal))
  } catch (fault) {
    if (signal.aborted) throw fault
    const reason = fault instanceof Error ? fault.message : String(fault)
    deps.log.warn({ captureId, name: capture.name, reason }, 'race put off')
    return { kind: 'put-off', reason }
  } finally {
    loan?.giveBack()
    await releaseCapture(deps.db, captureId, holder).catch(() => {})
  }
}

async function run(course: Course): Promise<RaceEnd> {
  const { capture, deps } = course
  if (capture.state === 'undetermined' || (await hasOpenCreate(deps.db, capture.id))) {
    const end = await reconcile(course)
    if (end) return end
  }
  const ready = await makeReady(course)
  if (!ready.ok) return giveUp(course, ready.reason, ready.explanation)
  course.priceCents = ready.priceCents
  if (!(await finalise(course, ready)))
    return { kind: 'put-off', reason: 'The beneficiary withdrew at the last moment.' }
  try {
    return await pursue(course, ready)
  } finally {
    if (course.loaded) await discardShot(course.loaded, 'not needed', deps).catch(() => {})
  }
}

/** Waits, asks and shoots until the race is over or its window has passed. */
async function pursue(course: Course, ready: Ready): Promise<RaceEnd> {
  const { deps, signal, line } = course
  for (;;) {
    signal.throwIfAborted()
    if (!(await stillMine(course))) return { kind: 'not-mine' }
    const now = deps.clock.now().getTime()
    if (now >= course.capture.windowTo.getTime()) return { kind: 'put-off', reason: 'window over' }
    const shot = nextShot(course)
    const opens = Math.min(
      Math.max(course.capture.windowFrom.getTime(), nextPollAt(course)),
      shot ? shot.getTime() - LOAD_MS : Number.POSITIVE_INFINITY,
    )
    if (opens > now) {
      const wake = Math.min(opens, now + RENEW_MS)
      await deps.clock.until(new Date(wake), signal)
      if (opens - wake > HELLO_CLEAR_MS && wake - course.helloAt.getTime() >= HELLO_MS) {
        await line.hello()
        course.helloAt = deps.clock.now()
      }
      continue
    }
    course.loaded ??= await loadShot(course.capture, line, deps)
    const shotIsNear = shot && shot.getTime() - now <= LOAD_MS
    const end = shotIsNear ? await fire(course, shot, ready) : await poll(course, ready)
    if (end) return end
  }
}

/** Prolongs the lease now and then and takes over a window that looks have moved. */
async function stillMine(course: Course): Promise<boolean> {
  const now = course.deps.clock.now()
  if (Math.abs(now.getTime() - course.leasedAt.getTime()) < RENEW_MS) return true
  const row = await leaseCapture(course.deps.db, course.capture.id, course.holder, LEASE_SECONDS)
  if (row) course.capture = row
  course.leasedAt = now
  return row !== null
}

/** The next planned instant by our clock. A leap or a late start skips shots, it never bunches them. */
function nextShot({ capture, deps, line }: Course): Date | null {
  const now = deps.clock.now()
  return capture.shots.map((at) => toOurs(at, line.offset)).find((at) => at > now) ?? null
}

/**
 * Epoch milliseconds. Every second permit is left free, so that a create need not wait for its own when the answer is "gone";
 * and a long window is asked about no oftener than it is worth.
 */
function nextPollAt({ polledAt, capture, limit }: Course): number {
  if (!polledAt) return Number.NEGATIVE_INFINITY
  const windowMs = capture.windowTo.getTime() - capture.windowFrom.getTime()
  return polledAt.getTime() + Math.max(2_200 / limit.perSecond, windowMs / MOST_POLLS)
}

async function poll(course: Course, ready: Ready): Promise<RaceEnd | null> {
  course.polledAt = course.deps.clock.now()
  const { info, standing } = await ask(course)
  return follow(course, standing, info, ready)
}

/** Acts on how the name stands. */
async function follow(
  course: Course,
  standing: Standing,
  info: InfoAnswer,
  ready: Ready,
): Promise<RaceEnd | null> {
  switch (standing.kind) {
    case 'not-yet':
      course.heldAt = info.sentAt
      return wasRestored(course, standing.statuses)
        ? giveUp(course, 'restored', 'The holder got the name back before it dropped.')
        : null
    case 'free':
      return fire(course, course.deps.clock.now(), ready)
    case 'ours':
      return course.capture.state === 'firing'
        ? win(course, standing.createdAt, standing.expiresAt)
        : miss(course, {
            reason: 'not-attempted',
            explanation: 'This registrar registered it by other means.',
          })
    case 'taken':
      return beaten(course, standing, info.answeredAt ?? info.sentAt)
    case 'unknown':
      if (!course.line.alive) throw new Error(`session lost: ${standing.reason}`)
      return null
  }
}

/** A name on its way out carries pendingDelete to the end, where the registry has such stages at all (RFC 3915). */
function wasRestored({ capture }: Course, statuses: readonly string[]): boolean {
  const deletes = policyFor(capture.extension).lifecycle.redemptionDays.value > 0
  return deletes && statuses.length > 0 && !statuses.includes('pendingDelete')
}

/** Sends one create at an instant of our clock and acts on the answer. */
async function fire(course: Course, at: Date, ready: Ready): Promise<RaceEnd | null> {
  const { deps, line, signal } = course
  course.loaded ??= await loadShot(course.capture, line, deps)
  if (!course.loaded)
    return holdBack(course, 'limit', 'The day’s share of creates or penalty points is spent.')
  if (course.capture.state === 'finalised') {
    const written = { firedAt: deps.clock.now() }
    if (!(await moveCapture(deps.db, course.capture.id, ['finalised'], 'firing', written, [])))
      return { kind: 'not-mine' }
    course.capture = { ...course.capture, state: 'firing' }
  }
  await permit(course)
  if (!(await stillMine(course))) return { kind: 'not-mine' }
  const { loaded } = course
  course.loaded = null
  const shot = await fireShot(course.capture, loaded, at, line, ready.prepared, deps, signal)
  if (shot.kind === 'held-back') {
    course.loaded = loaded
    return holdBack(course, shot.because, shot.reason)
  }
  course.creates++
  course.polledAt = deps.clock.now()
  const { answer } = shot
  switch (answer.outcome) {
    case 'created':
      return win(course, answer.createdAt, answer.expiresAt)
    case 'exists': {
      course.tooLateAt ??= answer.answeredAt
      const { info, standing } = await ask(course)
      if (standing.kind === 'not-yet') course.tooLateAt = null
      // Free so soon after "exists": the registry's books are moving, and the next poll tells.
      return standing.kind === 'free' ? null : follow(course, standing, info, ready)
    }
    case 'create-pending':
    case 'undetermined':
      return reconcile(course)
    case 'no-session':
      throw new Error(`no session: ${answer.code} ${answer.message}`)
    case 'refused':
      return refused(course, answer.code, answer.message)
  }
}

async function holdBack(
  course: Course,
  because: 'stopped' | 'limit',
  reason: string,
): Promise<null> {
  const { clock } = course.deps
  course.heldBack = { because, reason }
  await clock.until(new Date(clock.now().getTime() + PAUSE_MS), course.signal)
  return null
}

/** Fixes the beneficiary: from here on a cancel is refused. @returns false when he was quicker. */
async function finalise(course: Course, { watch }: Ready): Promise<boolean> {
  const { capture, deps } = course
  if (capture.state !== 'armed') return true
  const now = deps.clock.now()
  const { watchId, nicHandle } = watch
  const told = { captureId: capture.id, name: capture.name, watchId, nicHandle }
  const fixed = await finaliseCapture(deps.db, capture.id, watchId, now, [
    eventCall(
      'capture.finalised',
      `capture:${capture.id}`,
      `capture.finalised:${capture.id}`,
      now,
      told,
    ),
  ])
  if (fixed)
    course.capture = {
      ...capture,
      beneficiaryWatchId: watchId,
      finalisedAt: now,
      state: 'finalised',
    }
  return fixed
}
