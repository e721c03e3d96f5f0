import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Registration } from '../../src/domain/observation.ts'
import { PHASES, type Phase, phaseOf } from '../../src/domain/phase.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import type { Status } from '../../src/domain/status.ts'
import { anyPolicy, anyRegistration, anyStatus, NOTHING_SAID, NOW } from './arbitraries.ts'

const phase = (
  statuses: Status[],
  rest: Partial<Registration> = {},
  extension: 'com' | 'fr' | 'be' | 'eu' = 'com',
) => phaseOf({ ...NOTHING_SAID, ...rest, statuses }, policyFor(extension))

describe('the phase of a registration', () => {
  it.each<[string, Status[], Phase]>([
    ['nothing said', [], 'active'],
    ['the usual locks', ['clientTransferProhibited', 'serverDeleteProhibited'], 'active'],
    ['auto-renew grace', ['ok', 'autoRenewPeriod'], 'autoRenew'],
    ['parked by its registrar', ['clientHold', 'autoRenewPeriod'], 'hold'],
    ['EPP in redemption', ['pendingDelete', 'redemptionPeriod'], 'redemption'],
    ['RDAP in redemption', ['redemptionPeriod'], 'redemption'],
    ['EPP pending delete', ['pendingDelete', 'rgpPendingDelete'], 'pendingDelete'],
    ['RDAP pending delete', ['pendingDelete'], 'pendingDelete'],
    ['a restore under way', ['pendingDelete', 'pendingRestore'], 'pendingRestore'],
    ['a restore in redemption', ['redemptionPeriod', 'pendingRestore'], 'pendingRestore'],
    ['redemption under hold', ['clientHold', 'redemptionPeriod', 'pendingDelete'], 'redemption'],
  ])('%s: %j is read as %s', (_, statuses, expected) => {
    expect(phase(statuses)).toBe(expected)
  })

  it('is redemption at .fr while both RGP words show, whatever hold says', () => {
    expect(phase(['inactive', 'clientHold', 'pendingDelete', 'redemptionPeriod'], {}, 'fr')).toBe(
      'redemption',
    )
  })

  it('is the stage that the source names, unless a graver sign shows', () => {
    expect(phase([], { stage: 'quarantine' }, 'be')).toBe('quarantine')
    expect(phase(['ok'], { stage: 'hold' }, 'fr')).toBe('hold')
    expect(phase(['redemptionPeriod'], { stage: 'hold' }, 'fr')).toBe('redemption')
  })

  it('is quarantine where a release instant is published, at .eu and .be only', () => {
    expect(phase([], { releaseAt: NOW }, 'eu')).toBe('quarantine')
    expect(phase([], { releaseAt: NOW }, 'com')).toBe('active')
  })

  it('never moves back when one more status shows', () => {
    fc.assert(
      fc.property(anyRegistration, anyStatus, anyPolicy, (registration, status, policy) => {
        const more = { ...registration, statuses: [...registration.statuses, status] }
        const rank = (r: Registration) => PHASES.indexOf(phaseOf(r, policy))
        expect(rank(more)).toBeLessThanOrEqual(rank(registration))
      }),
    )
  })
})
