import fc from 'fast-check'
import { expect, it } from 'vitest'
import { retryAfterMs } from '../../src/events/backoff.ts'

const THREE_DAYS_MS = 3 * 86_400_000

it('waits twice as long each time, half a day at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), (attempts) => {
      const [now, next] = [retryAfterMs(attempts), retryAfterMs(attempts + 1)]
      if (now === null) expect(next).toBeNull()
      else if (next !== null) expect(next).toBe(Math.min(now * 2, THREE_DAYS_MS / 6))
    }),
  )
})

it('gives up after three days of waiting', () => {
  let waited = 0
  for (let attempts = 1; ; attempts++) {
    const pause = retryAfterMs(attempts)
    if (pause === null) break
    waited += pause
  }
  expect(waited).toBeLessThanOrEqual(THREE_DAYS_MS)
  expect(waited).toBeGreaterThan(THREE_DAYS_MS * 0.8)
})
