import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { findName } from '../../src/store/names.ts'
import { postponeCapture } from '../../src/store/captures.ts'
import { readSpending } from '../../src/store/ledger.ts'
import { setSwitch } from '../../src/store/switches.ts'
import { changeWatch } from '../../src/orders/watch-control.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Fault, RIVAL, type Verb } from '../support/fake-line.ts'
import { after, openRace, type Scene, type Setting } from '../support/race.ts'

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
  expect(scene.registry.holder()).toBe('us')
  expect(scene.registry.executed()).toHaveLength(1)
  expect(await scene.capture()).toMatchObject({ state: 'won', beneficiaryWatchId: scene.watchIds[0] })
  expect((await scene.told()).filter((type) => type === 'capture.won')).toHaveLength(1)
}

describe('a name that drops', () => {
  it('is won at sight of its drop', async () => {
    const scene = await open()
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'won' })
    await expectWon(scene)
    expect(await scene.capture()).toMatchObject({ priceCents: 900 })
    // .com may be asked four times a second.
    expect(scene.registry.executed()[0]!.at.getTime() - after(10_000).getTime()).toBeLessThan(600)
  })

  it('is won by a shot that was planned, at its instant of the registry’s clock', async () => {
    const scene = await open({ shots: [10_000], offsetMs: 1_234, tripMs: 0 })
    expect(await scene.race()).toEqual({ kind: 'decided', state: 'won' })
    await expectWon(scene)
    const late = scene.registry.executed()[0]!.at.getTime() - after(10_000).getTime()
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
    for (const { outcome } of await scene.creates()) expect(['created', 'not-sent']).toContain(outcome)
  })

  it('is asked for with leave for every command', async () => {
    const scene = await open({ shots: [2_000, 4_000, 10_000] })
    await scene.race()
    expect(scene.registry.received.length).toBeLessThanOrEqual(scene.permits.granted)
  })
})

describe('a name that somebody else gets', () => {
  it('is lost to the rival, and the gap says by how much', async () => {
    const scene = await open({ shots: [10_000], rivalAt: after(10_005), tripMs: 100 })
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
    const scene = await open({ rivalAt: after(10_000), deps: { sponsorOf: async () => 'Grab Ltd' } })
    await scene.race()
    expect(await scene.capture()).toMatchObject({ reason: 'beaten', rival: 'Grab Ltd' })
  })

  it('stays watched by everybody who watched it, and is looked at again at once', async () => {
    const scene = await open({ rivalAt: after(10_000) })
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
    expect((await scene.creates()).map(({ outcome }) => outcome)).toEqual(['not-executed', 'created'])
  })

  it('is lost when info shows a rival', async () => {
    const scene = await open({
      fault: faultAt('create', 0, lost(false)),
      rivalAt: after(12_000),
    })
    await scene.race()
    expect(await scene.capture()).toMatchObject({ state: 'lost', rival: RIVAL })
  })

  for (const executed of [true, false])
    it(`stays undetermined while info is silent too, and the next race asks first (executed: ${executed})`, async () => {
      let silent = true
      const scene = await open({
        windowMs: 120_000,
        fault: (verb, nth) =>
          (verb === 'create' && nth === 0) || (verb === 'info' && created && silent)
            ? lost(executed && verb === 'create')
            : undefined,
      })
      let created = false
      const fault = scene.registry
      created = fault.sent('create').length > 0
      expect((await scene.race()).kind).toBe('put-off')
      silent = false
      expect(await scene.race()).toEqual({ kind: 'decided', state: 'won' })
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
void [onTestFinished, postponeCapture, readSpending, setSwitch, changeWatch]
