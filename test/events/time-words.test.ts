import { describe, expect, it } from 'vitest'
import { durationWords, gapWords, spanWords } from '../../src/events/time-words.ts'

describe('durationWords', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1_100, '1.1 s'],
    [9_970, '10.0 s'],
    [42_300, '42 s'],
    [59_600, '1 min'],
    [200_000, '3 min 20 s'],
    [18_720_000, '5 h 12 min'],
    [12 * 86_400_000 + 4 * 3_600_000, '12 d 4 h'],
    [80 * 86_400_000, '80 d'],
  ])('says %d ms as %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words)
  })
})

describe('gapWords', () => {
  it.each([
    [{ from: 84, to: 190 }, '84 to 190 ms'],
    [{ from: 96, to: 1108 }, '0.1 to 1.1 s'],
    [{ from: 0, to: 999 }, 'up to 999 ms'],
    [{ from: 5, to: 5 }, '5 ms'],
    [{ from: 11_000, to: 12_000 }, '11 to 12 s'],
    [{ from: 50_000, to: 80_000 }, '50 s to 1 min 20 s'],
  ])('says %o as %s', (gap, words) => {
    expect(gapWords(gap)).toBe(words)
  })
})

describe('spanWords', () => {
  it('names both days when they differ, and seconds only where there are some', () => {
    expect(spanWords(new Date('2026-11-23T19:00:00Z'), new Date('2026-11-24T00:00:07Z'))).toBe(
      '2026-11-23 19:00 to 2026-11-24 00:00:07 UTC',
    )
  })
})
