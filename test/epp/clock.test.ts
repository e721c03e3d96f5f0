import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnchoredClock } from '../../src/clock.ts'
import { type ClockSample, estimateOffset, measure } from '../../src/epp/clock.ts'

const START = Date.parse('2026-11-30T18:59:00Z')

/** A registry whose clock is ahead by a constant and is printed to a resolution, and the way to it. */
type World = { offsetMs: number; resolutionMs: number; thereMs: number; backMs: number }

/** The instant, real-valued, at which a hello leaves makes a sample as both sides would write it down. */
function sampleAt(sentMs: number, { offsetMs, resolutionMs, thereMs, backMs }: World): ClockSample {
  const serverMs = sentMs + thereMs + offsetMs
  return {
    sentAt: new Date(Math.floor(sentMs)),
    serverAt: new Date(Math.floor(serverMs / resolutionMs) * resolutionMs),
    answeredAt: new Date(Math.floor(sentMs + thereMs + backMs)),
  }
}

const worlds = fc.record({
  offsetMs: fc.double({ min: -5000, max: 5000, noNaN: true }),
  resolutionMs: fc.constantFrom(1, 10, 100, 1000),
  thereMs: fc.double({ min: 0, max: 400, noNaN: true }),
  backMs: fc.double({ min: 0, max: 400, noNaN: true }),
})

describe('the offset of a registry clock', () => {
  it('is always within the interval, whatever the way, the resolution and the moments', () => {
    fc.assert(
      fc.property(
        worlds,
        fc.array(
          fc.tuple(
            fc.double({ min: 0, max: 700_000, noNaN: true }),
            fc.double({ min: 0, max: 300, noNaN: true }),
          ),
          { minLength: 1, maxLength: 12 },
        ),
        (world, moments) => {
          const samples = moments.map(([afterMs, jitterMs]) =>
            sampleAt(START + afterMs, { ...world, backMs: world.backMs + jitterMs }),
          )
          const estimate = estimateOffset(samples)!
          expect(Math.abs(estimate.offsetMs - world.offsetMs)).toBeLessThanOrEqual(
            estimate.uncertaintyMs,
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is bounded by the round trip where the registry prints milliseconds', () => {
    const world = { offsetMs: 250, resolutionMs: 1, thereMs: 20, backMs: 30 }
    const estimate = estimateOffset([sampleAt(START + 7, world)])!
    expect(estimate.offsetMs).toBeCloseTo(245, -1)
    expect(estimate.uncertaintyMs).toBeLessThanOrEqual(27)
  })

  it('takes a printed .000 for whole seconds until a fraction is seen', () => {
    const sample = (ms: number): ClockSample => ({
      sentAt: new Date(START + ms),
      serverAt: new Date(START + ms),
      answeredAt: new Date(START + ms),
    })
    expect(estimateOffset([sample(0)])?.uncertaintyMs).toBe(500.5)
    expect(estimateOffset([sample(0), sample(1)])?.uncertaintyMs).toBeLessThan(1.1)
  })

  it('follows a clock that was set, by its newest readings', () => {
    const world = { offsetMs: 0, resolutionMs: 1, thereMs: 5, backMs: 5 }
    const samples = [
      sampleAt(START + 1, world),
      sampleAt(START + 1001, world),
      sampleAt(START + 2002, { ...world, offsetMs: 86_400_000 }),
    ]
    expect(Math.abs(estimateOffset(samples)!.offsetMs - 86_400_000)).toBeLessThanOrEqual(6)
  })

  it('is that of the last reading when two that contradict came in one millisecond', () => {
    const at = { sentAt: new Date(START), answeredAt: new Date(START) }
    const samples = [0, 60_000].map((ms) => ({ ...at, serverAt: new Date(START + ms + 1) }))
    expect(estimateOffset(samples)!.offsetMs).toBeCloseTo(60_000, -2)
  })

  it('is not known without a reading', () => {
    expect(estimateOffset([])).toBeNull()
  })
})

describe('measuring', () => {
  /** A session in a world whose time passes only while it is waited for. */
  function sessionIn(world: World) {
    let wallMs = START + 333.3
    const clock = new AnchoredClock({ wallMs: 0, atMs: 0, speed: 1 }, () => wallMs)
    return {
      clock: {
        now: () => new Date(Math.floor(clock.now().getTime())),
        until: async (at: Date) => {
          wallMs = Math.max(wallMs, at.getTime() + 0.4)
        },
      },
      session: {
        hello: async () => {
          const { sentAt, answeredAt, serverAt } = sampleAt(wallMs, world)
          wallMs += world.thereMs + world.backMs
          const answer = { serverId: '', serverAt, languages: [], objects: [], extensions: [] }
          return { clTRID: null, sentAt, answeredAt, answer, why: '' }
        },
      },
    }
  }

  it('halves the bounds with each hello where whole seconds are printed', async () => {
    const world = { offsetMs: 1234.5, resolutionMs: 1000, thereMs: 4, backMs: 4 }
    const { session, clock } = sessionIn(world)
    const seen: number[] = []
    let samples: ClockSample[] = []
    for (let i = 0; i < 8; i += 1) {
      samples = await measure(session, 1, samples, clock)
      const estimate = estimateOffset(samples)!
      expect(Math.abs(estimate.offsetMs - world.offsetMs)).toBeLessThanOrEqual(
        estimate.uncertaintyMs,
      )
      seen.push(estimate.uncertaintyMs)
    }
    expect(seen[0]).toBeGreaterThan(490)
    expect(seen[3]).toBeLessThan(75)
    expect(seen[7]).toBeLessThan(15)
  })

  it('finds the offset in a few hellos, wherever it lies', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: -90_000, max: 90_000, noNaN: true }), async (offsetMs) => {
        const { session, clock } = sessionIn({
          offsetMs,
          resolutionMs: 1000,
          thereMs: 10,
          backMs: 10,
        })
        const estimate = estimateOffset(await measure(session, 7, [], clock))!
        expect(Math.abs(estimate.offsetMs - offsetMs)).toBeLessThanOrEqual(estimate.uncertaintyMs)
        expect(estimate.uncertaintyMs).toBeLessThan(40)
      }),
    )
  })

  it('asks at once where milliseconds are printed', async () => {
    const { session, clock } = sessionIn({ offsetMs: 77, resolutionMs: 1, thereMs: 3, backMs: 5 })
    const waits: Date[] = []
    await measure(session, 4, [], { ...clock, until: async (at) => void waits.push(at) })
    expect(waits.length).toBeLessThanOrEqual(1)
  })

  it('adds nothing for a hello that is not answered', async () => {
    const silent = async () => ({
      clTRID: null,
      sentAt: new Date(),
      answeredAt: null,
      answer: null,
      why: 'silence',
    })
    const { clock } = sessionIn({ offsetMs: 0, resolutionMs: 1, thereMs: 0, backMs: 0 })
    expect(await measure({ hello: silent }, 3, [], clock)).toEqual([])
  })
})
