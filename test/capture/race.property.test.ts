import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { concede } from '../../src/capture/concede.ts'
import { isFinal } from '../../src/domain/capture-state.ts'
import { armCapture, dueCaptures } from '../../src/store/captures.ts'
import { findName } from '../../src/store/names.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { type Fault, RIVAL, type Verb } from '../support/fake-line.ts'
import { into, openRace, type Scene } from '../support/race.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const executed = fc.boolean()
const anyFault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({ kind: fc.constantFrom('lost', 'cut', 'crash'), executed }),
  fc.record({ kind: fc.constant('code'), code: fc.constantFrom(1001, 2302, 2400, 2500), executed }),
  fc.constant<Fault>({ kind: 'code', code: 2502 }),
)
const faultsWithin = (commands: number) =>
  fc.array(fc.tuple(fc.nat(commands), anyFault), { maxLength: 4 }).map((list) => new Map(list))

/** One registration's end as it may go, and everything that may go wrong meanwhile. */
const anyStory = fc.record({
  extension: fc.constantFrom('com', 'be'),
  drop: fc.option(fc.integer({ min: 0, max: 35_000 }), { freq: 6 }),
  rivalAfter: fc.option(fc.nat(3_000)),
  restored: fc.option(fc.nat(30_000), { freq: 1 }),
  shots: fc.uniqueArray(fc.nat(30_000), { maxLength: 4 }).map((at) => at.sort((a, b) => a - b)),
  offsetMs: fc.integer({ min: -2_000, max: 2_000 }),
  tripMs: fc.constantFrom(0, 20, 300),
  /** By the number of the command, and by its number from the first create on. */
  faults: faultsWithin(70),
  faultsFromCreate: faultsWithin(5),
  stops: fc.array(fc.integer({ min: -60_000, max: 40_000 }), { maxLength: 2 }),
})
type Story = typeof anyStory extends fc.Arbitrary<infer S> ? S : never

function open(story: Story): Promise<Scene> {
  const { drop, rivalAfter, restored, faults, faultsFromCreate, ...rest } = story
  let fromCreate = -1
  const fault = (verb: Verb, _nth: number, ofAll: number): Fault | undefined => {
    if (fromCreate >= 0 || verb === 'create') fromCreate++
    return faultsFromCreate.get(fromCreate) ?? faults.get(ofAll)
  }
  return openRace(database.db, {
    ...rest,
    fault,
    dropAt: drop === null ? null : into(drop),
    ...(drop !== null && rivalAfter !== null && { rivalAt: into(drop + rivalAfter) }),
    ...(drop === null && restored !== null && { restoredAt: into(restored) }),
  })
}

/** One race to its end, or to the death of its process. */
async function raceOnce(scene: Scene, stop: AbortController): Promise<void> {
  const crashed = new Promise<void>((resolve) => scene.registry.onCrash(resolve))
  const dies = crashed.then(() => scene.endLease())
  const ends = scene.race('catcher', stop.signal).catch((fault) => {
    if (!stop.signal.aborted) throw fault
  })
  await Promise.race([dies, ends])
}

/** The sweep, the catchers and the looks, until nothing is left to be done. */
async function live(scene: Scene, stops: readonly number[]): Promise<void> {
  const { db } = database
  let stop = new AbortController()
  for (const at of stops) scene.clock.when(into(at), () => stop.abort(new Error('stopped')))
  for (let round = 0; round < 60; round++) {
    const now = scene.clock.now()
    const due = await dueCaptures(db, now, new Date(now.getTime() + 300_000), 10_000)
    if (due.includes(scene.captureId)) {
      stop = new AbortController()
      await raceOnce(scene, stop)
    } else if (isFinal((await scene.capture()).state)) return
    else if (!(await lookAgain(scene))) return
    await scene.clock.pass(5_000)
  }
  throw new Error('the capture does not come to an end')
}

/** What a look does after the window. @returns false when the name is held as before. */
async function lookAgain(scene: Scene): Promise<boolean> {
  const { db } = database
  const now = scene.clock.now()
  const row = (await findName(db, scene.name))!
  switch (scene.registry.standing()) {
    case 'nobody':
      await armCapture(
        db,
        {
          ...scene.armedCapture,
          windowFrom: now,
          windowTo: new Date(now.getTime() + 120_000),
          shots: [],
        },
        [],
      )
      return true
    case 'us':
    case 'rival':
      await concede({ ...row, sponsor: RIVAL }, 'replaced', db, now)
      return true
    case 'restored':
      await concede(row, 'restored', db, now)
      return true
    case 'old':
      return false
  }
}

it('one registration ends in one outcome that is true, whatever goes wrong', async () => {
  await fc.assert(
    fc.asyncProperty(anyStory, async (story) => {
      const scene = await open(story)
      await live(scene, story.stops)
      const { registry } = scene
      const { state, reason } = await scene.capture()
      const told = await scene.told()

      expect(registry.executed().length, 'creates carried out').toBeLessThanOrEqual(1)
      expect(state === 'won', `recorded ${state}`).toBe(registry.standing() === 'us')
      if (isFinal(state) && state !== 'won') expect(reason, state).not.toBeNull()
      if (!isFinal(state)) expect(registry.standing()).toBe('old')
      if (reason === 'beaten') expect(registry.standing(), 'beaten').toBe('rival')
      if (reason === 'restored') expect(registry.standing(), 'restored').toBe('restored')
      const outcomes = told.filter((type) => /won|lost|refused|stood-down/.test(type))
      expect(outcomes).toHaveLength(isFinal(state) ? 1 : 0)
    }),
    { numRuns: 40 },
  )
})

it('every create is written down before it leaves, has its permit, and none follows one without an answer unasked', async () => {
  await fc.assert(
    fc.asyncProperty(anyStory, async (story) => {
      const scene = await open(story)
      await live(scene, story.stops)
      const { received } = scene.registry
      const written = (await scene.creates()).map(({ clTRID }) => clTRID)
      for (const { clTRID } of scene.registry.sent('create')) expect(written).toContain(clTRID)
      expect(received.length).toBeLessThanOrEqual(scene.permits.granted)
      received.forEach(({ verb, answered }, i) => {
        if (verb !== 'create' || answered) return
        const next = received.slice(i + 1).find((command) => command.verb !== 'check')
        expect(next?.verb ?? 'info').toBe('info')
      })
    }),
    { numRuns: 15 },
  )
})
