import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beneficiaryOf, type Claim } from '../../src/domain/allocation.ts'

const anyClaim: fc.Arbitrary<Claim> = fc.record({
  watchId: fc.uuid(),
  nicHandle: fc.constantFrom('AB1-VIGIE', 'CD2-VIGIE'),
  openedAt: fc.integer({ min: 0, max: 5 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day))),
  eligible: fc.boolean(),
})
const anyClaims = fc.uniqueArray(anyClaim, { selector: ({ watchId }) => watchId, maxLength: 8 })

describe('the beneficiary of a name', () => {
  it('is an eligible holder before whom no eligible one was in line', () => {
    fc.assert(
      fc.property(anyClaims, (claims) => {
        const eligible = claims.filter((claim) => claim.eligible)
        const chosen = beneficiaryOf(claims)
        if (chosen === null) {
          expect(eligible).toEqual([])
          return
        }
        expect(chosen.eligible).toBe(true)
        for (const other of eligible)
          expect(other.openedAt.getTime()).toBeGreaterThanOrEqual(chosen.openedAt.getTime())
      }),
    )
  })

  it('does not depend on the order of the claims', () => {
    fc.assert(
      fc.property(
        anyClaims.chain((claims) =>
          fc.tuple(fc.constant(claims), fc.shuffledSubarray(claims, { minLength: claims.length })),
        ),
        ([claims, shuffled]) => {
          expect(beneficiaryOf(shuffled)).toEqual(beneficiaryOf(claims))
        },
      ),
    )
  })

  it('is the lower id of two who opened at one instant', () => {
    const openedAt = new Date('2026-01-01')
    const claim = (watchId: string): Claim => ({
      watchId,
      nicHandle: 'AB1-VIGIE',
      openedAt,
      eligible: true,
    })
    expect(beneficiaryOf([claim('b'), claim('a')])?.watchId).toBe('a')
  })

  it('leaves the claims as they were', () => {
    fc.assert(
      fc.property(anyClaims, (claims) => {
        const before = [...claims]
        beneficiaryOf(claims)
        expect(claims).toEqual(before)
      }),
    )
  })
})
