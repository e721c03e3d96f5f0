import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Forecast, forecastDrop } from '../../src/domain/forecast.ts'
import { PHASES } from '../../src/domain/phase.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import type { NameRow } from '../../src/store/names.ts'
import { LOOKS_A_DAY, whenToLook } from '../../src/watching/schedule.ts'
import { anyPolicy } from '../domain/arbitraries.ts'
import { AT, DAY_MS, daysFrom, nameRow } from '../support/name-row.ts'

const com = policyFor('com')
const NEVER: Forecast = {
  segments: [],
  never: 1,
  madeAt: AT.getTime(),
  source: 'test',
  confidence: 'documented',
  reason: '',
}
const due = (change: Partial<NameRow>, forecast = NEVER, retryAt: Date | null = null) => {
  const { at, because } = whenToLook(
    nameRow({ lastLookAt: AT, ...change }),
    forecast,
    com,
    AT,
    retryAt,
  )
  return { afterMs: at.getTime() - AT.getTime(), because }
}

describe('after silence', () => {
  it('the next try comes after half a minute, then twice as long each time, an hour at most', () => {
    const tries = [1, 2, 3, 7, 8, 9, 2_000].map(
      (silentLooks) => due({ silentLooks }).afterMs / 1_000,
    )
    expect(tries).toEqual([30, 60, 120, 1_920, 3_600, 3_600, 3_600])
    expect(due({ silentLooks: 1 }).because).toBe('retry')
  })

  it('of a throttled host the next try comes when it answers again, and never in the past', () => {
    expect(due({ silentLooks: 1 }, NEVER, daysFrom(0.5)).afterMs).toBe(DAY_MS / 2)
    expect(due({ silentLooks: 9 }, NEVER, daysFrom(-1)).afterMs).toBe(0)
  })
})

describe('after an answer', () => {
  it('a denial is confirmed three seconds later, whatever is forecast', () => {
    expect(due({ state: 'unconfirmed' })).toEqual({ afterMs: 3_000, because: 'confirm' })
  })

  it('a name that never drops is looked at four times a day', () => {
    expect(due({})).toEqual({ afterMs: DAY_MS / LOOKS_A_DAY, because: 'promise' })
    expect(LOOKS_A_DAY).toBe(4)
  })

  it('a name that was never answered for is looked at now', () => {
    expect(due({ lastLookAt: null })).toEqual({ afterMs: 0, because: 'first' })
  })

  it('a window that opens soon brings the look forward', () => {
    const from = AT.getTime() + 3_600_000
    const segments = [{ from, to: from + 4_500_000, probability: 1 }]
    const next = due({ phase: 'pendingDelete' }, { ...NEVER, segments, never: 0 })
    expect(next.because).toBe('window')
    expect(next.afterMs).toBeGreaterThan(3_600_000)
    expect(next.afterMs).toBeLessThan(3_700_000)
  })

  it('the end of a stage is looked for a little after it', () => {
    const redemption = {
      phase: 'redemption',
      phaseSince: daysFrom(-29.9),
      updatedAt: null,
    } as const
    expect(due(redemption)).toEqual({ afterMs: 0.1 * DAY_MS + 3_000, because: 'deadline' })
    const dated = { ...redemption, phaseSince: daysFrom(-5), deletedAt: daysFrom(-29.9) }
    expect(due(dated).because).toBe('deadline')
  })

  it('a stage that should be over already hurries nobody', () => {
    const late = { phase: 'redemption', phaseSince: daysFrom(-40), updatedAt: null } as const
    expect(due(late)).toEqual({ afterMs: DAY_MS / 4, because: 'promise' })
  })
})

it('the promise holds for every name at every registry, and no look is due in the past', () => {
  fc.assert(
    fc.property(
      anyPolicy,
      fc.constantFrom(...PHASES),
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: -100, max: 300 }),
      fc.integer({ min: 1, max: 50 }),
      (policy, phase, sinceDays, expiryDays, openWatches) => {
        const { extension, registry } = policy
        const row = nameRow({
          extension,
          registry,
          phase,
          openWatches,
          phaseSince: daysFrom(-sinceDays),
          expiresAt: daysFrom(expiryDays),
          lastLookAt: AT,
        })
        const { at } = whenToLook(row, forecastDrop(row, policy, AT), policy, AT, null)
        expect(at.getTime()).toBeGreaterThanOrEqual(AT.getTime())
        expect(at.getTime()).toBeLessThanOrEqual(AT.getTime() + DAY_MS / LOOKS_A_DAY)
      },
    ),
  )
})
