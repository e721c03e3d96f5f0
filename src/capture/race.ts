/**
 * Races: one capture from the leased row to its outcome. A race polls the registry by `info` at the pace the registry
 * permits, sends the planned creates at their instants, and sends one at once when the registry says that the name is
 * gone. Whatever happens on the way, a new volley is sent only after the registry was asked who holds the name.
 */
import type { InfoAnswer, Line } from '../channels/channel.ts'
import { type CaptureState, isFinal } from '../domain/capture-state.ts'
import type { HostLimit } from '../domain/policy/policy.ts'
import { policyFor } from '../domain/policy/policies.ts'
import { hasOpenCreate, planAttempts, recordAttempt, settleOpenCreates } from '../store/attempts.ts'
import { type CaptureRow, leaseCapture, moveCapture, postponeCapture, releaseCapture } from '../store/captures.ts'
import { eventCall } from '../store/outbox.ts'
import { findBeneficiary } from '../store/watches.ts'
import { type RaceDeps, toOurs } from './deps.ts'
import { type Gap, leadOf } from './gap.ts'
import type { Loan } from './lines.ts'
import { makeReady, type Readiness } from './ready.ts'
import { settleMiss, settleWin, standDown } from './settle.ts'
import { discardShot, fireShot, type LoadedShot, loadShot } from './shoot.ts'
import { type Standing, standingOf } from './standing.ts'

/** How a race ended. `put-off`: it goes on when the sweep rings again. */
export type RaceEnd =
  | { kind: 'not-mine' }
  | { kind: 'decided'; state: CaptureState }
  | { kind: 'put-off'; reason: string }

/** A catcher that dies is replaced after this time, by the database's clock. */
const LEASE_SECONDS = 15
/** How often the lease is prolonged and the row read again. */
const RENEW_MS = 3_000
/** A warm session says hello this often while it waits. */
const HELLO_MS = 20_000
/** Time to load a planned shot: switches, ledger, intent and permit are a few round trips to the database. */
const LOAD_MS = 250
/** A name in the Dropzone is tried again after this time; looks keep watching it meanwhile. */
const DROPZONE_PAUSE_MS = 3_600_000

/** Races one capture. Rejects only when aborted; then the next catcher reconciles. */
export async function race(captureId: string, deps: RaceDeps, signal: AbortSignal): Promise<RaceEnd> {
  const capture = await leaseCapture(deps.db, captureId, deps.catcher, LEASE_SECONDS)
  if (!capture) return { kind: 'not-mine' }
  let loan: Loan | null = null
  try {
    loan = await deps.lines.borrow(capture.registry, signal)
    return await new Race(capture, loan.line, deps, signal).run()
  } catch (fault) {
    if (signal.aborted) throw fault
    const reason = fault instanceof Error ? fault.message : String(fault)
    deps.log.warn({ captureId, name: capture.name, reason }, 'race put off')
    return { kind: 'put-off', reason }
  } finally {
    loan?.giveBack()
    await releaseCapture(deps.db, captureId, deps.catcher).catch(() => {})
  }
}

class Race {
  #capture: CaptureRow
  readonly #line: Line
  readonly #deps: RaceDeps
  readonly #signal: AbortSignal
  readonly #limit: HostLimit
  #leasedAt: Date
  #loaded: LoadedShot | null = null
  /** Last instant at which the registry still had the old registration: the drop came later. */
  #heldAt: Date | null = null
  /** Answer to our first create that came too late. */
  #tooLateAt: Date | null = null
  #creates = 0
  #priceCents: number | null
  #heldBack: { because: 'stopped' | 'limit'; reason: string } | null = null

  constructor(capture: CaptureRow, line: Line, deps: RaceDeps, signal: AbortSignal) {
    this.#capture = capture
    this.#line = line
    this.#deps = deps
    this.#signal = signal
    this.#limit = policyFor(capture.extension).limits.epp?.value ?? { perSecond: 1, burst: 1, concurrency: 1 }
    this.#leasedAt = deps.clock.now()
    this.#priceCents = deps.priceOf(capture.extension)
  }

  async run(): Promise<RaceEnd> {
    const { db } = this.#deps
    if (this.#capture.state === 'undetermined' || (await hasOpenCreate(db, this.#capture.id))) {
      const end = await this.#reconcile()
      if (end) return end
    }
    const ready = await makeReady(this.#capture, this.#line, this.#deps)
    if (!ready.ok) return this.#giveUp(ready)
    this.#priceCents = ready.priceCents
    await this.#finalise(ready)
    try {
      return await this.#loop(ready)
    } finally {
      if (this.#loaded) await discardShot(this.#loaded, 'not needed', this.#deps).catch(() => {})
    }
  }

  async #loop(ready: Readiness & { ok: true }): Promise<RaceEnd> {
    const { clock } = this.#deps
    for (;;) {
      this.#signal.throwIfAborted()
      if (!(await this.#stillMine())) return this.#overtaken()
      const now = clock.now().getTime()
      const { windowFrom, windowTo } = this.#capture
      if (now >= windowTo.getTime()) return { kind: 'put-off', reason: 'window over' }
      const shotAt = this.#nextShot()
      const opens = Math.min(windowFrom.getTime(), (shotAt?.getTime() ?? Number.POSITIVE_INFINITY) - LOAD_MS)
      if (opens > now) {
        const wake = Math.min(opens, now + HELLO_MS)
        await clock.until(new Date(wake), this.#signal)
        if (wake < opens) await this.#line.hello()
        continue
      }
      this.#loaded ??= await loadShot(this.#capture, this.#line, this.#deps)
      const shotIsNear = shotAt !== null && shotAt.getTime() - now < Math.max(LOAD_MS, 1_000 / this.#limit.perSecond)
      const end = shotIsNear ? await this.#fire(shotAt, ready) : await this.#poll(ready)
      if (end) return end
    }
  }

  /** Prolongs the lease now and then and takes over a window that looks have moved. */
  async #stillMine(): Promise<boolean> {
    const now = this.#deps.clock.now()
    if (Math.abs(now.getTime() - this.#leasedAt.getTime()) < RENEW_MS) return true
    const row = await leaseCapture(this.#deps.db, this.#capture.id, this.#deps.catcher, LEASE_SECONDS)
    if (row) this.#capture = row
    this.#leasedAt = now
    return row !== null
  }

  #overtaken(): RaceEnd {
    return isFinal(this.#capture.state) ? { kind: 'decided', state: this.#capture.state } : { kind: 'not-mine' }
  }

  /** The next planned instant that is not past, by our clock. A leap or a late start skips shots, it never bunches them. */
  #nextShot(): Date | null {
    const now = this.#deps.clock.now().getTime()
    const next = this.#capture.shots.find((at) => toOurs(at, this.#line.offset).getTime() > now)
    return next === undefined ? null : toOurs(next, this.#line.offset)
  }

  /** Asks the registry how the name stands, and acts on the answer. */
  async #poll(ready: Readiness & { ok: true }): Promise<RaceEnd | null> {
    if (!(await this.#permit())) return null
    const { info, standing } = await this.#ask()
    return this.#follow(standing, info, ready)
  }

  async #ask(): Promise<{ info: InfoAnswer; standing: Standing }> {
    const info = await this.#line.info(this.#capture.name)
    const { registrationKey, armedAt, windowFrom } = this.#capture
    const standing = standingOf(info, { key: registrationKey, heldAt: windowFrom > armedAt ? armedAt : null })
    if (standing.kind !== 'not-yet') await this.#keepInfo(info, standing)
    return { info, standing }
  }

  async #follow(standing: Standing, info: InfoAnswer, ready: Readiness & { ok: true }): Promise<RaceEnd | null> {
    switch (standing.kind) {
      case 'not-yet':
        this.#heldAt = info.sentAt
        return this.#wasRestored(standing.statuses) ? this.#miss({ reason: 'restored', explanation: 'The holder got the name back before it dropped.' }) : null
      case 'free':
        return this.#fire(this.#deps.clock.now(), ready)
      case 'ours':
        return this.#capture.state === 'firing'
          ? this.#win(standing.createdAt, standing.expiresAt)
          : this.#miss({ reason: 'not-attempted', explanation: 'This registrar registered it by other means.' })
      case 'taken':
        return this.#beaten(standing, info.answeredAt ?? info.sentAt)
      case 'unknown':
        if (!this.#line.alive) throw new Error(`session lost: ${standing.reason}`)
        return null
    }
  }

  /** Sends one create at an instant of our clock and acts on the answer. */
  async #fire(at: Date, ready: Readiness & { ok: true }): Promise<RaceEnd | null> {
    const { db, clock } = this.#deps
    this.#loaded ??= await loadShot(this.#capture, this.#line, this.#deps)
    if (!this.#loaded) return this.#holdBack('limit', 'The day\'s share of creates or penalty points is spent.')
    if (this.#capture.state === 'finalised') {
      const moved = await moveCapture(db, this.#capture.id, ['finalised'], 'firing', { firedAt: clock.now() }, [])
      if (!moved) return this.#overtaken()
      this.#capture = { ...this.#capture, state: 'firing' }
    }
    if (!(await this.#permit())) return null
    const loaded = this.#loaded
    this.#loaded = null
    const shot = await fireShot(this.#capture, loaded, at, this.#line, ready.prepared, this.#deps, this.#signal)
    if (shot.kind === 'held-back') return this.#holdBack(shot.because, shot.reason)
    this.#creates++
    const { answer } = shot
    switch (answer.outcome) {
      case 'created':
        return this.#win(answer.createdAt, answer.expiresAt)
      case 'exists': {
        this.#tooLateAt ??= answer.answeredAt
        const { info, standing } = await this.#ask()
        if (standing.kind === 'not-yet') this.#tooLateAt = null
        // Free again so soon after "exists": the registry's books are moving; the next poll tells.
        return standing.kind === 'free' ? null : this.#follow(standing, info, ready)
      }
      case 'create-pending':
      case 'undetermined':
        return this.#reconcile()
      case 'no-session':
        throw new Error(`no session: ${answer.code} ${answer.message}`)
      case 'refused':
        return this.#refused(answer.code, answer.message)
    }
  }

  async #holdBack(because: 'stopped' | 'limit', reason: string): Promise<null> {
    this.#heldBack = { because, reason }
    const { clock } = this.#deps
    await clock.until(new Date(clock.now().getTime() + 1_000), this.#signal)
    return null
  }

  async #refused(code: number | null, message: string): Promise<RaceEnd> {
    if (/dropzone/i.test(message)) {
      const until = new Date(this.#deps.clock.now().getTime() + DROPZONE_PAUSE_MS)
      await postponeCapture(this.#deps.db, this.#capture.id, until)
      return { kind: 'put-off', reason: message }
    }
    return this.#miss({ reason: 'refused', explanation: `The registry refused the create: ${code} ${message}` })
  }

  /** Asks the registry what became of a create that was not answered. Nothing is sent before it has told. */
  async #reconcile(): Promise<RaceEnd | null> {
    const { db, clock } = this.#deps
    const { standing, info } = await this.#ask()
    if (standing.kind === 'ours') return this.#win(standing.createdAt, standing.expiresAt)
    if (standing.kind === 'taken') return this.#beaten(standing, info.answeredAt ?? info.sentAt)
    if (standing.kind === 'unknown') {
      const reason = `A create was not answered, and neither is the question: ${standing.reason}`
      await moveCapture(db, this.#capture.id, ['firing'], 'undetermined', {}, [
        eventCall('capture.undetermined', `capture:${this.#capture.id}`, `capture.undetermined:${this.#capture.id}`, clock.now(), {
          captureId: this.#capture.id,
          name: this.#capture.name,
          reason,
        }),
      ])
      throw new Error(reason)
    }
    await settleOpenCreates(db, this.#capture.id, `not executed: the registry says ${standing.kind}`)
    await moveCapture(db, this.#capture.id, ['undetermined'], 'firing', {}, [])
    if (this.#capture.state === 'undetermined') this.#capture = { ...this.#capture, state: 'firing' }
    return null
  }

  async #finalise(ready: Readiness & { ok: true }): Promise<void> {
    if (this.#capture.state !== 'armed') return
    const { db, clock } = this.#deps
    const now = clock.now()
    const { watchId, nicHandle } = ready.watch
    const { id, name } = this.#capture
    await moveCapture(db, id, ['armed'], 'finalised', { beneficiaryWatchId: watchId, finalisedAt: now }, [
      eventCall('capture.finalised', `capture:${id}`, `capture.finalised:${id}`, now, { captureId: id, name, watchId, nicHandle }),
    ])
    this.#capture = { ...this.#capture, state: 'finalised', beneficiaryWatchId: watchId }
  }

  /** The creates of a name in redemption or pendingDelete go on only while the registry still calls it so. */
  #wasRestored(statuses: readonly string[]): boolean {
    const deletes = policyFor(this.#capture.extension).lifecycle.redemptionDays.value > 0
    return deletes && statuses.length > 0 && !statuses.includes('pendingDelete')
  }

  async #win(createdAt: Date | null, expiresAt: Date | null): Promise<RaceEnd> {
    const { db, clock } = this.#deps
    const to = await findBeneficiary(db, this.#capture.beneficiaryWatchId)
    if (!to) throw new Error('a won capture has no beneficiary')
    const now = clock.now()
    const delayMs = this.#heldAt ? now.getTime() - this.#heldAt.getTime() : null
    await settleOpenCreates(db, this.#capture.id, 'executed')
    await settleWin(db, this.#capture, to, { createdAt, expiresAt, priceCents: this.#priceCents, delayMs, creates: this.#creates }, now)
    return { kind: 'decided', state: 'won' }
  }

  async #beaten(taken: Standing & { kind: 'taken' }, seenAt: Date): Promise<RaceEnd> {
    const { offset } = this.#line
    const ours = this.#tooLateAt ?? seenAt
    const gap = taken.createdAt ? leadOf(taken.createdAt, ours, offset.offsetMs, offset.uncertaintyMs) : null
    if (this.#heldBack && this.#creates === 0) {
      const reason = this.#heldBack.because === 'stopped' ? 'not-attempted' : 'throttled'
      return this.#miss({ reason, explanation: this.#heldBack.reason, rival: taken.by, gap, createdAt: taken.createdAt })
    }
    const when = this.#tooLateAt ? 'before our create' : 'before the drop was seen'
    return this.#miss({ reason: 'beaten', explanation: `${taken.by} registered it ${when}.`, rival: taken.by, gap, createdAt: taken.createdAt })
  }

  async #miss(miss: { reason: Parameters<typeof settleMiss>[2]['reason']; explanation: string; rival?: string; gap?: Gap | null; createdAt?: Date | null }): Promise<RaceEnd> {
    const { rival = null, gap = null, createdAt = null } = miss
    await settleMiss(this.#deps.db, this.#capture, { ...miss, rival, gap, createdAt }, this.#deps.clock.now())
    return { kind: 'decided', state: miss.reason === 'refused' ? 'refused' : 'lost' }
  }

  async #giveUp(unready: Readiness & { ok: false }): Promise<RaceEnd> {
    const now = this.#deps.clock.now()
    const { reason, explanation } = unready
    if (await standDown(this.#deps.db, this.#capture, reason, explanation, now)) return { kind: 'decided', state: 'stood-down' }
    return this.#miss({ reason, explanation })
  }

  #permit(): Promise<boolean> {
    return this.#deps.permit(`epp:${this.#capture.registry}`, this.#limit, this.#signal)
  }

  /** Keeps an answer that changed something; the thousands of "not yet" are not kept. */
  async #keepInfo(info: InfoAnswer, standing: Standing): Promise<void> {
    const { clTRID, sentAt, answeredAt, code, message, svTRID } = info
    const { db } = this.#deps
    await planAttempts(db, [{ captureId: this.#capture.id, command: 'info', clTRID, plannedAt: sentAt, session: this.#line.id }])
    await recordAttempt(db, clTRID, { svTRID, sentAt, answeredAt, code, message, outcome: standing.kind })
  }
}
