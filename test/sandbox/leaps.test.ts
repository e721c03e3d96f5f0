import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnchoredClock } from '../../src/clock.ts'
import { EXTENSIONS, type Label } from '../../src/domain/name.ts'
import { Leaps } from '../../src/sandbox/leaps.ts'
import { held, openBooks, START, stage } from '../support/books.ts'

const SECOND = 1_000
const DAY = 86_400_000
const start = Date.parse(START)

/** Lives through some steps of a leaping clock on a wall of its own. */
function live(leaps: Leaps, clock: AnchoredClock, wall: { ms: number }, onRun = () => {}) {
  const periods: { fromWallMs: number; fromMs: number; toMs: number }[] = []
  const open = () => periods.push({ fromWallMs: wall.ms, fromMs: clock.now().getTime(), toMs: 0 })
  open()
  for (let steps = 0; steps < 500; steps += 1) {
    const step = leaps.step(clock.now())
    periods.at(-1)!.toMs = clock.now().getTime()
    if (step.do === 'leap') {
      clock.leapTo(step.to)
      open()
    } else if (step.until === null) return periods
    else wall.ms += step.until.getTime() - clock.now().getTime()
    onRun()
  }
  throw new Error('the clock never comes to rest')
}

const wallClock = () => {
  const wall = { ms: 0 }
  return { wall, clock: new AnchoredClock({ wallMs: 0, atMs: start, speed: 1 }, () => wall.ms) }
}

const nextOf = (eventsMs: readonly number[]) => (at: Date) => {
  const next = eventsMs.filter((ms) => ms > at.getTime()).sort((a, b) => a - b)[0]
  return next === undefined ? null : new Date(next)
}

describe('the leaping clock', () => {
  it('runs fifteen seconds after a start, then jumps to ten seconds before the next event', () => {
    const leaps = new Leaps(new Date(start), nextOf([start + DAY / 2]))
    expect(leaps.step(new Date(start))).toEqual({
      do: 'run',
      until: new Date(start + 15 * SECOND),
    })
    expect(leaps.step(new Date(start + 15 * SECOND))).toEqual({
      do: 'leap',
      to: new Date(start + DAY / 2 - 10 * SECOND),
    })
  })

  it('lands once on a leap of days, eight hours on, for four seconds', () => {
    const HOUR = 3_600 * SECOND
    const leaps = new Leaps(new Date(start), nextOf([start + 30 * DAY]))
    const landing = start + 15 * SECOND + 8 * HOUR
    expect(leaps.step(new Date(start + 15 * SECOND))).toEqual({ do: 'leap', to: new Date(landing) })
    const leaving = new Date(landing + 4 * SECOND)
    expect(leaps.step(new Date(landing))).toEqual({ do: 'run', until: leaving })
    expect(leaps.step(leaving)).toEqual({
      do: 'leap',
      to: new Date(start + 30 * DAY - 10 * SECOND),
    })
  })

  it('runs on when nothing is ahead', () => {
    const leaps = new Leaps(new Date(start), () => null)
    expect(leaps.step(new Date(start + 15 * SECOND))).toEqual({ do: 'run', until: null })
  })

  it('waits ten seconds after a command of a client', () => {
    const leaps = new Leaps(new Date(start), nextOf([start + DAY]))
    leaps.happened(new Date(start + 14 * SECOND))
    expect(leaps.step(new Date(start + 15 * SECOND))).toEqual({
      do: 'run',
      until: new Date(start + 24 * SECOND),
    })
  })

  it('lives every event in a period that reaches ten seconds to both sides, and no second twice', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(90 * DAY), { maxLength: 40 }), (offsets) => {
        const events = offsets.map((ms) => start + ms)
        const { clock, wall } = wallClock()
        const periods = live(new Leaps(new Date(start), nextOf(events)), clock, wall)
        for (const event of events.filter((ms) => ms > start)) {
          const lived = periods.find(({ fromMs, toMs }) => fromMs <= event && event <= toMs)
          expect(lived).toBeDefined()
          expect(event - lived!.fromMs).toBeGreaterThanOrEqual(
            lived!.fromMs === start ? 0 : 10 * SECOND,
          )
          expect(lived!.toMs - event).toBeGreaterThanOrEqual(10 * SECOND)
        }
        for (const [index, { fromMs }] of periods.entries())
          if (index > 0) expect(fromMs - periods[index - 1]!.toMs).toBeGreaterThanOrEqual(60_000)
      }),
    )
  })
})

describe('the story of the default world', () => {
  /** Tells it on a wall of its own, at any hour of the year. @returns what was seen of each name, by wall time. */
  async function tell(seed: number, label: Label, startAt: string) {
    const wall = { ms: 0 }
    const { engine, clock } = await openBooks({ seed, startAt }, null, () => wall.ms)
    engine.tellStories(label)
    const seen: string[] = []
    const last = new Map<string, string>()
    const look = () => {
      for (const extension of EXTENSIONS) {
        const now = stage(engine, `${label}.${extension}`)
        if (last.get(extension) !== now) seen.push(`${wall.ms} .${extension} ${now}`)
        last.set(extension, now)
      }
    }
    look()
    const leaps = new Leaps(clock.now(), (at) => engine.nextEventAfter(at))
    const periods = live(leaps, clock, wall, look)
    return { engine, seen, periods }
  }

  it('comes to the drop of .com after 67 seconds in three periods and two landings, whatever the seed, label and hour', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer(),
        fc.stringMatching(/^[a-z]{5,20}$/),
        fc.nat(365 * 24 * 60),
        async (seed, label, minutes) => {
          const startAt = new Date(start + minutes * 60_000).toISOString()
          const { seen, periods } = await tell(seed, label as Label, startAt)
          expect(seen.slice(0, 8)).toEqual([
            '0 .com registered',
            '0 .net registered',
            '0 .org registered',
            '0 .info free',
            '0 .biz free',
            '0 .fr redemption',
            '0 .eu registered',
            '0 .be quarantine',
          ])
          const later = seen.slice(8).filter((line) => !line.includes('.net'))
          expect(later[0]).toBe('12000 .com redemption')
          expect(later[1]).toBe('36500 .com pendingDelete')
          expect(later[2]).toBe('38000 .fr registered')
          const [droppedMs, ...dropped] = later[3]!.split(' ')
          expect(dropped).toEqual(['.com', 'free'])
          expect(Math.abs(Number(droppedMs) - 67_000)).toBeLessThan(50)
          expect(periods[4]!.fromWallMs).toBe(52_000)
          expect(periods[5]!.fromWallMs).toBeGreaterThan(Number(droppedMs))
          expect(seen.at(-1)).toMatch(/\.be free$/)
        },
      ),
      { numRuns: 25 },
    )
  })

  it('gives .net to the rival within 120 ms of its drop, five seconds before .com is free', async () => {
    const { engine, seen } = await tell(1789, 'alizes' as Label, START)
    const net = held(engine, 'alizes.net')
    expect(net.sponsor).toBe('rapid-names')
    const at = (what: string) => Number(seen.find((line) => line.endsWith(what))?.split(' ')[0])
    const dropMs = at('.com free') - 5_000
    expect(at('.net free')).toBeGreaterThan(dropMs)
    expect(at('.net free')).toBeLessThan(dropMs + 50)
    const taken = seen.findLast((line) => line.endsWith('.net registered'))
    expect(Number(taken?.split(' ')[0]) - at('.net free')).toBeLessThanOrEqual(121)
  })
})
