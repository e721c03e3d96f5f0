import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding, Observation, Source } from '../../src/domain/observation.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import { judge, SECOND_LOOK_MS } from '../../src/domain/verdict.ts'
import { anyObservation, anyPolicy, anySilence, NOTHING_SAID, NOW, seen } from './arbitraries.ts'

const com = policyFor('com')
const org = policyFor('org')
const state = (...observations: Observation[]) => judge(observations, com, NOW).state

const ABSENT: Finding = { kind: 'absent' }
const AVAILABLE: Finding = { kind: 'available' }
const DELEGATED: Finding = { kind: 'delegated' }
const DROPZONE: Finding = { kind: 'dropzone' }
const THROTTLED: Finding = { kind: 'throttled', retryAt: null, reason: 'HTTP 429' }
const held = (statuses: 'redemptionPeriod'[] = [], rest = {}): Finding => ({
  kind: 'registered',
  registration: { ...NOTHING_SAID, statuses, ...rest },
})

describe('a name is free', () => {
  it('when EPP says available', () => {
    expect(state(seen('epp', 1, AVAILABLE))).toBe('free')
  })

  it('when two sources deny having it', () => {
    expect(state(seen('rdap', 2, ABSENT), seen('whois', 1, ABSENT))).toBe('free')
  })

  it('when one source denies it twice, with time between', () => {
    expect(state(seen('rdap', 5, ABSENT), seen('rdap', 1, ABSENT))).toBe('free')
  })

  it('even while WHOIS still shows what RDAP has denied twice since', () => {
    const verdict = judge(
      [seen('rdap', 9, ABSENT), seen('whois', 5, held()), seen('rdap', 1, ABSENT)],
      com,
      NOW,
    )
    expect(verdict.state).toBe('free')
    expect(verdict.against.map(({ source }) => source)).toEqual(['whois'])
  })
})

describe('a name is not free yet', () => {
  it('when one source has denied it once', () => {
    expect(state(seen('rdap', 1, ABSENT))).toBe('unconfirmed')
    expect(state(seen('whois', 1, ABSENT))).toBe('unconfirmed')
  })

  it('when the second denial follows at once', () => {
    expect(state(seen('rdap', 1.5, ABSENT), seen('rdap', 1, ABSENT))).toBe('unconfirmed')
    expect(SECOND_LOOK_MS).toBeGreaterThan(1_000)
  })

  it('when another source says available without being EPP', () => {
    expect(state(seen('das', 1, AVAILABLE))).toBe('unconfirmed')
  })

  it('when the denials are old', () => {
    expect(state(seen('rdap', 3600, ABSENT), seen('whois', 3600, ABSENT))).toBe('unknown')
  })

  it('when the last denial was followed by a registration', () => {
    expect(
      state(seen('rdap', 60, ABSENT), seen('whois', 55, ABSENT), seen('whois', 1, held())),
    ).toBe('unconfirmed')
    expect(
      state(seen('rdap', 60, ABSENT), seen('whois', 55, ABSENT), seen('rdap', 1, held())),
    ).toBe('held')
  })
})

describe('a name is held', () => {
  it('when the zone delegates it after the denials', () => {
    const verdict = judge(
      [seen('rdap', 20, ABSENT), seen('whois', 18, ABSENT), seen('dns', 1, DELEGATED)],
      com,
      NOW,
    )
    expect(verdict.state).toBe('held')
    expect(verdict.basis.map(({ source }) => source)).toEqual(['dns'])
    expect(verdict.against.map(({ source }) => source)).toEqual(['rdap', 'whois'])
  })

  it('when the stronger source of one look says so', () => {
    const verdict = judge([seen('rdap', 3, held()), seen('whois', 1, ABSENT)], com, NOW)
    expect(verdict.state).toBe('held')
    expect(verdict.against).toHaveLength(1)
    expect(state(seen('epp', 3, held()), seen('rdap', 1, ABSENT))).toBe('held')
  })

  it('in the phase that the strongest answer shows, with what weaker ones add', () => {
    const verdict = judge(
      [
        seen('whois', 1, held([], { sponsor: 'Registrar One', expiresAt: NOW })),
        seen('rdap', 2, held(['redemptionPeriod'], { sponsor: null })),
      ],
      com,
      NOW,
    )
    expect(verdict.phase).toBe('redemption')
    expect(verdict.registration).toMatchObject({ sponsor: 'Registrar One', expiresAt: NOW })
  })

  it('without taking over what another registration says', () => {
    const before = held([], { roid: 'OLD', sponsor: 'Before', expiresAt: NOW })
    const verdict = judge(
      [seen('whois', 1, before), seen('rdap', 2, held([], { roid: 'NEW' }))],
      com,
      NOW,
    )
    expect(verdict.registration).toMatchObject({ roid: 'NEW', sponsor: null, expiresAt: null })
  })
})

describe('the Dropzone', () => {
  it('beats a denial by RDAP, which cannot see it', () => {
    const verdict = judge(
      [seen('rdap', 9, ABSENT), seen('whois', 8, DROPZONE), seen('rdap', 1, ABSENT)],
      org,
      NOW,
    )
    expect(verdict.state).toBe('dropzone')
  })

  it('is remembered while WHOIS is throttled', () => {
    const verdict = judge(
      [
        seen('whois', 1200, DROPZONE),
        seen('whois', 2, THROTTLED),
        seen('rdap', 60, ABSENT),
        seen('rdap', 1, ABSENT),
      ],
      org,
      NOW,
    )
    expect(verdict.state).toBe('dropzone')
  })

  it('is over when WHOIS denies the name', () => {
    const verdict = judge(
      [seen('whois', 60, DROPZONE), seen('rdap', 2, ABSENT), seen('whois', 1, ABSENT)],
      org,
      NOW,
    )
    expect(verdict.state).toBe('free')
  })
})

describe('at .info, where only RDAP is public', () => {
  it('an EPP check or a second look confirms a denial, nothing else', () => {
    const info = policyFor('info')
    expect(judge([seen('rdap', 1, ABSENT)], info, NOW).state).toBe('unconfirmed')
    expect(judge([seen('rdap', 9, ABSENT), seen('rdap', 1, ABSENT)], info, NOW).state).toBe('free')
    const keptBack: Finding = { kind: 'reserved', as: 'reserved', reason: 'held in the dropzone' }
    expect(
      judge([seen('rdap', 9, ABSENT), seen('rdap', 2, ABSENT), seen('epp', 1, keptBack)], info, NOW)
        .state,
    ).toBe('reserved')
  })
})

describe('a verdict', () => {
  it('does not depend on the order of the observations', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyObservation, { maxLength: 8 })
          .chain((all) =>
            fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
          ),
        anyPolicy,
        ([one, other], policy) => {
          expect(judge(other, policy, NOW)).toEqual(judge(one, policy, NOW))
        },
      ),
    )
  })

  it('is not changed by silence and throttling', () => {
    const anySilent = fc
      .tuple(
        fc.constantFrom<Source>('epp', 'rdap', 'das', 'whois', 'dns'),
        fc.integer({ min: 0, max: 600 }),
        anySilence,
      )
      .map(([source, ago, finding]) => seen(source, ago, finding))
    fc.assert(
      fc.property(
        fc.array(anyObservation, { maxLength: 6 }),
        fc.array(anySilent),
        anyPolicy,
        (told, silent, policy) => {
          expect(judge([...told, ...silent], policy, NOW)).toEqual(judge(told, policy, NOW))
        },
      ),
    )
  })

  it('is never free from DNS and silence alone', () => {
    const weak = anyObservation.filter(
      ({ source, kind }) => source === 'dns' || kind === 'throttled' || kind === 'undetermined',
    )
    fc.assert(
      fc.property(fc.array(weak), anyPolicy, (observations, policy) => {
        expect(['held', 'unknown']).toContain(judge(observations, policy, NOW).state)
      }),
    )
  })

  it('is never free with a single word that no EPP check spoke', () => {
    fc.assert(
      fc.property(anyObservation, anyPolicy, (observation, policy) => {
        const isEppWord = observation.source === 'epp' && observation.kind === 'available'
        const { state } = judge([observation], policy, NOW)
        expect(state === 'free').toBe(
          isEppWord && NOW.getTime() - observation.at.getTime() < 900_000,
        )
      }),
    )
  })

  it('is free only when EPP says so or nothing in the zone is newer than the last denial', () => {
    fc.assert(
      fc.property(fc.array(anyObservation, { maxLength: 8 }), anyPolicy, (observations, policy) => {
        const { state, basis } = judge(observations, policy, NOW)
        if (
          state !== 'free' ||
          basis.some(({ kind, source }) => kind === 'available' && source === 'epp')
        )
          return
        const last = Math.max(...basis.map(({ at }) => at.getTime()))
        const referrals = observations.filter(
          ({ kind, source }) => kind === 'delegated' && source === 'dns',
        )
        expect(basis.length).toBeGreaterThan(1)
        for (const { at } of referrals) expect(at.getTime()).toBeLessThan(last)
      }),
    )
  })
})
