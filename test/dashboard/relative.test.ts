import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LIVE_SCRIPT } from '../../src/dashboard/assets/live-script.ts'
import { relativeWords, windowWords } from '../../src/dashboard/relative.ts'

const NOW = new Date('2026-11-23T18:00:00Z')
const away = (ms: number) => new Date(NOW.getTime() + ms)

describe('relativeWords', () => {
  it.each([
    [500, 'now'],
    [42_000, 'in 42 s'],
    [200_000, 'in 3 min 20 s'],
    [18_720_000, 'in 5 h 12 min'],
    [4 * 86_400_000 + 3_600_000, 'in 4 d 1 h'],
    [30 * 86_400_000, 'in 30 d'],
    [-200_000, '3 min ago'],
    [-3650 * 86_400_000, '10 y ago'],
  ])('says an instant %d ms away as %s', (ms, words) => {
    expect(relativeWords(away(ms), NOW)).toBe(words)
  })
})

describe('windowWords', () => {
  it('counts down to a window, through it, and away from it', () => {
    expect(windowWords(away(5_000), away(9_000), NOW)).toBe('in 5 s')
    expect(windowWords(away(-5_000), away(90_000), NOW)).toBe('open, 1 min 30 s left')
    expect(windowWords(away(-99_000), away(-90_000), NOW)).toBe('over for 1 min')
  })
})

describe('the page’s own countdown', () => {
  const functions = ['lengthWords', 'oneUnit', 'relativeWords', 'windowWords'].map((name) => {
    const found = new RegExp(`function ${name}\\([\\s\\S]*?\\n  }\\n`).exec(LIVE_SCRIPT)
    return found?.[0] ?? ''
  })
  const { relative, window } = runInNewContext(
    `${functions.join('\n')}; ({ relative: relativeWords, window: windowWords })`,
  ) as {
    relative(at: number, now: number): string
    window(from: number, to: number, now: number): string
  }

  it('says what the server says', () => {
    const anywhere = fc.integer({ min: -100_000_000_000, max: 100_000_000_000 })
    fc.assert(
      fc.property(anywhere, fc.nat(10_000_000), (ms, lasts) => {
        const [from, to] = [away(ms), away(ms + lasts)]
        expect(relative(from.getTime(), NOW.getTime())).toBe(relativeWords(from, NOW))
        expect(window(from.getTime(), to.getTime(), NOW.getTime())).toBe(windowWords(from, to, NOW))
      }),
    )
  })
})
