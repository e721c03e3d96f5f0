import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shapeOf } from '../../../src/dashboard/charts/forecast-shape.ts'
import type { Forecast, Segment } from '../../../src/domain/forecast.ts'

const forecast = (...segments: Segment[]): Forecast => ({
  segments,
  never: 1 - segments.reduce((sum, s) => sum + s.probability, 0),
  madeAt: 0,
  source: 'test',
  confidence: 'documented',
  reason: '',
})
const HOUR = 3_600_000

describe('shapeOf', () => {
  it('keeps the window wide though a thin tail lasts for weeks, and says what lies there', () => {
    const tail = { from: HOUR, to: 500 * HOUR, probability: 0.1 }
    const shape = shapeOf(forecast({ from: 0, to: HOUR, probability: 0.8 }, tail), 0)!
    expect(shape.shown.to - shape.shown.from).toBeLessThan(4 * HOUR)
    expect(shape.later).toBeCloseTo(0.1, 2)
  })

  it('draws now where it is near, and only points to it from afar', () => {
    const window = forecast({ from: 10 * HOUR, to: 11 * HOUR, probability: 1 })
    expect(shapeOf(window, 9.5 * HOUR)!.now.where).toBe('inside')
    expect(shapeOf(window, 0)!.now.where).toBe('before')
    expect(shapeOf(window, 99 * HOUR)!.now.where).toBe('after')
  })

  it('has nothing to draw where no drop is expected', () => {
    expect(shapeOf(forecast(), 0)).toBeNull()
    expect(shapeOf(forecast({ from: 0, to: HOUR, probability: 0 }), 0)).toBeNull()
  })

  it('keeps every bar inside the picture and its height between 0 and 1', () => {
    const spans = fc.array(
      fc.tuple(fc.nat(1_000), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 99 })),
      { minLength: 1, maxLength: 12 },
    )
    fc.assert(
      fc.property(spans, fc.integer({ min: -50_000, max: 50_000 }), (raw, now) => {
        let from = 0
        const segments = raw.map(([gap, lasts, weight]) => {
          from += gap
          const segment = { from, to: from + lasts, probability: weight / 2_000 }
          from += lasts
          return segment
        })
        const { shown, bars } = shapeOf(forecast(...segments), now)!
        for (const bar of bars) {
          expect(bar.from).toBeGreaterThanOrEqual(shown.from)
          expect(bar.to).toBeLessThanOrEqual(shown.to)
          expect(bar.height).toBeGreaterThan(0)
          expect(bar.height).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
