import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Registration } from '../../src/domain/observation.ts'
import type { Phase } from '../../src/domain/phase.ts'
import type { Verdict } from '../../src/domain/verdict.ts'
import type { NameRow } from '../../src/store/names.ts'
import { DROPPING, learn } from '../../src/watching/learn.ts'
import { anyRegistration, NOTHING_SAID } from '../domain/arbitraries.ts'
import { AT, daysFrom, nameRow } from '../support/name-row.ts'

const verdict = (state: Verdict['state'], change: Partial<Verdict> = {}): Verdict => ({
  state,
  phase: null,
  registration: null,
  basis: [],
  against: [],
  reason: 'said so',
  ...change,
})
/** The registration of `nameRow`, as a full source prints it. */
const PRINTED: Registration = {
  ...NOTHING_SAID,
  roid: 'OLD-1',
  createdAt: nameRow().createdAt,
  expiresAt: nameRow().expiresAt,
  sponsor: 'Losing Registrar',
}
const held = (phase: Phase, change: Partial<Registration> = {}): Verdict =>
  verdict('held', { phase, registration: { ...PRINTED, ...change } })
const lesson = (row: Partial<NameRow>, said: Verdict, now = AT) => learn(nameRow(row), said, now)

describe('a look without an answer', () => {
  it('is counted, and changes and tells nothing else', () => {
    const row = { phase: 'pendingDelete', silentLooks: 2 } as const
    expect(lesson(row, verdict('unknown'))).toEqual({
      learned: { silentLooks: 3 },
      events: [],
      turn: 'none',
    })
  })

  it('ends the silence once one comes', () => {
    expect(lesson({ silentLooks: 5 }, held('active')).learned).toMatchObject({
      silentLooks: 0,
      lastLookAt: AT,
    })
  })
})

describe('a registration', () => {
  it('is not forgotten by a source that says less of it', () => {
    const { learned, turn } = lesson({ statuses: ['clientHold'] }, held('active', NOTHING_SAID))
    const { registrationKey, sponsor, createdAt, expiresAt, updatedAt } = nameRow()
    expect(turn).toBe('none')
    expect(learned).toMatchObject({ registrationKey, sponsor, createdAt, expiresAt, updatedAt })
  })

  it('is not forgotten when DNS alone shows that the name is held', () => {
    const { learned } = lesson({ phase: 'redemption' }, verdict('held'))
    expect(Object.keys(learned).toSorted()).toEqual([
      'lastLookAt',
      'reason',
      'silentLooks',
      'state',
    ])
  })

  it('keeps one key, whichever source names it otherwise', () => {
    const other = held('redemption', { roid: null })
    expect(lesson({}, other)).toMatchObject({
      turn: 'stage',
      learned: { registrationKey: 'OLD-1' },
    })
    const dated = { registrationKey: PRINTED.createdAt!.toISOString() }
    expect(lesson(dated, held('redemption')).learned).toMatchObject(dated)
  })

  it('gets its key at the first sight of it: the ROID, else the creation date', () => {
    const first = { registrationKey: null, createdAt: null, phase: null, state: 'unknown' } as const
    expect(lesson(first, held('active'))).toMatchObject({
      turn: 'none',
      learned: { registrationKey: 'OLD-1' },
      events: [],
    })
    expect(lesson(first, held('active', { roid: null })).learned.registrationKey).toBe(
      PRINTED.createdAt!.toISOString(),
    )
  })
})

describe('a stage', () => {
  it('that has changed is dated from now and told', () => {
    const { learned, turn, events } = lesson({}, held('redemption', { deletedAt: daysFrom(-1) }))
    expect(turn).toBe('stage')
    expect(learned).toMatchObject({ phase: 'redemption', phaseSince: AT, deletedAt: daysFrom(-1) })
    expect(events).toHaveLength(1)
  })

  it('that has not changed keeps its date and is not told', () => {
    const row = { phase: 'redemption', phaseSince: daysFrom(-9), deletedAt: daysFrom(-10) } as const
    const { learned, turn, events } = lesson(row, held('redemption'))
    expect(turn).toBe('none')
    expect(learned).toMatchObject({ phaseSince: daysFrom(-9), deletedAt: daysFrom(-10) })
    expect(events).toEqual([])
  })

  it('seen first of all is told only when the name is on its way out', () => {
    const first = { phase: null, registrationKey: null, state: 'unknown' } as const
    expect(lesson(first, held('active')).turn).toBe('none')
    expect(lesson(first, held('pendingDelete')).turn).toBe('stage')
  })

  for (const from of DROPPING)
    it(`of ${from} that gives way to an ordinary one is a restore`, () => {
      const { learned, turn, events } = lesson(
        { phase: from, deletedAt: daysFrom(-9), releaseAt: daysFrom(9) },
        held('active'),
      )
      expect(turn).toBe('restored')
      expect(learned).toMatchObject({ phase: 'active', deletedAt: null, releaseAt: null })
      expect(events).toHaveLength(1)
    })
})

describe('a later expiry date', () => {
  const expiresAt = AT
  const moved = held('active', { expiresAt: daysFrom(365) })
  const renewed = (now: Date) => lesson({ expiresAt }, moved, now).turn

  it('before the expiry is a renewal, and told', () => {
    expect(lesson({ expiresAt }, moved, daysFrom(-1))).toMatchObject({
      turn: 'renewed',
      learned: { expiresAt: daysFrom(365) },
    })
    expect(lesson({ expiresAt }, moved, daysFrom(-1)).events).toHaveLength(1)
  })

  it('is the registry’s own doing for 45 days from the expiry on, and no renewal', () => {
    expect(renewed(daysFrom(0))).toBe('none')
    expect(renewed(daysFrom(44.9))).toBe('none')
    expect(renewed(daysFrom(45))).toBe('renewed')
  })

  it('is taken over though it is no renewal', () => {
    expect(lesson({ expiresAt }, moved, daysFrom(1)).learned.expiresAt).toEqual(daysFrom(365))
  })

  it('that comes before the one known is no renewal', () => {
    expect(lesson({ expiresAt: daysFrom(365) }, held('active', { expiresAt })).turn).toBe('none')
  })
})

describe('another registration', () => {
  const fresh = { roid: 'NEW-1', createdAt: daysFrom(-1), expiresAt: daysFrom(364), sponsor: null }

  it('replaces what was known of the old one', () => {
    const { learned, turn } = lesson({ phase: 'pendingDelete' }, held('active', fresh))
    expect(turn).toBe('replaced')
    expect(learned).toMatchObject({
      registrationKey: 'NEW-1',
      sponsor: null,
      createdAt: daysFrom(-1),
      phaseSince: AT,
    })
  })

  it('in the stage of the old one is another all the same', () => {
    expect(lesson({}, held('active', fresh))).toMatchObject({
      turn: 'replaced',
      learned: { phaseSince: AT },
    })
  })

  it('shows where no source gives a key: held after it was free', () => {
    const unnamed = held('active', NOTHING_SAID)
    const free = { state: 'free', phase: null } as const
    expect(lesson(free, unnamed)).toMatchObject({
      turn: 'replaced',
      learned: { registrationKey: null, sponsor: null, createdAt: null },
    })
    expect(lesson({ ...free, registrationKey: null }, unnamed).turn).toBe('replaced')
  })

  it('shows where no source gives a key: held after its release instant', () => {
    const unnamed = held('active', NOTHING_SAID)
    const row = { phase: 'quarantine', registrationKey: null } as const
    expect(lesson({ ...row, releaseAt: daysFrom(-1) }, unnamed).turn).toBe('replaced')
    expect(lesson({ ...row, releaseAt: daysFrom(1) }, unnamed).turn).toBe('restored')
  })

  it('is not the old one that comes back after a registry denied it', () => {
    expect(lesson({ state: 'free', phase: null }, held('active')).turn).toBe('none')
  })
})

describe('a name that is gone', () => {
  it('is free or in the Dropzone from now on, and its registration is still known', () => {
    for (const state of ['free', 'dropzone'] as const) {
      const { learned, turn } = lesson({ phase: 'pendingDelete' }, verdict(state))
      expect(turn).toBe('gone')
      expect(learned).toMatchObject({ state, phase: null, phaseSince: AT })
      expect(learned).not.toHaveProperty('registrationKey')
    }
  })

  it('keeps the first instant at which it was seen in the Dropzone', () => {
    const row = { state: 'dropzone', phase: null, phaseSince: daysFrom(-0.5) } as const
    expect(lesson(row, verdict('dropzone')).learned.phaseSince).toEqual(daysFrom(-0.5))
    expect(lesson(row, verdict('free')).learned.phaseSince).toEqual(AT)
  })

  it('is not, while one denial waits for a second', () => {
    const { learned, turn } = lesson({ phase: 'pendingDelete' }, verdict('unconfirmed'))
    expect(turn).toBe('none')
    expect(learned).not.toHaveProperty('phase')
  })
})

it('the same registration seen again in the same stage teaches nothing new, whatever it is', () => {
  fc.assert(
    fc.property(anyRegistration, fc.constantFrom(...DROPPING, 'active' as const), (seen, phase) => {
      const said = verdict('held', { phase, registration: { ...seen, roid: 'OLD-1' } })
      const row = { ...nameRow({ state: 'unknown', phase: null, registrationKey: null }) }
      const once = { ...row, ...learn(row, said, AT).learned }
      const { turn, events, learned } = learn(once, said, daysFrom(1))
      expect(turn).toBe('none')
      expect(events).toEqual([])
      expect({ ...once, ...learned }).toEqual({ ...once, lastLookAt: daysFrom(1) })
    }),
  )
})
