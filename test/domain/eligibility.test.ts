import { describe, expect, it } from 'vitest'
import { ineligibility, isEligible } from '../../src/domain/eligibility.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'

describe('a holder', () => {
  it.each([
    ['fr', 'FR', null, true],
    ['fr', 'fr', null, true],
    ['fr', 'CH', null, true],
    ['fr', 'RE', null, true],
    ['fr', 'US', 'FR', false],
    ['fr', 'GB', null, false],
    ['eu', 'DE', null, true],
    ['eu', 'NO', null, true],
    ['eu', 'CH', null, false],
    ['eu', 'CH', 'FR', true],
    ['eu', 'US', 'fr', true],
    ['eu', 'US', 'US', false],
    ['be', 'US', null, true],
    ['com', 'JP', null, true],
    ['fr', '', null, false],
  ] as const)('at .%s in "%s", citizen of %s: %s', (extension, country, citizenship, expected) => {
    const policy = policyFor(extension)
    expect(isEligible({ country, citizenship }, policy)).toBe(expected)
    expect(ineligibility({ country, citizenship }, policy) === null).toBe(expected)
  })

  it('is told what the registry wants', () => {
    expect(ineligibility({ country: 'US', citizenship: null }, policyFor('eu'))).toContain(
      'citizenship of the European Union',
    )
    expect(ineligibility({ country: 'US', citizenship: null }, policyFor('fr'))).toContain(
      'US is not',
    )
  })
})
