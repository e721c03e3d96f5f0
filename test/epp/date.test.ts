import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDate } from '../../src/epp/date.ts'

describe('a date', () => {
  it.each([
    ['2026-11-30T19:00:01Z', '2026-11-30T19:00:01.000Z'],
    ['2026-11-30T19:00:01.5Z', '2026-11-30T19:00:01.500Z'],
    ['2026-11-30T19:00:01.0Z', '2026-11-30T19:00:01.000Z'],
    ['2025-11-27T05:02:46.208818Z', '2025-11-27T05:02:46.208Z'],
    ['2008-09-18T21:29:28.179+02:00', '2008-09-18T19:29:28.179Z'],
    ['2026-01-01T00:30:00-05:30', '2026-01-01T06:00:00.000Z'],
    ['2026-11-30T19:00:01', '2026-11-30T19:00:01.000Z'],
    ['2026-11-30', '2026-11-30T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    [' 2026-11-30T19:00:01Z\n', '2026-11-30T19:00:01.000Z'],
  ])('%j is %s', (text, iso) => {
    expect(readDate(text)?.toISOString()).toBe(iso)
  })

  it.each([
    null,
    '',
    'soon',
    '30/11/2026',
    '2026-02-29T00:00:00Z',
    '2026-13-01',
    '2026-11-30T25:00:00Z',
    '2026-11-30T19:00Z',
    '1764529201',
  ])('%j is none', (text) => {
    expect(readDate(text)).toBeNull()
  })

  it('of ours is read back to the millisecond', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1985-01-01'), max: new Date('2199-01-01'), noInvalidDate: true }),
        (date) => {
          expect(readDate(date.toISOString())).toEqual(date)
        },
      ),
    )
  })
})
