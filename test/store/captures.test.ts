import { randomUUID } from 'node:crypto'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CAPTURE_STATES } from '../../src/domain/capture-state.ts'
import type { DomainName } from '../../src/domain/name.ts'
import { planAttempts, recordAttempt } from '../../src/store/attempts.ts'
import {
  type ArmedCapture,
  armCapture,
  type CaptureRow,
  captureIdOf,
  countCaptures,
  dueCaptures,
  finaliseCapture,
  findCapture,
  leaseCapture,
  moveCapture,
  postponeCapture,
  releaseCapture,
  undecidedCapture,
} from '../../src/store/captures.ts'
import { eventCall, readEvents } from '../../src/store/outbox.ts'
import { attempts, captures } from '../../src/store/schema/capturing.ts'
import { watches } from '../../src/store/schema/watching.ts'
import { moveWatch } from '../../src/store/watch-list.ts'
import { addOrder, addWatch } from '../dashboard/scene.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { AT, daysFrom } from '../support/name-row.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.delete(attempts)
  await database.db.delete(captures)
})

const name = 'old.com' as DomainName
const armed: ArmedCapture = {
  name,
  extension: 'com',
  registry: 'verisign',
  registrationKey: 'OLD-1',
  accreditation: 'vigie@verisign',
  windowFrom: AT,
  windowTo: daysFrom(1),
  shots: [AT.getTime()],
  armedAt: daysFrom(-3),
}
const id = captureIdOf(name, 'OLD-1')
const arm = (change: Partial<ArmedCapture> = {}) =>
  armCapture(database.db, { ...armed, ...change }, [])
const put = (change: Partial<CaptureRow>) =>
  database.db.update(captures).set(change).where(eq(captures.id, id))
const find = async () => (await findCapture(database.db, id))!
const stoodDown = (dedupe: string, to = id) =>
  eventCall('capture.stood-down', `capture:${to}`, dedupe, AT, {
    captureId: to,
    name,
    reason: 'restored',
    explanation: '',
  })

describe('arming', () => {
  it('twice is arming once: the newer window and shots hold, the first instant stays', async () => {
    expect(await arm()).toBe('armed')
    expect(await arm({ windowTo: daysFrom(2), shots: [], armedAt: AT })).toBe('armed')
    expect(await database.db.select().from(captures)).toHaveLength(1)
    expect(await find()).toMatchObject({ windowTo: daysFrom(2), shots: [], armedAt: daysFrom(-3) })
  })

  it('by many looks at once is arming once', async () => {
    await Promise.all(Array.from({ length: 8 }, () => arm()))
    expect(await database.db.select().from(captures)).toHaveLength(1)
  })

  it('moves the window of a race that is under way, and of no capture that is over or undetermined', async () => {
    await arm()
    for (const state of CAPTURE_STATES) {
      await put({ state, windowTo: daysFrom(1) })
      const moves = ['armed', 'finalised', 'firing'].includes(state)
      expect(await arm({ windowTo: daysFrom(9) })).toBe(moves ? state : null)
      expect((await find()).windowTo).toEqual(moves ? daysFrom(9) : daysFrom(1))
    }
  })

  it('for another registration of the name is another capture', async () => {
    await arm()
    await arm({ registrationKey: 'NEW-1' })
    expect(await database.db.select().from(captures)).toHaveLength(2)
  })
})

it('an id tells apart names and registrations, and is a UUID of version 8', () => {
  expect(captureIdOf(name, 'OLD-1')).toBe(id)
  expect(captureIdOf(name, 'OLD-2')).not.toBe(id)
  expect(captureIdOf('1old.com' as DomainName, 'OLD-1')).not.toBe(id)
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
})

describe('a lease', () => {
  const lease = (catcher: string, seconds = 60) => leaseCapture(database.db, id, catcher, seconds)

  it('is given to one of many catchers at once', async () => {
    await arm()
    const got = await Promise.all(Array.from({ length: 8 }, (_, i) => lease(`catcher-${i}`)))
    expect(got.filter((row) => row !== null)).toHaveLength(1)
  })

  it('is prolonged by its catcher and by nobody else', async () => {
    await arm()
    await lease('catcher-1', 1)
    expect((await lease('catcher-1', 60))?.catcher).toBe('catcher-1')
    expect(await lease('catcher-2')).toBeNull()
  })

  it('runs out by the database’s clock', async () => {
    await arm()
    await lease('catcher-1')
    await put({ catcherUntil: new Date(0) })
    expect((await lease('catcher-2'))?.catcher).toBe('catcher-2')
    expect(await lease('catcher-1')).toBeNull()
  })

  it('is given back by its catcher only', async () => {
    await arm()
    await lease('catcher-1')
    await releaseCapture(database.db, id, 'catcher-2')
    expect(await lease('catcher-2')).toBeNull()
    await releaseCapture(database.db, id, 'catcher-1')
    expect(await lease('catcher-2')).not.toBeNull()
  })

  it('is to be had of an undecided capture only', async () => {
    await arm()
    for (const state of CAPTURE_STATES) {
      await put({ state, catcherUntil: null })
      const isOpen = ['armed', 'finalised', 'firing', 'undetermined'].includes(state)
      expect((await lease('catcher')) !== null, state).toBe(isOpen)
    }
  })
})

describe('a step of the state machine', () => {
  const told = async () =>
    (await readEvents(database.db, { subject: `capture:${id}`, limit: 99 })).length

  it('is taken and told together', async () => {
    await arm()
    const before = await told()
    const written = { reason: 'restored', decidedAt: AT } as const
    const step = moveCapture(database.db, id, ['armed'], 'stood-down', written, [stoodDown('one')])
    expect(await step).toBe(true)
    expect(await find()).toMatchObject({ state: 'stood-down', ...written })
    expect(await told()).toBe(before + 1)
  })

  it('from a state that it is not in is neither taken nor told, and nothing beside it happens', async () => {
    await arm()
    const before = await told()
    const beside = sql`update captures set explanation = 'touched' where exists (select 1 from moved)`
    const step = moveCapture(database.db, id, ['firing'], 'won', {}, [stoodDown('two')], [beside])
    expect(await step).toBe(false)
    expect(await find()).toMatchObject({ state: 'armed', explanation: '' })
    expect(await told()).toBe(before)
  })

  it('is taken by one of many at once', async () => {
    await arm()
    const taken = await Promise.all(
      Array.from({ length: 8 }, () => moveCapture(database.db, id, ['armed'], 'finalised', {}, [])),
    )
    expect(taken.filter(Boolean)).toHaveLength(1)
  })
})

describe('fixing the beneficiary', () => {
  it('is refused when his watch is not open, or the capture is not armed', async () => {
    const watchId = await addWatch(database.db, await addOrder(database.db), name)
    await arm()
    await database.db.update(watches).set({ state: 'paused' }).where(eq(watches.id, watchId))
    expect(await finaliseCapture(database.db, id, watchId, AT, [stoodDown('no')])).toBe(false)
    await database.db.update(watches).set({ state: 'open' }).where(eq(watches.id, watchId))
    await put({ state: 'firing' })
    expect(await finaliseCapture(database.db, id, watchId, AT, [])).toBe(false)
    expect(await find()).toMatchObject({ state: 'firing', beneficiaryWatchId: null })
    await put({ state: 'armed' })
    expect(await finaliseCapture(database.db, id, watchId, AT, [])).toBe(true)
    expect(await find()).toMatchObject({ state: 'finalised', beneficiaryWatchId: watchId })
  })

  it('and withdrawing at the same moment never both succeed', async () => {
    const { db } = database
    const orderId = await addOrder(db)
    let [fixed, withdrawn] = [0, 0]
    for (let i = 0; i < 40; i++) {
      const contested = `contested-${i}.com` as DomainName
      const watchId = await addWatch(db, orderId, contested)
      await arm({ name: contested })
      const captureId = captureIdOf(contested, 'OLD-1')
      const cancel = { from: 'open', to: 'cancelled', reason: '', at: AT } as const
      const [won, gone] = await Promise.all(
        i % 2
          ? [finaliseCapture(db, captureId, watchId, AT, []), moveWatch(db, watchId, cancel, [])]
          : [
              moveWatch(db, watchId, cancel, []),
              finaliseCapture(db, captureId, watchId, AT, []),
            ].reverse(),
      )
      expect([won, gone].filter(Boolean), contested).toHaveLength(1)
      if (won) fixed++
      else withdrawn++
    }
    expect(fixed + withdrawn).toBe(40)
  })

  it('waits for a withdrawal that came first, and then sees it', async () => {
    const { db } = database
    const watchId = await addWatch(db, await addOrder(db), name)
    await arm()
    let fixing: Promise<boolean> | undefined
    await db.transaction(async (tx) => {
      await moveWatch(
        tx as never,
        watchId,
        { from: 'open', to: 'cancelled', reason: '', at: AT },
        [],
      )
      fixing = finaliseCapture(db, id, watchId, AT, [])
      await untilSomebodyWaits(db)
    })
    expect(await fixing).toBe(false)
  })

  it('that came first makes a withdrawal wait, and refuses it', async () => {
    const { db } = database
    const watchId = await addWatch(db, await addOrder(db), name)
    await arm()
    let withdrawal: Promise<boolean> | undefined
    await db.transaction(async (tx) => {
      await finaliseCapture(tx as never, id, watchId, AT, [])
      withdrawal = moveWatch(db, watchId, { from: 'open', to: 'cancelled', reason: '', at: AT }, [])
      await untilSomebodyWaits(db)
    })
    expect(await withdrawal).toBe(false)
  })
})

/** Until a statement waits for a lock. */
async function untilSomebodyWaits(db: TestDatabase['db']): Promise<void> {
  for (;;) {
    const waiting = await db.execute(
      sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if ([...waiting].length > 0) return
  }
}

describe('captures that want a catcher', () => {
  const due = () => dueCaptures(database.db, daysFrom(-0.01), AT, 9)

  it('have a window that opens before the horizon and is not over', async () => {
    await arm()
    expect(await due()).toEqual([id])
    await put({ windowFrom: new Date(AT.getTime() + 1) })
    expect(await due()).toEqual([])
    await put({ windowFrom: daysFrom(-2), windowTo: daysFrom(-1) })
    expect(await due()).toEqual([])
  })

  it('are undecided, and have no catcher', async () => {
    await arm()
    for (const state of CAPTURE_STATES) {
      await put({ state, catcherUntil: null })
      const isOpen = ['armed', 'finalised', 'firing', 'undetermined'].includes(state)
      expect((await due()).length === 1, state).toBe(isOpen)
      await put({ catcherUntil: daysFrom(3_650) })
      expect(await due()).toEqual([])
      await put({ catcherUntil: new Date(0) })
      expect((await due()).length === 1, state).toBe(isOpen)
    }
  })

  it('are also those past their window of which something is not known', async () => {
    await arm()
    const past = { windowFrom: daysFrom(-2), windowTo: daysFrom(-1) }
    await put({ state: 'undetermined', ...past })
    expect(await due()).toEqual([id])
    await put({ state: 'firing', ...past })
    expect(await due()).toEqual([])
    const create = {
      captureId: id,
      command: 'create',
      clTRID: 'T-1',
      plannedAt: AT,
      session: null,
    } as const
    await planAttempts(database.db, [create])
    expect(await due()).toEqual([id])
    for (const outcome of ['undetermined', 'create-pending', 'created']) {
      await recordAttempt(database.db, 'T-1', { outcome })
      expect(await due(), outcome).toEqual([id])
    }
    for (const outcome of ['exists', 'not-sent', 'not-executed', 'refused', 'no-session']) {
      await recordAttempt(database.db, 'T-1', { outcome })
      expect(await due(), outcome).toEqual([])
    }
  })

  it('come in the order of their windows', async () => {
    await arm()
    await arm({ name: 'sooner.com' as DomainName, windowFrom: daysFrom(-1) })
    expect((await due())[0]).toBe(captureIdOf('sooner.com' as DomainName, 'OLD-1'))
  })
})

it('postponing keeps the length of the window, an hour at least, and drops the planned shots', async () => {
  await arm()
  await postponeCapture(database.db, id, daysFrom(5))
  expect(await find()).toMatchObject({ windowFrom: daysFrom(5), windowTo: daysFrom(6), shots: [] })
  await put({ windowTo: daysFrom(5) })
  await postponeCapture(database.db, id, daysFrom(7))
  expect((await find()).windowTo).toEqual(daysFrom(7 + 1 / 24))
  await put({ state: 'won' })
  await postponeCapture(database.db, id, daysFrom(9))
  expect((await find()).windowFrom).toEqual(daysFrom(7))
})

it('the undecided capture of a name is the one armed last, and decided ones are counted', async () => {
  await arm()
  await arm({ registrationKey: 'NEW-1', armedAt: AT })
  expect((await undecidedCapture(database.db, name))?.registrationKey).toBe('NEW-1')
  expect(await countCaptures(database.db, name)).toBe(0)
  await put({ state: 'lost' })
  await database.db
    .update(captures)
    .set({ state: 'stood-down' })
    .where(eq(captures.registrationKey, 'NEW-1'))
  expect(await undecidedCapture(database.db, name)).toBeNull()
  expect(await countCaptures(database.db, name)).toBe(2)
  expect(await findCapture(database.db, randomUUID())).toBeNull()
})
