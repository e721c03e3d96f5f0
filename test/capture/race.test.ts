import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { changeWatch } from '../../src/orders/watch-control.ts'
import { armCapture, leaseCapture } from '../../src/store/captures.ts'
import { readSpending } from '../../src/store/ledger.ts'
import { findName } from '../../src/store/names.ts'
import { captures } from '../../src/store/schema/capturing.ts'
import { setSwitch } from '../../src/store/switches.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Fault, RIVAL, type Verb } from '../support/fake-line.ts'
import { into, openRace, type Scene, type Setting } from '../support/race.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const open = (setting?: Setting) => openRace(database.db, setting)

/** The nth command of a kind goes wrong. */
const faultAt = (verb: Verb, nth: number, fault: Fault) => (asked: Verb, n: number) =>
  asked === verb && n === nth ? fault : undefined

const lost = (executed: boolean): Fault => ({ kind: 'lost', executed })
const code = (code: number, executed = false, message = 'no'): Fault => ({
  kind: 'code',
  code,
  executed,
  message,
})

async function expectWon(scene: Scene): Promise<void> {
  expect(scene.registry.standing()).toBe('us')
  expect(scene.registry.executed()).toHaveLength(1)
  expect(await scene.capture()).toMatchObject({
    state: 'won',
    beneficiaryWatchId: scene.watchIds[0],
  })
  expect((await scene.told()).filter((type) => type === 'capture.won')).toHaveLength(1)
}

describe('a name that drops', () => {
  it('is won at sight of its drop', async () => {
    const scene = await open()
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'won' })
    await expectWon(scene)
    expect(await scene.capture()).toMatchObject({ priceCents: 900 })
    // One poll of .com, and the permit after it.
    expect(scene.registry.executed()[0]!.at.getTime() - into(10_000).getTime()).toBeLessThan(850)
  })

  it('is won by a shot that was planned, at its instant of the registry’s clock', async () => {
    const scene = await open({ shots: [10_000], offsetMs: 1_234, tripMs: 0 })
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'won' })
    await expectWon(scene)
    const late = scene.registry.executed()[0]!.at.getTime() - into(10_000).getTime()
    expect(late).toBeGreaterThanOrEqual(0)
    expect(late).toBeLessThan(5)
  })

  it('is won by a later create when the first came too early', async () => {
    const scene = await open({ shots: [2_000, 10_000] })
    await scene.race()
    await expectWon(scene)
    const outcomes = (await scene.creates()).map(({ outcome }) => outcome)
    expect(outcomes.slice(0, 2)).toEqual(['exists', 'created'])
  })

  it('leaves no create behind that may have left', async () => {
    const scene = await open({ shots: [10_000, 20_000] })
    await scene.race()
    for (const { outcome } of await scene.creates())
      expect(['created', 'not-sent']).toContain(outcome)
  })

  it('is asked for with leave for every command', async () => {
    const scene = await open({ shots: [2_000, 4_000, 10_000] })
    await scene.race()
    expect(scene.registry.received.length).toBeLessThanOrEqual(scene.permits.granted)
  })
})

describe('a name that somebody else gets', () => {
  it('is lost to the rival, and the gap says by how much', async () => {
    const scene = await open({ shots: [10_000], rivalAt: into(10_005), tripMs: 100 })
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'lost' })
    const { gapFromMs, gapToMs, ...capture } = await scene.capture()
    expect(capture).toMatchObject({ state: 'lost', reason: 'beaten', rival: RIVAL })
    expect(capture.explanation).toContain('before our create arrived')
    // Its create came 45 ms before ours was executed, and ours was answered 50 ms later.
    expect(gapFromMs).toBeLessThanOrEqual(95)
    expect(gapToMs).toBeGreaterThanOrEqual(45)
    expect(await scene.told()).toContain('capture.lost')
  })

  it('is told under the name that the public record gives the rival', async () => {
    const scene = await open({
      rivalAt: into(10_000),
      deps: { sponsorOf: async () => 'Grab Ltd' },
    })
    await scene.race()
    expect(await scene.capture()).toMatchObject({ reason: 'beaten', rival: 'Grab Ltd' })
  })

  it('stays watched by everybody who watched it, and is looked at again at once', async () => {
    const scene = await open({ rivalAt: into(10_000) })
    await scene.race()
    expect(await findName(database.db, scene.name)).toMatchObject({
      openWatches: 1,
      nextLookBecause: 'after-miss',
    })
  })
})

describe('a create without an answer', () => {
  it('is won when info says that the name is ours, and no second one is sent', async () => {
    const scene = await open({ fault: faultAt('create', 0, lost(true)) })
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'won' })
    await expectWon(scene)
    expect((await scene.creates()).map(({ outcome }) => outcome)).toEqual(['executed'])
  })

  it('is followed by another when info says that it was never executed', async () => {
    const scene = await open({ fault: faultAt('create', 0, lost(false)) })
    await scene.race()
    await expectWon(scene)
    expect((await scene.creates()).map(({ outcome }) => outcome)).toEqual([
      'not-executed',
      'created',
    ])
  })

  it('is lost when info shows a rival', async () => {
    const scene = await open({
      fault: faultAt('create', 0, lost(false)),
      rivalAt: into(12_000),
    })
    await scene.race()
    expect(await scene.capture()).toMatchObject({ state: 'lost', rival: RIVAL })
  })

  for (const executed of [true, false])
    it(`stays undetermined while info is silent too, and the next race asks first (executed: ${executed})`, async () => {
      let [silent, created] = [true, false]
      const scene = await open({
        windowMs: 120_000,
        fault: (verb) => {
          const first = verb === 'create' && !created
          created ||= first
          if (first) return lost(executed)
          return verb === 'info' && created && silent ? lost(false) : undefined
        },
      })
      for (let i = 0; i < 2; i++) {
        expect((await scene.race()).kind).toBe('put-off')
        expect((await scene.capture()).state).toBe('undetermined')
        expect(scene.registry.sent('create')).toHaveLength(1)
      }
      silent = false
      await scene.race()
      await expectWon(scene)
      expect((await scene.told()).filter((type) => type === 'capture.undetermined')).toHaveLength(1)
    })

  for (const answer of [2400, 2500])
    for (const executed of [true, false])
      it(`answered ${answer} is looked into (executed: ${executed})`, async () => {
        const scene = await open({ fault: faultAt('create', 0, code(answer, executed)) })
        for (let i = 0; i < 2 && (await scene.race()).kind !== 'decided'; i++);
        await expectWon(scene)
      })

  it('answered 1001 waits for the verdict of the registry', async () => {
    const scene = await open({ fault: faultAt('create', 0, code(1001, true)) })
    await scene.race()
    await expectWon(scene)
  })

  it('answered 2302 because an earlier shot of ours was executed is a win', async () => {
    const scene = await open({ fault: faultAt('create', 0, code(2302, true)) })
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'won' })
    await expectWon(scene)
  })
})

describe('a session that fails', () => {
  it('puts the race off when the registry has no session for us, and the next one goes on', async () => {
    const scene = await open({ fault: faultAt('create', 0, code(2502)) })
    expect(await scene.race()).toEqual({ kind: 'put-off', reason: 'no session: 2502 no' })
    expect((await scene.capture()).state).toBe('firing')
    await scene.race()
    await expectWon(scene)
  })

  it('is replaced by the next race when it is cut while the name is asked for', async () => {
    const scene = await open({ fault: faultAt('info', 3, { kind: 'cut', executed: false }) })
    expect((await scene.race()).kind).toBe('put-off')
    await scene.race()
    await expectWon(scene)
  })

  it('says nothing about the price: without an answer to check the race is put off', async () => {
    const scene = await open({ fault: faultAt('check', 0, lost(false)) })
    expect((await scene.race()).kind).toBe('put-off')
    expect((await scene.capture()).state).toBe('armed')
    await scene.race()
    await expectWon(scene)
  })

  it('that fails after our create was accepted does not lose the name', async () => {
    const scene = await open({
      fault: (verb, nth) => (verb === 'check' && nth === 1 ? lost(false) : undefined),
    })
    const { db } = database
    await scene.race()
    // The process died after the answer was recorded and before it was settled.
    await db
      .update(captures)
      .set({ state: 'firing', decidedAt: null })
      .where(eq(captures.id, scene.captureId))
    await scene.race()
    expect((await scene.capture()).state).toBe('won')
    expect(scene.registry.sent('create')).toHaveLength(1)
  })
})

describe('a create that the registry refuses', () => {
  it('ends the capture as refused, with its words', async () => {
    const scene = await open({
      fault: (verb) => (verb === 'create' ? code(2306, false, 'reserved by law') : undefined),
    })
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'refused' })
    const { explanation, ...capture } = await scene.capture()
    expect(capture).toMatchObject({ state: 'refused', reason: 'refused' })
    expect(explanation).toContain('2306 reserved by law')
    expect(await scene.told()).toContain('capture.refused')
  })

  it('because the name is in the Dropzone moves the window on and ends nothing', async () => {
    const scene = await open({
      extension: 'org',
      fault: faultAt('create', 0, code(2306, false, 'Domain is in the Dropzone')),
    })
    expect((await scene.race()).kind).toBe('put-off')
    const capture = await scene.capture()
    expect(capture.state).toBe('firing')
    expect(capture.windowFrom.getTime()).toBeGreaterThan(into(3_000_000).getTime())
    await scene.race()
    await expectWon(scene)
  })
})

describe('nothing is sent', () => {
  for (const kind of ['all', 'registry', 'extension', 'accreditation', 'channel', 'name'])
    it(`while the switch of kind ${kind} stands`, async () => {
      const scene = await open({ extension: 'be', shots: [5_000] })
      const scope = {
        all: 'all',
        registry: 'registry:dnsBelgium',
        extension: 'extension:be',
        accreditation: `accreditation:${scene.armedCapture.accreditation}`,
        channel: 'channel:epp',
        name: `name:${scene.name}`,
      }[kind]!
      const set = (stopped: boolean) =>
        setSwitch(database.db, {
          scope,
          stopped,
          by: 'ops',
          reason: 'storm',
          at: scene.clock.now(),
        })
      await set(true)
      onTestFinished(() => set(false))
      expect(await scene.race()).toEqual({ kind: 'put-off', reason: 'window over' })
      expect(scene.registry.sent('create')).toEqual([])
      const day = scene.clock.now().toISOString().slice(0, 10)
      const { creates } = await readSpending(database.db, scene.armedCapture.accreditation, day)
      expect(creates).toBe(0)
    })

  it('while a switch stands, and the name taken meanwhile was not attempted for that reason', async () => {
    const scene = await open({ rivalAt: into(15_000) })
    const set = (stopped: boolean) =>
      setSwitch(database.db, {
        scope: `name:${scene.name}`,
        stopped,
        by: 'ops',
        reason: 'storm',
        at: into(0),
      })
    await set(true)
    await scene.race()
    expect(await scene.capture()).toMatchObject({
      state: 'lost',
      reason: 'not-attempted',
      rival: RIVAL,
    })
    expect((await scene.capture()).explanation).toContain('storm')
  })

  it('until a switch is turned back during the race', async () => {
    const scene = await open()
    const set = (stopped: boolean) =>
      setSwitch(database.db, {
        scope: `name:${scene.name}`,
        stopped,
        by: 'ops',
        reason: 'storm',
        at: scene.clock.now(),
      })
    await set(true)
    scene.clock.when(into(20_000), () => set(false))
    await scene.race()
    await expectWon(scene)
  })

  it('and nothing is spent when the create that was ready was not needed', async () => {
    const scene = await open({ extension: 'be', dropAt: null })
    await scene.race()
    await scene.race()
    const day = scene.clock.now().toISOString().slice(0, 10)
    const spent = await readSpending(database.db, scene.armedCapture.accreditation, day)
    expect(spent).toEqual({ creates: 0, points: 0 })
    expect((await scene.creates()).map(({ outcome }) => outcome)).toEqual(['not-sent'])
  })

  it('when the day’s share of creates is spent, and that is the reason of the miss', async () => {
    const scene = await open({ deps: { shareOfDay: 0 }, rivalAt: into(15_000), shots: [10_000] })
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'lost' })
    expect(scene.registry.sent('create')).toEqual([])
    expect(await scene.capture()).toMatchObject({ reason: 'throttled', rival: RIVAL })
  })

  it('when nobody knows the price', async () => {
    const scene = await open({ feeCents: null })
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'stood-down' })
    expect(await scene.capture()).toMatchObject({ state: 'stood-down', reason: 'not-attempted' })
    expect(scene.registry.sent('create')).toEqual([])
    expect(await scene.told()).toEqual(['capture.stood-down'])
  })

  it('when it costs more than the ceiling', async () => {
    const scene = await open({ feeCents: 5_001 })
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'stood-down' })
    expect((await scene.capture()).explanation).toContain('ceiling')
    expect(scene.registry.sent('create')).toEqual([])
  })

  it('when the holder’s contact cannot be brought to the registry, and that is our fault', async () => {
    const reason = 'The registry would not take the contact.'
    const scene = await open({ deps: { orderFor: async () => ({ ok: false, reason }) } })
    await scene.race()
    expect(await scene.capture()).toMatchObject({
      state: 'stood-down',
      reason: 'our-fault',
      explanation: reason,
    })
  })

  it('when no open watch is eligible', async () => {
    const scene = await open({
      holders: [{ country: 'FR', state: 'cancelled' }, { country: null }],
    })
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'stood-down' })
    expect(scene.registry.sent('create')).toEqual([])
  })

  it('when the holder got the name back', async () => {
    const scene = await open({ restoredAt: into(5_000) })
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'stood-down' })
    expect(await scene.capture()).toMatchObject({ reason: 'restored' })
    expect(scene.registry.sent('create')).toEqual([])
  })

  it('after the window, which ends nothing either', async () => {
    const scene = await open({ dropAt: null })
    expect(await scene.race()).toEqual({ kind: 'put-off', reason: 'window over' })
    expect((await scene.capture()).state).toBe('finalised')
  })
})

describe('the beneficiary', () => {
  it('is the oldest open watch whose holder the registry accepts, and the others stay open', async () => {
    const scene = await open({
      holders: [
        { country: 'FR', state: 'cancelled' },
        { country: null },
        { country: 'FR' },
        { country: 'DE' },
      ],
    })
    await scene.race()
    expect(await scene.capture()).toMatchObject({
      state: 'won',
      beneficiaryWatchId: scene.watchIds[2],
    })
    expect(await findName(database.db, scene.name)).toMatchObject({ openWatches: 2 })
  })

  it('is fixed before the first create leaves', async () => {
    const scene = await open({ shots: [10_000] })
    let fixed: string | null = null
    scene.clock.when(into(9_900), async () => {
      fixed = (await scene.capture()).beneficiaryWatchId
    })
    await scene.race()
    expect(fixed).toBe(scene.watchIds[0])
    expect((await scene.told()).indexOf('capture.finalised')).toBe(0)
  })

  it('cannot withdraw any more once it is fixed', async () => {
    const scene = await open()
    let refused: unknown
    scene.clock.when(into(5_000), async () => {
      refused = await changeWatch(scene.watchIds[0]!, 'cancel', {
        db: database.db,
        clock: scene.clock,
      })
    })
    await scene.race()
    expect(refused).toMatchObject({ ok: false, because: 'racing' })
    await expectWon(scene)
  })

  it('that withdraws between the choice and its fixing is passed over for the next in line', async () => {
    const scene = await open({ holders: [{ country: 'FR' }, { country: 'FR' }] })
    const cancel = () =>
      changeWatch(scene.watchIds[0]!, 'cancel', { db: database.db, clock: scene.clock })
    // The first check comes after the choice.
    scene.clock.when(into(-59_990), cancel)
    expect((await scene.race()).kind).toBe('put-off')
    await scene.race()
    expect(await scene.capture()).toMatchObject({
      state: 'won',
      beneficiaryWatchId: scene.watchIds[1],
    })
  })

  it('that withdraws meanwhile and has nobody behind it is not fired for', async () => {
    const scene = await open()
    const cancel = () =>
      changeWatch(scene.watchIds[0]!, 'cancel', { db: database.db, clock: scene.clock })
    scene.clock.when(into(-59_990), cancel)
    expect((await scene.race()).kind).toBe('put-off')
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'stood-down' })
    expect(scene.registry.sent('create')).toEqual([])
  })
})

describe('catchers and windows', () => {
  for (const second of ['catcher-2', 'catcher-1'])
    it(`of two that are handed the same job one races, though the second is ${second}`, async () => {
      const scene = await open()
      const ends = await Promise.all([scene.race('catcher-1'), scene.race(second)])
      expect(ends.map(({ kind }) => kind).toSorted()).toEqual(['decided', 'not-mine'])
      await expectWon(scene)
    })

  it('a catcher that waits for the window prolongs its lease long before it runs out', async () => {
    const scene = await open()
    const leases: Date[] = []
    for (let s = -55; s < 0; s += 5)
      scene.clock.when(into(s * 1_000), async () => {
        leases.push((await scene.capture()).catcherUntil!)
        await scene.endLease()
      })
    expect((await scene.race()).kind).toBe('decided')
    for (const until of leases) expect(until.getTime()).toBeGreaterThan(0)
  })

  it('a catcher that has lost its lease to another sends nothing more', async () => {
    const scene = await open({ shots: [10_000] })
    scene.clock.when(into(5_000), async () => {
      await scene.endLease()
      await leaseCapture(database.db, scene.captureId, 'another', 60)
    })
    expect(await scene.race()).toEqual({ kind: 'not-mine' })
    expect(scene.registry.sent('create')).toEqual([])
  })

  it('one that is handed a decided capture does nothing', async () => {
    const scene = await open()
    await scene.race()
    const before = scene.registry.received.length
    expect(await scene.race('catcher-2')).toEqual({ kind: 'not-mine' })
    expect(scene.registry.received).toHaveLength(before)
  })

  it('a catcher that loses its lease while it waits for a permit does not send its create', async () => {
    let scene: Scene | null = null
    const permit = async () => {
      if (scene && (await scene.capture()).state === 'firing') {
        await scene.clock.pass(16_000)
        await scene.endLease()
        await leaseCapture(database.db, scene.captureId, 'another', 60)
      }
      return true
    }
    scene = await open({ windowMs: 60_000, deps: { permit } })
    expect(await scene.race()).toEqual({ kind: 'not-mine' })
    expect(scene.registry.sent('create')).toEqual([])
  })

  it('a leap over planned shots does not bunch them', async () => {
    const scene = await open({ dropAt: into(25_000), shots: [5_000, 6_000, 7_000, 8_000, 25_000] })
    scene.clock.when(into(4_000), () => scene.clock.leapTo(into(7_500)))
    await scene.race()
    await expectWon(scene)
    const instants = scene.registry.sent('create').map(({ at }) => at.getTime() - into(0).getTime())
    expect(instants.filter((at) => at < 7_600)).toEqual([])
    expect(instants.filter((at) => at < 9_000)).toHaveLength(1)
  })

  it('a window that a look moves during the race is followed', async () => {
    const scene = await open({ dropAt: into(60_000) })
    scene.clock.when(into(20_000), () =>
      armCapture(database.db, { ...scene.armedCapture, windowTo: into(90_000) }, []),
    )
    await scene.race()
    await expectWon(scene)
  })

  it('a race that is stopped in the middle is taken up by the next catcher', async () => {
    for (const at of [-30_000, 5_000, 9_990]) {
      const scene = await open({ shots: [10_000] })
      const stop = new AbortController()
      scene.clock.when(into(at), () => stop.abort(new Error('shutting down')))
      await expect(scene.race('catcher-1', stop.signal)).rejects.toThrow('shutting down')
      await scene.race('catcher-2')
      await expectWon(scene)
    }
  })
})
