import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayIn, daysLater, instantIn } from '../../src/domain/zone.ts'
import { anyInstant } from './arbitraries.ts'

const ZONES = ['UTC', 'America/New_York', 'America/Chicago', 'Europe/Paris', 'Europe/Brussels']
const at = (zone: string, year: number, month: number, day: number, time: string) =>
  instantIn(zone, { year, month, day }, time).toISOString()

describe('an hour on the wall of a zone', () => {
  it('is another instant in summer than in winter', () => {
    expect(at('America/New_York', 2026, 1, 15, '14:00')).toBe('2026-01-15T19:00:00.000Z')
    expect(at('America/New_York', 2026, 7, 15, '14:00')).toBe('2026-07-15T18:00:00.000Z')
  })

  it('is right on the days on which the clocks are moved', () => {
    expect(at('America/New_York', 2026, 3, 8, '14:00')).toBe('2026-03-08T18:00:00.000Z')
    expect(at('America/New_York', 2026, 3, 8, '00:00')).toBe('2026-03-08T05:00:00.000Z')
    expect(at('America/New_York', 2026, 11, 1, '14:00')).toBe('2026-11-01T19:00:00.000Z')
    expect(at('America/New_York', 2026, 11, 1, '00:00')).toBe('2026-11-01T04:00:00.000Z')
    expect(at('Europe/Paris', 2026, 3, 29, '24:00')).toBe('2026-03-29T22:00:00.000Z')
  })

  it('that comes twice is its first, and one that is skipped is still an instant near it', () => {
    expect(at('Europe/Paris', 2026, 10, 25, '02:30')).toBe('2026-10-25T00:30:00.000Z')
    expect(at('Europe/Paris', 2026, 3, 29, '02:30')).toBe('2026-03-29T01:30:00.000Z')
  })

  it('knows leap days and the turn of the year', () => {
    expect(daysLater({ year: 2028, month: 2, day: 28 }, 1)).toEqual({
      year: 2028,
      month: 2,
      day: 29,
    })
    expect(daysLater({ year: 2027, month: 2, day: 28 }, 1)).toEqual({
      year: 2027,
      month: 3,
      day: 1,
    })
    expect(at('UTC', 2026, 12, 31, '24:00')).toBe('2027-01-01T00:00:00.000Z')
  })

  it('lies on the day that the zone shows', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        anyInstant('2024-01-01', '2030-01-01'),
        fc.constantFrom('00:00', '09:30', '14:00', '23:59'),
        (zone, instant, time) => {
          const day = dayIn(zone, instant)
          expect(dayIn(zone, instantIn(zone, day, time))).toEqual(day)
          const [opens, closes] = [instantIn(zone, day, '00:00'), instantIn(zone, day, '24:00')]
          expect(instant >= opens && instant < closes).toBe(true)
        },
      ),
    )
  })
})
