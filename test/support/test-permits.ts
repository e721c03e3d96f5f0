import type { Permits } from '../../src/domain/permits.ts'

/** Permits at once, all of them written down; a host that was paused stays so. */
export type TestPermits = Permits & { taken: string[]; paused: Map<string, Date> }

export function testPermits(): TestPermits {
  const taken: string[] = []
  const paused = new Map<string, Date>()
  return {
    taken,
    paused,
    async take(host) {
      const until = paused.get(host)
      if (until) return { granted: false, retryAt: until, reason: `${host} pauses` }
      taken.push(host)
      return { granted: true }
    },
    async pause(host, until) {
      paused.set(host, until)
    },
  }
}
