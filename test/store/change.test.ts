import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { change } from '../../src/store/change.ts'
import { eventCall, readEvents } from '../../src/store/outbox.ts'
import { ledger } from '../../src/store/schema/capturing.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { AT } from '../support/name-row.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.delete(ledger)
  await database.db.insert(ledger).values({ accreditation: 'us', day: '2030-03-01', creates: 1 })
})

let subjects = 0
/** Adds to the row's creates if its number is as expected, and tells two events about a subject of its own. */
async function step(expected: number, beside = sql`select 1`) {
  const subject = `switch:${++subjects}`
  const data = { scope: subject, stopped: true, by: 'ops', reason: '' }
  const events = ['a', 'b'].map((key) =>
    eventCall('switch.changed', subject, subject + key, AT, data),
  )
  const statement = sql`update ledger set creates = creates + 1 where creates = ${expected} returning creates`
  const rows = change(database.db, statement, events, [beside])
  const told = async () =>
    (await readEvents(database.db, { subject, limit: 9 })).map((e) => e.subjectSeq)
  return { rows: await rows.catch((fault) => fault as Error), told: await told() }
}
const creates = async () => (await database.db.select().from(ledger)).map((row) => row.creates)

it('a change is made and told, each event once and in order', async () => {
  const { rows, told } = await step(1)
  expect(rows).toMatchObject([{ creates: 2 }])
  expect(told).toEqual([1, 2])
})

it('a change whose condition does not hold is not told', async () => {
  expect(await step(7)).toEqual({ rows: [], told: [] })
  expect(await creates()).toEqual([1])
})

it('a fault beside it undoes the change and its events', async () => {
  const { rows, told } = await step(
    1,
    sql`insert into ledger select 'them', '2030', 1 / (creates - creates), 0 from moved`,
  )
  expect(rows).toBeInstanceOf(Error)
  expect(told).toEqual([])
  expect(await creates()).toEqual([1])
})

it('what stands beside it sees the rows of the change and happens with it', async () => {
  await step(1, sql`insert into ledger select 'them', '2030', creates * 10, 0 from moved`)
  expect((await creates()).toSorted((a, b) => a - b)).toEqual([2, 20])
})

it('a change of several rows tells of each of them what is told once as one event', async () => {
  await database.db.insert(ledger).values({ accreditation: 'them', day: '2030-03-01', creates: 1 })
  const { rows, told } = await step(1)
  expect(rows).toHaveLength(2)
  expect(told).toEqual([1, 2])
})
