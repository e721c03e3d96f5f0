import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Forecast, forecastDrop, type Known } from '../../src/domain/forecast.ts'
import type { Extension } from '../../src/domain/name.ts'
import { PHASES } from '../../src/domain/phase.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import { anyInstant, anyPolicy, anyStatus, DAY_MS, NOW } from './arbitraries.ts'

const NOTHING_KNOWN: Known = {
  state: 'held',
  phase: null,
  phaseSince: null,
  statuses: [],
  createdAt: null,
  updatedAt: null,
  expiresAt: null,
  deletedAt: null,
  releaseAt: null,
  delegated: null,
  sponsor: null,
}
const forecast = (extension: Extension, now: string, known: Partial<Known>): Forecast =>
  forecastDrop({ ...NOTHING_KNOWN, ...known }, policyFor(extension), new Date(now))

/** Probability that the forecast gives to a span. */
const chance = ({ segments }: Forecast, from: string | number, to: string | number): number => {
  const [start, end] = [new Date(from).getTime(), new Date(to).getTime()]
  return segments.reduce((sum, segment) => {
    const overlap = Math.min(end, segment.to) - Math.max(start, segment.from)
    return sum + (Math.max(0, overlap) / (segment.to - segment.from)) * segment.probability
  }, 0)
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const instant = anyInstant('2024-01-01', '2030-01-01')
const anyKnown: fc.Arbitrary<Known> = fc.record({
  state: fc.constantFrom(
    'held',
    'unconfirmed',
    'free',
    'dropzone',
    'reserved',
    'invalid',
    'unknown',
  ),
  phase: maybe(fc.constantFrom(...PHASES)),
  phaseSince: maybe(instant),
  statuses: fc.uniqueArray(anyStatus, { maxLength: 3 }),
  createdAt: maybe(instant),
  updatedAt: maybe(instant),
  expiresAt: maybe(instant),
  deletedAt: maybe(instant),
  releaseAt: maybe(instant),
  delegated: maybe(fc.boolean()),
  sponsor: fc.constantFrom(null, 'Registrar One', 'AFNIC - Opération interne'),
})

describe('every forecast', () => {
  it('has probabilities that make one together with "never"', () => {
    fc.assert(
      fc.property(anyKnown, anyPolicy, instant, (known, policy, now) => {
        const { segments, never } = forecastDrop(known, policy, now)
        const sum = segments.reduce((total, { probability }) => total + probability, never)
        expect(sum).toBeCloseTo(1, 9)
        expect(never).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 500 },
    )
  })

  it('has segments in order, apart from each other, in whole milliseconds, none before now', () => {
    fc.assert(
      fc.property(anyKnown, anyPolicy, instant, (known, policy, now) => {
        let end = now.getTime()
        for (const { from, to, probability } of forecastDrop(known, policy, now).segments) {
          expect(from).toBeGreaterThanOrEqual(end)
          expect(to).toBeGreaterThan(from)
          expect(probability).toBeGreaterThan(0)
          expect(Number.isInteger(from) && Number.isInteger(to)).toBe(true)
          end = to
        }
      }),
      { numRuns: 500 },
    )
  })

  it('of a held name leaves something to hope for, however late it is', () => {
    fc.assert(
      fc.property(anyKnown, anyPolicy, instant, (known, policy, now) => {
        const { segments } = forecastDrop({ ...known, state: 'held' }, policy, now)
        expect(segments.length).toBeGreaterThan(0)
      }),
    )
  })
})

describe('a .com name in pending delete', () => {
  const known: Partial<Known> = {
    phase: 'pendingDelete',
    phaseSince: new Date('2026-11-18T20:00:00Z'),
    updatedAt: new Date('2026-11-18T19:10:00Z'),
  }

  it('is expected five days later in the window of the registry, winter time', () => {
    const made = forecast('com', '2026-11-20T00:00:00Z', known)
    expect(chance(made, '2026-11-23T19:00:00Z', '2026-11-23T20:15:00Z')).toBeGreaterThan(0.85)
    expect(made.reason).toContain('2026-11-23 between 14:00 and 15:15 (America/New_York)')
    expect(made.confidence).toBe('community')
  })

  it('keeps a small chance for the day before and the days after', () => {
    const made = forecast('com', '2026-11-20T00:00:00Z', known)
    expect(chance(made, '2026-11-22T19:00:00Z', '2026-11-22T20:15:00Z')).toBeGreaterThan(0.001)
    expect(chance(made, '2026-11-24T19:00:00Z', '2026-11-30T00:00:00Z')).toBeGreaterThan(0.01)
  })

  it.each([
    ['the day that clocks go forward', '2026-03-03T20:00:00Z', '2026-03-08T18:00:00Z'],
    ['the day that clocks go back', '2026-10-27T20:00:00Z', '2026-11-01T19:00:00Z'],
    ['summer', '2026-07-10T20:00:00Z', '2026-07-15T18:00:00Z'],
    ['a leap day', '2028-02-24T20:00:00Z', '2028-02-29T19:00:00Z'],
    ['the turn of the year', '2026-12-27T20:00:00Z', '2027-01-01T19:00:00Z'],
  ])('follows the wall clock of the registry on %s', (_, since, opens) => {
    const start = new Date(since)
    const made = forecast('com', since, { ...known, phaseSince: start, updatedAt: start })
    const closes = new Date(opens).getTime() + 75 * 60_000
    expect(chance(made, opens, closes)).toBeGreaterThan(0.85)
  })

  it('is dated by the delete when the record shows no later change', () => {
    const deletedThen = { ...known, updatedAt: new Date('2026-10-19T19:10:00Z') }
    const made = forecast('com', '2026-11-20T00:00:00Z', deletedThen)
    expect(chance(made, '2026-11-23T19:00:00Z', '2026-11-23T20:15:00Z')).toBeGreaterThan(0.85)
  })

  it('may drop a day earlier when we only know when we first saw the stage', () => {
    const made = forecast('com', '2026-11-20T00:00:00Z', { ...known, updatedAt: null })
    expect(chance(made, '2026-11-22T19:00:00Z', '2026-11-22T20:15:00Z')).toBeGreaterThan(0.1)
    expect(chance(made, '2026-11-23T19:00:00Z', '2026-11-23T20:15:00Z')).toBeGreaterThan(0.5)
  })

  it('in the middle of the window is conditioned on not having dropped yet', () => {
    const before = forecast('com', '2026-11-23T18:00:00Z', known)
    const within = forecast('com', '2026-11-23T20:00:00Z', known)
    const span = ['2026-11-23T20:00:00Z', '2026-11-23T20:15:00Z'] as const
    const survived = 1 - chance(before, '2026-11-23T18:00:00Z', '2026-11-23T20:00:00Z')
    expect(chance(within, ...span)).toBeCloseTo(chance(before, ...span) / survived, 9)
  })

  it('is expected on any of the next days once every expected day has passed', () => {
    const made = forecast('com', '2026-12-15T00:00:00Z', known)
    expect(chance(made, '2026-12-15T00:00:00Z', '2026-12-23T00:00:00Z')).toBeGreaterThan(0.5)
    expect(made.reason).toContain('late')
    expect(made.confidence).toBe('inferred')
  })
})

describe('earlier stages of a gTLD name', () => {
  it('in redemption is expected 35 days after its delete, unless restored', () => {
    const made = forecast('net', '2026-11-10T00:00:00Z', {
      phase: 'redemption',
      phaseSince: new Date('2026-11-02T08:00:00Z'),
      updatedAt: new Date('2026-11-02T07:00:00Z'),
    })
    expect(chance(made, '2026-12-07T19:00:00Z', '2026-12-07T20:15:00Z')).toBeGreaterThan(0.5)
    expect(made.never).toBeGreaterThan(0.04)
    expect(chance(made, '2026-11-10', '2026-12-05')).toBe(0)
  })

  it('is restored less and less likely as redemption goes on', () => {
    const since = { phase: 'redemption' as const, phaseSince: new Date('2026-11-02T08:00:00Z') }
    const early = forecast('com', '2026-11-03T00:00:00Z', since)
    const late = forecast('com', '2026-11-29T00:00:00Z', since)
    expect(late.never).toBeLessThan(early.never)
  })

  it('under restore hardly ever drops', () => {
    const made = forecast('com', '2026-11-10T00:00:00Z', {
      phase: 'pendingRestore',
      phaseSince: new Date('2026-11-09T00:00:00Z'),
    })
    expect(made.never).toBeGreaterThan(0.85)
  })

  it('cannot drop sooner than redemption and pending delete last', () => {
    for (const phase of ['active', 'autoRenew'] as const) {
      const made = forecast('com', '2026-11-10T00:00:00Z', {
        phase,
        phaseSince: new Date('2026-11-01T00:00:00Z'),
        expiresAt: new Date(phase === 'active' ? '2027-02-01T00:00:00Z' : '2027-11-01T00:00:00Z'),
      })
      expect(made.segments[0]?.from).toBeGreaterThanOrEqual(
        new Date('2026-12-15T00:00:00Z').getTime(),
      )
    }
  })

  it('reads an expiry date that auto-renew has moved a year ahead as the year before', () => {
    const made = forecast('com', '2026-11-10T00:00:00Z', {
      phase: 'autoRenew',
      phaseSince: new Date('2026-11-09T00:00:00Z'),
      expiresAt: new Date('2027-11-01T00:00:00Z'),
    })
    expect(made.reason).toContain('2026-11-01')
    expect(made.segments.at(-1)?.to).toBeLessThan(new Date('2027-02-01T00:00:00Z').getTime())
  })

  it('drops less likely while the zone delegates it', () => {
    const at = (delegated: boolean) =>
      forecast('com', '2026-11-10T00:00:00Z', { phase: 'active', expiresAt: NOW, delegated })
    expect(at(true).never).toBeGreaterThan(at(false).never)
  })

  it('may drop at once within the add grace period of a new registration', () => {
    const fresh = {
      phase: 'active' as const,
      createdAt: new Date('2026-11-09T00:00:00Z'),
      expiresAt: new Date('2027-11-09'),
    }
    const made = forecast('com', '2026-11-10T00:00:00Z', fresh)
    expect(chance(made, '2026-11-10T00:00:00Z', '2026-11-14T00:00:00Z')).toBeGreaterThan(0.005)
    expect(chance(made, '2026-11-14T00:00:00Z', '2026-12-10T00:00:00Z')).toBe(0)
  })

  it('stands still while the registry holds it, but not while its registrar parks it', () => {
    const held = (statuses: Known['statuses']) =>
      forecast('com', '2026-11-10T00:00:00Z', {
        phase: 'hold',
        statuses,
        expiresAt: new Date('2026-11-01'),
      })
    expect(held(['serverHold']).never).toBeGreaterThan(0.9)
    expect(held(['clientHold', 'autoRenewPeriod']).never).toBeLessThan(0.8)
  })
})

describe('a name bound for the Dropzone', () => {
  it('is expected a day later than the purge, with what others take there gone', () => {
    const known: Partial<Known> = {
      phase: 'pendingDelete',
      phaseSince: new Date('2026-11-18T12:00:00Z'),
      updatedAt: new Date('2026-11-18T12:00:00Z'),
    }
    const made = forecast('org', '2026-11-20T00:00:00Z', known)
    expect(chance(made, '2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z')).toBeGreaterThan(0.7)
    expect(made.never).toBeGreaterThan(0.1)
  })

  it('in it comes out about a day after it came in', () => {
    const made = forecast('org', '2026-11-20T12:00:00Z', {
      state: 'dropzone',
      phaseSince: new Date('2026-11-20T12:00:00Z'),
    })
    expect(chance(made, '2026-11-21T06:00:00Z', '2026-11-21T16:00:00Z')).toBeGreaterThan(0.45)
  })
})

describe('a .fr name in redemption', () => {
  const deletedAt = new Date('2026-11-27T05:02:46.208Z')
  it('is expected in the day that follows thirty days after its delete', () => {
    const made = forecast('fr', '2026-12-01T00:00:00Z', {
      phase: 'redemption',
      phaseSince: new Date('2026-11-27T08:00:00Z'),
      deletedAt,
    })
    const due = deletedAt.getTime() + 30 * DAY_MS
    expect(chance(made, due, due + DAY_MS)).toBeGreaterThan(0.6)
    expect(chance(made, '2026-12-01', due - DAY_MS)).toBe(0)
    expect(made.confidence).toBe('unknown')
  })

  it('is expected within the day once the redemption status is gone', () => {
    const made = forecast('fr', '2026-12-27T06:00:00Z', {
      phase: 'pendingDelete',
      phaseSince: new Date('2026-12-27T06:00:00Z'),
    })
    expect(chance(made, '2026-12-27T06:00:00Z', '2026-12-28T06:00:00Z')).toBeGreaterThan(0.8)
  })

  it('that AFNIC deletes itself may drop any day, without redemption', () => {
    const made = forecast('fr', '2026-12-01T00:00:00Z', {
      phase: 'active',
      sponsor: 'AFNIC - Opération interne',
    })
    expect(chance(made, '2026-12-01T00:00:00Z', '2026-12-31T00:00:00Z')).toBeGreaterThan(0.5)
  })
})

describe('a name in quarantine', () => {
  it('at .eu is expected just after the instant that the registry tells, never before', () => {
    const releaseAt = new Date('2026-12-05T13:52:13.392Z')
    const made = forecast('eu', '2026-12-01T00:00:00Z', { phase: 'quarantine', releaseAt })
    expect(made.segments[0]?.from).toBe(releaseAt.getTime())
    expect(chance(made, releaseAt.getTime(), releaseAt.getTime() + 60_000)).toBeGreaterThan(0.8)
    expect(chance(made, releaseAt.getTime() + 60_000, '2026-12-07')).toBeGreaterThan(0.05)
  })

  it('at .be is expected on the full hour, the next one where another instant is told', () => {
    const made = forecast('be', '2026-12-01T00:00:00Z', {
      phase: 'quarantine',
      releaseAt: new Date('2026-12-05T15:20:00Z'),
    })
    expect(made.segments[0]?.from).toBe(new Date('2026-12-05T16:00:00Z').getTime())
  })

  it('at .be that is late comes on one of the next full hours', () => {
    const releaseAt = new Date('2026-12-05T16:00:00Z')
    const made = forecast('be', '2026-12-05T16:10:00Z', { phase: 'quarantine', releaseAt })
    const firstMinute = chance(made, '2026-12-05T17:00:00Z', '2026-12-05T17:01:00Z')
    expect(firstMinute).toBeGreaterThan(
      10 * chance(made, '2026-12-05T17:01:00Z', '2026-12-05T18:00:00Z'),
    )
  })

  it('at .be without a told instant is expected just after full hours around the fortieth day', () => {
    const made = forecast('be', '2026-12-01T00:00:00Z', {
      phase: 'quarantine',
      phaseSince: new Date('2026-11-01T10:20:00Z'),
    })
    const minutes = made.segments.filter(({ from, to }) => to - from === 60_000)
    expect(minutes.every(({ from }) => from % 3_600_000 === 0)).toBe(true)
    expect(minutes.reduce((sum, { probability }) => sum + probability, 0)).toBeGreaterThan(0.8)
    expect(chance(made, '2026-12-10T00:00:00Z', '2026-12-13T00:00:00Z')).toBeGreaterThan(0.8)
  })
})
