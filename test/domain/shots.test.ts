import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Forecast } from '../../src/domain/forecast.ts'
import { denseSegments, planShots, type ShotInput } from '../../src/domain/shots.ts'
import { NOW } from './arbitraries.ts'

const T0 = NOW.getTime()
const forecast = (...parts: [from: number, to: number, probability: number][]): Forecast => ({
  segments: parts.map(([from, to, probability]) => ({ from: T0 + from, to: T0 + to, probability })),
  never: 1 - parts.reduce((sum, [, , probability]) => sum + probability, 0),
  madeAt: T0,
  source: 'test',
  confidence: 'inferred',
  reason: 'test',
})
const plan = (overrides: Partial<ShotInput>) =>
  planShots({
    forecast: forecast(),
    now: T0,
    budget: 10,
    minSpacingMs: 100,
    contested: false,
    ...overrides,
  }).map((at) => at - T0)

const anyForecast = fc
  .array(
    fc.tuple(
      fc.integer({ min: 0, max: 60_000 }),
      fc.integer({ min: 1, max: 600_000 }),
      fc.integer({ min: 1, max: 1_000 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => {
    const total = parts.reduce((sum, [, , weight]) => sum + weight, 1)
    let at = 0
    return forecast(
      ...parts.map(([gap, length, weight]): [number, number, number] => {
        const from = at + gap
        at = from + length
        return [from, at, weight / total]
      }),
    )
  })
const anyInput: fc.Arbitrary<ShotInput> = fc.record({
  forecast: anyForecast,
  now: fc.integer({ min: -100_000, max: 1_000_000 }).map((ahead) => T0 + ahead),
  budget: fc.integer({ min: 0, max: 80 }),
  minSpacingMs: fc.integer({ min: 1, max: 5_000 }),
  contested: fc.boolean(),
})

describe('a volley', () => {
  it('over an even window lies evenly, each shot at the end of its part', () => {
    expect(plan({ forecast: forecast([1_000, 11_000, 0.9]), budget: 5 })).toEqual([
      3_000, 5_000, 7_000, 9_000, 11_000,
    ])
  })

  it('spends by the root of the density alone, and by the density against a rival', () => {
    const lumps = forecast([0, 10_000, 0.8], [10_000, 20_000, 0.2])
    const inFirst = (contested: boolean) =>
      plan({ forecast: lumps, budget: 60, contested }).filter((at) => at <= 10_000).length
    expect(inFirst(false)).toBe(40)
    expect(inFirst(true)).toBe(48)
  })

  it('moves what the spacing does not allow in a lump to where there is room', () => {
    const shots = plan({
      forecast: forecast([0, 1_000, 0.5], [1_000, 11_000, 0.4]),
      budget: 20,
      minSpacingMs: 500,
      contested: true,
    })
    expect(shots).toHaveLength(20)
    expect(shots.filter((at) => at <= 1_000)).toEqual([500, 1_000])
  })

  it('is only as large as the spacing has room for', () => {
    expect(plan({ forecast: forecast([0, 1_000, 0.9]), minSpacingMs: 300 })).toEqual([
      300, 600, 900,
    ])
  })

  it('has one shot, at the end, where the window is shorter than the spacing', () => {
    expect(plan({ forecast: forecast([0, 1_000, 0.9]), minSpacingMs: 4_000 })).toEqual([1_000])
  })

  it('leaves the thin rest of a forecast to looks', () => {
    const made = forecast([0, 60_000, 0.9], [60_000, 86_400_000, 0.05])
    expect(denseSegments(made, T0)).toHaveLength(1)
    expect(Math.max(...plan({ forecast: made }))).toBe(60_000)
  })

  it('is empty without a window, and without a budget', () => {
    expect(plan({})).toEqual([])
    expect(plan({ forecast: forecast([0, 1_000, 0.9]), budget: 0 })).toEqual([])
    expect(plan({ forecast: forecast([0, 1_000, 0.9]), now: T0 + 1_000 })).toEqual([])
  })

  it('keeps the spacing and the budget, in whole milliseconds that ascend', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const shots = planShots(input)
        expect(shots.length).toBeLessThanOrEqual(input.budget)
        for (const [index, at] of shots.entries()) {
          expect(Number.isInteger(at)).toBe(true)
          if (index > 0)
            expect(at - (shots[index - 1] ?? 0)).toBeGreaterThanOrEqual(input.minSpacingMs)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('lies inside the segments, none in the past', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        for (const at of planShots(input)) {
          expect(at).toBeGreaterThanOrEqual(input.now)
          expect(input.forecast.segments.some(({ from, to }) => at >= from && at <= to)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('spends the whole budget where there is ample room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.boolean(), (budget, contested) => {
        const made = forecast([0, 300_000, 0.5], [400_000, 700_000, 0.4])
        expect(plan({ forecast: made, budget, contested })).toHaveLength(budget)
      }),
    )
  })
})
