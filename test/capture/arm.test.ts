import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { arm } from '../../src/capture/arm.ts'
import { concede, type Saved } from '../../src/capture/concede.ts'
import { noChannel } from '../../src/channels/none.ts'
import { type CaptureState, isFinal } from '../../src/domain/capture-state.ts'
import { forecastDrop } from '../../src/domain/forecast.ts'
import type { DomainName } from '../../src/domain/name.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import { planAttempts } from '../../src/store/attempts.ts'
import { captureIdOf, findCapture, undecidedCapture } from '../../src/store/captures.ts'
import type { NameRow } from '../../src/store/names.ts'
import { readEvents } from '../../src/store/outbox.ts'
import { addCapture } from '../dashboard/scene.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { AT, daysFrom, nameRow } from '../support/name-row.ts'
import { steppedClock } from '../support/stepped-clock.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const channel = { ...noChannel(), accreditation: (registry: string) => `vigie@${registry}` }
let made = 0

/** A name in pending delete with its forecast, armed at `at`. */
function dying(change: Partial<NameRow> = {}, extension = 'com') {
  const name = `dying-${++made}.${extension}` as DomainName
  const row = nameRow({
    name,
    phase: 'pendingDelete',
    phaseSince: daysFrom(-2),
    updatedAt: null,
    ...change,
  })
  const forecast = forecastDrop(row, policyFor(row.extension), AT)
  const armAt = (at = AT, now: Partial<NameRow> = {}) =>
    arm(
      { ...row, forecast, ...now },
      { db: database.db, channel, clock: steppedClock(at), shareOfDay: 1 },
    )
  const told = async (subject: string) =>
    (await readEvents(database.db, { subject, limit: 99 })).map(({ type }) => type)
  return { name, row, armAt, told }
}

describe('arming', () => {
  it('commits the window, and shots that all lie in it', async () => {
    const { name, armAt, told } = dying()
    const armed = await armAt()
    const id = captureIdOf(name, 'OLD-1')
    expect(armed).toMatchObject({ kind: 'armed', captureId: id })
    const { shots, windowFrom, windowTo, ...capture } = (await findCapture(database.db, id))!
    expect(capture).toMatchObject({ state: 'armed', accreditation: 'vigie@verisign', armedAt: AT })
    expect(shots.length).toBeGreaterThan(10)
    expect(shots.every((at) => at >= windowFrom.getTime() && at <= windowTo.getTime())).toBe(true)
    expect(await told(`capture:${id}`)).toEqual(['capture.armed'])
    expect(await told(`name:${name}`)).toEqual(['name.dropping'])
  })

  it('again with the same window tells nothing again', async () => {
    const { name, armAt, told } = dying()
    await armAt()
    await armAt(daysFrom(0.1))
    expect(await told(`name:${name}`)).toEqual(['name.dropping'])
  })

  it('of a name seen free is a short window that opens now, without planned shots', async () => {
    const { name, armAt } = dying()
    const armed = await armAt(AT, { state: 'free', phase: null })
    expect(armed).toMatchObject({ kind: 'armed', from: AT, to: new Date(AT.getTime() + 120_000) })
    expect((await findCapture(database.db, captureIdOf(name, 'OLD-1')))!.shots).toEqual([])
  })

  it('waits while the window is far away', async () => {
    const { armAt } = dying()
    expect(await armAt(daysFrom(-9))).toEqual({ kind: 'not-yet' })
    expect(await armAt(AT, { forecast: null })).toEqual({ kind: 'not-yet' })
  })

  it('is not possible without an accreditation', async () => {
    const { row } = dying()
    const deps = { db: database.db, channel: noChannel(), clock: steppedClock(AT), shareOfDay: 1 }
    expect(await arm({ ...row, state: 'free' }, deps)).toEqual({ kind: 'no-way' })
  })

  it('spends no more penalty points than the share of a day', async () => {
    const { name, armAt } = dying({ phase: 'quarantine', releaseAt: daysFrom(1) }, 'be')
    await armAt()
    const { shots } = (await undecidedCapture(database.db, name))!
    // DNS Belgium: ten points for a create that comes too early, a hundred a day.
    expect(shots.length).toBeGreaterThan(0)
    expect(shots.length).toBeLessThanOrEqual(10)
  })

  it('of a registration whose race is over does nothing', async () => {
    const { name, armAt } = dying()
    await addCapture(database.db, name, {
      id: captureIdOf(name, 'OLD-1'),
      registrationKey: 'OLD-1',
      state: 'lost',
      reason: 'beaten',
    })
    expect(await armAt()).toEqual({ kind: 'over' })
  })

  it('of a registration that was saved and ends after all is another race', async () => {
    const { name, row, armAt, told } = dying()
    const keys = []
    for (const how of ['restored', 'renewed', 'restored'] as const) {
      expect((await armAt()).kind).toBe('armed')
      keys.push((await undecidedCapture(database.db, name))!.registrationKey)
      expect(await concede(row, how, database.db, AT)).toBe(true)
    }
    expect(keys).toEqual(['OLD-1', 'OLD-1~1', 'OLD-1~2'])
    expect(await told(`name:${name}`)).toHaveLength(3)
  })

  it('where the registry shows no key counts the races that are over', async () => {
    const { name, row, armAt } = dying({ registrationKey: null })
    await armAt()
    await armAt()
    expect((await undecidedCapture(database.db, name))!.registrationKey).toBe('unseen-0')
    await concede(row, 'replaced', database.db, daysFrom(30))
    await armAt()
    expect((await undecidedCapture(database.db, name))!.registrationKey).toBe('unseen-1')
  })
})

describe('a registration that was saved', () => {
  async function conceded(state: CaptureState, how: Saved, windowFrom: Date, openCreate = false) {
    const { db } = database
    const { name, row } = dying({ sponsor: 'Somebody' })
    const captureId = await addCapture(db, name, { state, windowFrom, windowTo: AT })
    const create = {
      captureId,
      command: 'create',
      clTRID: captureId,
      plannedAt: AT,
      session: null,
    } as const
    if (openCreate) await planAttempts(db, [create])
    const done = await concede(row, how, db, AT)
    const capture = (await findCapture(db, captureId))!
    return { done, state: capture.state, reason: capture.reason, rival: capture.rival, capture }
  }
  const [before, within] = [daysFrom(1), daysFrom(-1)]

  for (const state of ['armed', 'finalised'] as const)
    for (const how of ['restored', 'renewed'] as const)
      it(`(${how}) stands a capture down that is ${state}`, async () => {
        const end = { done: true, state: 'stood-down', reason: how }
        expect(await conceded(state, how, within)).toMatchObject(end)
      })

  it('by another that was made in the window is a name lost, to its registrar', async () => {
    const end = { done: true, state: 'lost', reason: 'beaten', rival: 'Somebody' }
    expect(await conceded('finalised', 'replaced', within)).toMatchObject(end)
  })

  it('by another before the window opened stands the capture down', async () => {
    const end = { done: true, state: 'stood-down', reason: 'beaten' }
    expect(await conceded('armed', 'replaced', before)).toMatchObject(end)
  })

  it('after our creates were all answered ends the race', async () => {
    const end = { done: true, state: 'lost', reason: 'restored' }
    expect(await conceded('firing', 'restored', within)).toMatchObject(end)
  })

  for (const [how, openCreate] of [
    ['replaced', false],
    ['replaced', true],
    ['restored', true],
  ] as const)
    it(`(${how}) while we fire is for a catcher to look into (create open: ${openCreate})`, async () => {
      const { done, state, capture } = await conceded('firing', how, within, openCreate)
      expect({ done, state }).toEqual({ done: false, state: 'firing' })
      expect(capture.windowTo.getTime()).toBeGreaterThan(AT.getTime())
    })

  it('leaves an undetermined capture and a decided one alone', async () => {
    for (const state of ['undetermined', 'won', 'lost'] as const) {
      const end = await conceded(state, 'replaced', within)
      expect(end).toMatchObject({ done: false, state })
      expect(isFinal(state) || end.reason === null).toBe(true)
    }
  })
})
