import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from '../../src/clock.ts'
import type { Permits } from '../../src/domain/permits.ts'

/** Nobody shares these permits, so they are more careful than any registry asks. */
const MOST_PER_SECOND = 1

/**
 * Permits of one process alone: one request a second to each host, fewer where its limit is lower, without bursts.
 * All instants are real time.
 */
export function memoryPermits(): Permits {
  /** When the next request to a host may go, on the process's own monotonic clock. */
  const free = new Map<string, number>()
  const pauses = new Map<string, { until: Date; reason: string }>()
  return {
    async take(host, { perSecond }, { maxWaitMs, signal }) {
      signal.throwIfAborted()
      const now = performance.now()
      const paused = pauses.get(host)
      if (paused && paused.until > systemClock.now())
        return { granted: false, retryAt: paused.until, reason: paused.reason }
      const at = Math.max(now, free.get(host) ?? now)
      if (at - now > maxWaitMs) {
        const retryAt = new Date(systemClock.now().getTime() + Math.ceil(at - now))
        return { granted: false, retryAt, reason: `Every place of ${host} is taken for now.` }
      }
      free.set(host, at + 1_000 / Math.min(perSecond, MOST_PER_SECOND))
      if (at > now) await pause(Math.ceil(at - now), undefined, { signal })
      return { granted: true }
    },
    async pause(host, until, reason) {
      const before = pauses.get(host)
      if (!before || before.until < until) pauses.set(host, { until, reason })
    },
  }
}
