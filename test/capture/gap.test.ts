import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leadOf } from '../../src/capture/gap.ts'

const at = (ms: number) => new Date(Date.UTC(2030, 2, 1, 19) + ms)

describe('the lead of a rival', () => {
  it('is an interval of a second where the registry prints whole seconds', () => {
    expect(leadOf(at(0), at(1_200), 0, 0)).toEqual({ from: 201, to: 1_200 })
  })

  it('is as narrow as the clock offset is certain where milliseconds are printed', () => {
    expect(leadOf(at(7), at(50), 30, 4)).toEqual({ from: 69, to: 77 })
  })

  it('is not told of a registration that is older than the race, or by a clock that is not known', () => {
    expect(leadOf(at(-86_400_001), at(0), 0, 0)).toBeNull()
    expect(leadOf(at(0), at(50), 0, Number.POSITIVE_INFINITY)).toBeNull()
  })

  it('always holds the true lead', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.integer({ min: -3_000, max: 3_000 }),
        (rival, lead, offset) => {
          const printed = at(Math.floor(rival / 1_000) * 1_000)
          const { from, to } = leadOf(printed, at(rival + lead - offset), offset, 0)!
          expect(from).toBeLessThanOrEqual(lead)
          expect(to).toBeGreaterThanOrEqual(lead)
        },
      ),
    )
  })
})
