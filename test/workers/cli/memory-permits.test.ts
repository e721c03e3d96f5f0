import { describe, expect, it } from 'vitest'
import { memoryPermits } from '../../../workers/cli/memory-permits.ts'

const limit = (perSecond: number) => ({ perSecond, burst: 50, concurrency: 5 })
const wait = { maxWaitMs: 5_000, signal: new AbortController().signal }
const hurry = { ...wait, maxWaitMs: 0 }

describe('permits in memory', () => {
  it('come one a second to a host, however much it allows', async () => {
    const permits = memoryPermits()
    expect(await permits.take('rdap:verisign', limit(50), hurry)).toEqual({ granted: true })
    const startMs = performance.now()
    expect(await permits.take('rdap:verisign', limit(50), wait)).toEqual({ granted: true })
    expect(performance.now() - startMs).toBeGreaterThan(900)
  })

  it('do not make one host wait for another', async () => {
    const permits = memoryPermits()
    for (const host of ['a', 'b', 'c'])
      expect(await permits.take(host, limit(1), hurry)).toEqual({ granted: true })
  })

  it('keep to a limit that is lower, and reserve nothing that is too far off', async () => {
    const permits = memoryPermits()
    await permits.take('whois:afnic', limit(0.01), hurry)
    const before = Date.now()
    for (let i = 0; i < 3; i++) {
      const denied = await permits.take('whois:afnic', limit(0.01), { ...wait, maxWaitMs: 2_000 })
      expect(denied).toMatchObject({ granted: false, reason: expect.stringMatching('whois:afnic') })
      const leftMs = denied.granted ? 0 : denied.retryAt.getTime() - before
      expect(leftMs).toBeGreaterThan(90_000)
      expect(leftMs).toBeLessThan(101_000)
    }
  })

  it('are denied while the host pauses, and no pause is shortened', async () => {
    const permits = memoryPermits()
    const until = new Date(Date.now() + 60_000)
    await permits.pause('rdap:pir', until, 'throttled')
    await permits.pause('rdap:pir', new Date(Date.now() + 1_000), 'again')
    const denied = { granted: false, retryAt: until, reason: 'throttled' }
    expect(await permits.take('rdap:pir', limit(1), hurry)).toEqual(denied)
  })
})
