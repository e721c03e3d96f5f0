import type { AnchoredClock } from '../clock.ts'
import { SECOND_MS } from './duration.ts'
import type { Engine } from './engine.ts'

/** Time that runs 1:1 before and after each event that matters. */
const MARGIN_MS = 10 * SECOND_MS
/** Time that runs 1:1 after each start of the sandbox, so that those who live by its clock can get ready. */
const START_MS = 15 * SECOND_MS

/**
 * A leap of days lands once on its way, eight hours on and for a few seconds: whoever looks several times a day sees what
 * happened on the day it happened.
 */
const LANDING_AFTER_MS = 8 * 3_600 * SECOND_MS
const LANDING_MS = 4 * SECOND_MS
const LONG_LEAP_MS = 24 * 3_600 * SECOND_MS

/** A shorter stretch of dull time is lived through: somebody may be in the middle of something. */
const LEAST_LEAP_MS = 60 * SECOND_MS

/** What the leaping clock does now: jump, or run until it should think again (`null`: nothing is ahead). */
export type Step = { do: 'leap'; to: Date } | { do: 'run'; until: Date | null }

/**
 * Leaps over the dull days: time runs 1:1 for fifteen seconds after the start, from ten seconds before to ten seconds after
 * each event that matters, and for ten seconds after a client's command; periods that touch become one. A long leap lands
 * once on its way. With nothing ahead it runs on at 1:1.
 *
 * @param events the next instant that matters after another one.
 */
export class Leaps {
  readonly #nextEventAfter: (at: Date) => Date | null
  #runUntil: number
  /** A leap has landed since the last event. */
  #landed = false

  constructor(startAt: Date, nextEventAfter: (at: Date) => Date | null) {
    this.#runUntil = startAt.getTime() + START_MS
    this.#nextEventAfter = nextEventAfter
  }

  /** Something happened that matters. */
  happened(at: Date): void {
    this.#runUntil = Math.max(this.#runUntil, at.getTime() + MARGIN_MS)
    this.#landed = false
  }

  /** What to do at `now`. */
  step(now: Date): Step {
    const next = this.#nextEventAfter(now)
    if (next === null) {
      const idle = now.getTime() >= this.#runUntil
      return { do: 'run', until: idle ? null : new Date(this.#runUntil) }
    }
    const leapTo = next.getTime() - MARGIN_MS
    const from = Math.max(now.getTime(), this.#runUntil)
    if (leapTo - from >= LEAST_LEAP_MS) {
      if (now.getTime() < this.#runUntil) return { do: 'run', until: new Date(this.#runUntil) }
      return { do: 'leap', to: new Date(this.#landed ? leapTo : this.#landOnTheWay(now, leapTo)) }
    }
    this.happened(next)
    return { do: 'run', until: next }
  }

  /** @returns where a leap comes down first: on its way, if it is a long one. */
  #landOnTheWay(now: Date, leapTo: number): number {
    this.#landed = true
    if (leapTo - now.getTime() < LONG_LEAP_MS) return leapTo
    const landing = now.getTime() + LANDING_AFTER_MS
    this.#runUntil = landing + LANDING_MS
    return landing
  }
}

/** Drives the clock by its leaps until it is closed. Commands of clients and new stories are taken into account at once. */
export function startLeaping(clock: AnchoredClock, engine: Engine): { close(): void } {
  const closed = new AbortController()
  const leaps = new Leaps(clock.now(), (at) => engine.nextEventAfter(at))
  let rearm = new AbortController()
  const unlisten = engine.onChange(({ by, at }) => {
    if (by === 'client') leaps.happened(at)
    rearm.abort()
  })
  const drive = async () => {
    while (!closed.signal.aborted) {
      rearm = new AbortController()
      const step = leaps.step(clock.now())
      if (step.do === 'leap') clock.leapTo(step.to)
      else await clock.until(step.until ?? new Date(8.64e15), rearm.signal).catch(() => {})
    }
  }
  void drive()
  return {
    close() {
      closed.abort()
      unlisten()
      rearm.abort()
    },
  }
}
