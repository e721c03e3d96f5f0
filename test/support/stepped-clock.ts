import type { Clock } from '../../src/clock.ts'

/** A reading of the clock takes this long, so that whoever turns in circles until an instant gets there. */
const READING_MS = 0.02

type Planned = { at: number; act: () => unknown }

/** A clock for one flow of control: it goes on by itself to whatever instant somebody waits for, and takes no real time. */
export type SteppedClock = Clock & {
  /** Goes on by so many milliseconds, as when a command is under way. */
  pass(ms: number): Promise<void>
  /** Does something as soon as the clock shows the instant. */
  when(at: Date, act: () => unknown): void
  /** Jumps; whoever waited for an instant before it comes late. */
  leapTo(at: Date): void
}

export function steppedClock(start: Date): SteppedClock {
  let nowMs = start.getTime()
  const planned: Planned[] = []

  async function go(to: number): Promise<void> {
    for (;;) {
      const next = planned.toSorted((a, b) => a.at - b.at)[0]
      if (!next || next.at > to) break
      planned.splice(planned.indexOf(next), 1)
      nowMs = Math.max(nowMs, next.at)
      await next.act()
    }
    nowMs = Math.max(nowMs, to)
  }

  return {
    now() {
      nowMs += READING_MS
      return new Date(Math.floor(nowMs))
    },
    async until(at, signal) {
      signal?.throwIfAborted()
      await go(at.getTime())
      signal?.throwIfAborted()
    },
    pass: (ms) => go(nowMs + ms),
    when: (at, act) => void planned.push({ at: at.getTime(), act }),
    leapTo(at) {
      nowMs = Math.max(nowMs, at.getTime())
    },
  }
}
