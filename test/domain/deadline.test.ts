import { describe, expect, it } from 'vitest'
import { leadDeadline } from '../../src/domain/deadline.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import { DAY_MS, NOW } from './arbitraries.ts'

const daysUntil = (
  ...[phase, extension]: [Parameters<typeof leadDeadline>[1], 'com' | 'fr' | 'eu']
) => {
  const deadline = leadDeadline(NOW, phase, policyFor(extension))
  return deadline === null ? null : (deadline - NOW.getTime()) / DAY_MS
}

describe('the lead-time deadline', () => {
  it.each([
    ['active', 'com', 35],
    ['active', 'fr', 30],
    ['active', 'eu', 40],
    ['redemption', 'com', 5],
  ] as const)(
    'of a name in %s at .%s leaves room for two looks before a drop in %i days',
    (phase, extension, days) => {
      expect(2 * (daysUntil(phase, extension) ?? Number.POSITIVE_INFINITY) + 1).toBeLessThanOrEqual(
        days,
      )
    },
  )

  it('is none where the record tells the end of the stage', () => {
    expect(daysUntil('pendingDelete', 'com')).toBeNull()
    expect(daysUntil('quarantine', 'eu')).toBeNull()
  })
})
