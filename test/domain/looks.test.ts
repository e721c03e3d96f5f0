import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Forecast } from '../../src/domain/forecast.ts'
import { type LookInput, nextLook } from '../../src/domain/looks.ts'
import { NOW } from './arbitraries.ts'

const T0 = NOW.getTime()
const SECOND_MS = 1_000
const HOUR_MS = 3_600_000

const forecast = (...parts: [fromS: number, toS: number, probability: number][]): Forecast => {
  const segments = parts.map(([from, to, probability]) => ({
    from: T0 + from * SECOND_MS,
    to: T0 + to * SECOND_MS,
    probability,
  }))
  const never = 1 - segments.reduce((sum, { probability }) => sum + probability, 0)
  return { segments, never, madeAt: T0, source: 'test', confidence: 'inferred', reason: 'test' }
}

const input = (overrides: Partial<LookInput> = {}): LookInput => ({
  forecast: forecast(),
  now: T0,
  lastLookAt: T0,
  weight: 1,
  price: 60,
  capPerSecond: 1,
  floorPerDay: 4,
  deadline: null,
  ...overrides,
})

const anyForecast = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 5_000 }),
      fc.integer({ min: 1, max: 20_000 }),
      fc.integer({ min: 1, max: 100 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => {
    const total = parts.reduce((sum, [, , weight]) => sum + weight, 10)
    let at = 0
    return forecast(
      ...parts.map(([gap, length, weight]): [number, number, number] => {
        const from = at + gap
        at = from + length
        return [from, at, weight / total]
      }),
    )
  })
const anyInput = fc.record({
  forecast: anyForecast,
  now: fc.integer({ min: 0, max: 10_000 }).map((ago) => T0 + ago),
  lastLookAt: fc.integer({ min: 0, max: 100_000_000 }).map((ago): number | null => T0 - ago),
  weight: fc.integer({ min: 0, max: 50 }),
  price: fc.double({ min: 0.01, max: 1e5, noNaN: true }),
  capPerSecond: fc.double({ min: 0.01, max: 5, noNaN: true }),
  floorPerDay: fc.integer({ min: 1, max: 24 }),
  deadline: fc.option(
    fc.integer({ min: -1e6, max: 1e9 }).map((ahead) => T0 + ahead),
    { nil: null },
  ),
})

describe('the next look', () => {
  it('is at once when there has been none', () => {
    expect(nextLook(input({ lastLookAt: null }))).toEqual({ at: T0, because: 'first' })
  })

  it('is owed to the promise of four a day when nothing can happen', () => {
    expect(nextLook(input())).toEqual({ at: T0 + 6 * HOUR_MS, because: 'promise' })
  })

  it('follows the law within a window: the rate is the root of weight, hazard and price', () => {
    // Half the mass over 1,000 s, none before: hazard 0.0005/0.75 in the middle, n = sqrt(h / (2 × 0.01)), due after 1/n.
    const made = nextLook(input({ forecast: forecast([0, 1_000, 0.5]), price: 0.01 }))
    const rate = Math.sqrt(0.0005 / 0.75 / 0.02)
    expect(made.because).toBe('window')
    expect((made.at - T0) / SECOND_MS).toBeCloseTo(1 / rate, 2)
  })

  it('waits for the window and then comes soon after it opens', () => {
    const made = nextLook(input({ forecast: forecast([3_600, 7_200, 0.9]), price: 0.1 }))
    expect(made.because).toBe('window')
    expect(made.at).toBeGreaterThan(T0 + 3_600 * SECOND_MS)
    expect(made.at).toBeLessThan(T0 + 3_700 * SECOND_MS)
  })

  it('counts the time since the last look, so that asking again later changes nothing', () => {
    const one = input({ forecast: forecast([0, 10_000, 0.5]), price: 10 })
    const { at } = nextLook(one)
    expect(nextLook({ ...one, now: T0 + (at - T0) / 2 }).at).toBe(at)
  })

  it('comes just after an edge behind which only the news is missing', () => {
    const made = nextLook(input({ forecast: forecast([600, 601, 0.5]), price: 60 }))
    expect(made).toEqual({ at: T0 + 601 * SECOND_MS, because: 'edge' })
  })

  it('does not bother with an edge that saves less than a look costs', () => {
    const made = nextLook(input({ forecast: forecast([600, 601, 0.001]), price: 60 }))
    expect(made.because).toBe('promise')
  })

  it('keeps the deadline of the stage, unless the last look has met it', () => {
    const deadline = T0 + HOUR_MS
    expect(nextLook(input({ deadline }))).toEqual({ at: deadline, because: 'deadline' })
    expect(nextLook(input({ deadline: T0 - HOUR_MS })).because).toBe('promise')
  })

  it('never comes earlier than the host allows, nor in the past', () => {
    fc.assert(
      fc.property(anyInput, (one) => {
        const { at } = nextLook(one)
        expect(at).toBeGreaterThanOrEqual(
          Math.floor((one.lastLookAt ?? 0) + SECOND_MS / one.capPerSecond),
        )
        expect(at).toBeGreaterThanOrEqual(one.now)
      }),
    )
  })

  it('keeps the promise whenever the host allows it', () => {
    fc.assert(
      fc.property(anyInput, (one) => {
        const promised = (one.lastLookAt ?? 0) + (24 * HOUR_MS) / one.floorPerDay
        const soonest = Math.max(one.now, (one.lastLookAt ?? 0) + SECOND_MS / one.capPerSecond)
        expect(nextLook(one).at).toBeLessThanOrEqual(Math.ceil(Math.max(promised, soonest)))
      }),
    )
  })

  it('is never later for more customers, a lower price or a greater danger', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        fc.double({ min: 1, max: 5, noNaN: true }),
        (weight, more, mass, factor) => {
          const at = (change: Partial<LookInput>, probability = mass) =>
            nextLook(input({ forecast: forecast([0, 86_400, probability]), weight, ...change })).at
          expect(at({ weight: weight + more })).toBeLessThanOrEqual(at({}))
          expect(at({ price: 60 / factor })).toBeLessThanOrEqual(at({}))
          expect(at({}, Math.min(1, mass * factor))).toBeLessThanOrEqual(at({}))
        },
      ),
    )
  })
})
