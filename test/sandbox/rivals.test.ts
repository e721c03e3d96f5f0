import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rivalCreateAt, type Strategy } from '../../src/sandbox/rivals.ts'

const freeAt = new Date('2027-01-12T19:27:03.500Z')
const createAfter = (strategy: Strategy, seed = 1, availableAt: Date | null = null) => {
  const rival = { registrar: 'rapid-names', strategy }
  const at = rivalCreateAt(rival, { name: 'prize.com', freeAt, availableAt }, seed)
  return at && at.getTime() - freeAt.getTime()
}

describe('a rival', () => {
  it('that knows the instant creates within its delay', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const ms = createAfter({ kind: 'knows-the-instant', delay: { from: 40, to: 120 } }, seed)
        expect(ms).toBeGreaterThanOrEqual(40)
        expect(ms).toBeLessThanOrEqual(120)
      }),
    )
  })

  it('that polls needs up to one interval and the time to buy', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const ms = createAfter({ kind: 'poll-then-buy', every: 30_000, buyTakes: 2_000 }, seed)
        expect(ms).toBeGreaterThanOrEqual(2_000)
        expect(ms).toBeLessThanOrEqual(32_001)
      }),
    )
  })

  const typed = {
    kind: 'typed-time',
    timeZone: 'America/New_York',
    time: '14:27',
    shots: 5,
    every: 1_000,
  } as const

  it('that typed a time wins with its first shot after the release', () => {
    expect(createAfter(typed)).toBe(500)
  })

  it('that typed a time has nothing left when the release is later than its last shot', () => {
    expect(createAfter({ ...typed, shots: 4 })).toBeNull()
  })

  it('that typed a time takes the published instant where there is one', () => {
    expect(createAfter(typed, 1, new Date(freeAt.getTime() - 700))).toBe(300)
  })
})
