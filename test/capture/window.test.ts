import { describe, expect, it } from 'vitest'
import { raceWindow } from '../../src/capture/window.ts'
import type { Forecast, Segment } from '../../src/domain/forecast.ts'

const HOUR = 3_600_000
const forecast = (segments: Segment[]): Forecast => ({
  segments,
  never: 0,
  madeAt: -72 * HOUR,
  source: 'test',
  confidence: 'documented',
  reason: '',
})

describe('the window of a race', () => {
  it('is the hull of the dense segments', () => {
    const thin = { from: -48 * HOUR, to: -24 * HOUR, probability: 0.01 }
    const dense = { from: 0, to: HOUR, probability: 0.9 }
    expect(raceWindow(forecast([thin, dense]))).toEqual({
      from: new Date(0),
      to: new Date(HOUR),
    })
  })

  it('ends where the night begins', () => {
    const today = { from: 0, to: HOUR, probability: 0.5 }
    const tomorrow = { from: 24 * HOUR, to: 25 * HOUR, probability: 0.5 }
    expect(raceWindow(forecast([today, tomorrow]))?.to).toEqual(new Date(HOUR))
  })

  it('is none where no drop is forecast', () => {
    expect(raceWindow(forecast([]))).toBeNull()
    expect(raceWindow(forecast([{ from: 0, to: HOUR, probability: 0 }]))).toBeNull()
  })
})
