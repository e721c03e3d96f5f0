import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CaptureState } from '../../src/domain/capture-state.ts'
import type { DomainName } from '../../src/domain/name.ts'
import { moveCapture } from '../../src/store/captures.ts'
import { findName } from '../../src/store/names.ts'
import { findHeldName, saveHeldName } from '../../src/store/portfolio.ts'
import { orderLines } from '../../src/store/schema/customers.ts'
import { watches } from '../../src/store/schema/watching.ts'
import { missChanges, winChanges } from '../../src/store/settlement.ts'
import { addCapture, addLine, addName, addOrder, addWatch } from '../dashboard/scene.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { AT, daysFrom } from '../support/name-row.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

let made = 0
/** A capture in some state, and two customers who watch its name. */
async function scene(state: CaptureState) {
  const { db } = database
  const name = await addName(db, `settled-${++made}.com`, {
    openWatches: 2,
    claimedUntil: daysFrom(9),
  })
  const [first, second] = [await addOrder(db), await addOrder(db)]
  for (const orderId of [first, second]) await addLine(db, orderId, name)
  const watchId = await addWatch(db, first, name)
  const otherId = await addWatch(db, second, name)
  const captureId = await addCapture(db, name, { state })
  const to = { watchId, orderId: first, nicHandle: 'MD1042-VIGIE' }
  const stateOf = async (id: string) =>
    (await db.select().from(watches).where(eq(watches.id, id)))[0]!.state
  const linesOf = async () =>
    (await db.select().from(orderLines).where(eq(orderLines.name, name))).map((line) => [
      line.orderId === first ? 'first' : 'second',
      line.state,
    ])
  return {
    name,
    win: (expiresAt: Date | null = daysFrom(365)) =>
      moveCapture(db, captureId, ['firing'], 'won', {}, [], winChanges(name, to, expiresAt, AT)),
    miss: () => moveCapture(db, captureId, ['firing'], 'lost', {}, [], missChanges(name, AT)),
    seen: async () => ({
      watch: await stateOf(watchId),
      other: await stateOf(otherId),
      lines: (await linesOf()).toSorted(),
      held: await findHeldName(db, name),
      row: (await findName(db, name))!,
    }),
  }
}

it('a win fulfils the watch and the order line, enters the portfolio and leaves the other watch open', async () => {
  const { name, win, seen } = await scene('firing')
  const before = (await seen()).row.version
  expect(await win()).toBe(true)
  const { row, ...rest } = await seen()
  expect(rest).toMatchObject({
    watch: 'won',
    other: 'open',
    lines: [
      ['first', 'joined'],
      ['second', 'watched'],
    ],
    held: { name, nicHandle: 'MD1042-VIGIE', expiresAt: daysFrom(365), updatedAt: AT },
  })
  expect(row).toMatchObject({ openWatches: 1, nextLookAt: AT, version: before + 1 })
})

it('a win told twice counts once', async () => {
  const { win, seen } = await scene('firing')
  expect(await Promise.all([win(), win()]).then((won) => won.toSorted())).toEqual([false, true])
  expect((await seen()).row.openWatches).toBe(1)
})

it('a capture that did not move changes nothing beside it', async () => {
  const { win, miss, seen } = await scene('stood-down')
  const before = await seen()
  expect(await win()).toBe(false)
  expect(await miss()).toBe(false)
  expect(await seen()).toEqual(before)
  expect(before).toMatchObject({ watch: 'open', held: null })
})

it('a win of a name that the portfolio still knows by an earlier holder takes it over', async () => {
  const { name, win, seen } = await scene('firing')
  const earlier = {
    name: name as DomainName,
    nicHandle: 'SOMEBODY',
    expiresAt: null,
    updatedAt: daysFrom(-9),
  }
  await saveHeldName(database.db, earlier)
  await win(null)
  expect((await seen()).held).toMatchObject({
    nicHandle: 'MD1042-VIGIE',
    expiresAt: null,
    updatedAt: AT,
  })
})

it('a miss has the name looked at again at once, and every watch stays', async () => {
  const { miss, seen } = await scene('firing')
  expect(await miss()).toBe(true)
  const { row, ...rest } = await seen()
  expect(rest).toMatchObject({ watch: 'open', other: 'open', held: null })
  expect(row).toMatchObject({
    openWatches: 2,
    nextLookAt: AT,
    nextLookBecause: 'after-miss',
    claimedUntil: null,
  })
})
