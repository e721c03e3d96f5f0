import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendEvent, eventCall, readEvents } from '../../src/store/outbox.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'

const at = new Date('2030-03-01T10:00:00.123Z')
const changed = { scope: 'all', stopped: true, by: 'ops', reason: 'storm "in" Brussels' }

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

test('an event is read back as it was told', async () => {
  const seq = await appendEvent(database.db, 'switch.changed', 'switch:all', 'one', at, changed)
  expect(await readEvents(database.db, { subject: 'switch:all', limit: 10 })).toEqual([
    {
      id: expect.any(String),
      seq,
      type: 'switch.changed',
      subject: 'switch:all',
      subjectSeq: 1,
      at,
      data: changed,
    },
  ])
})

test('a fact told twice is one event', async () => {
  const tell = () => appendEvent(database.db, 'switch.changed', 'switch:twice', 'two', at, changed)
  const first = await tell()
  expect(await Promise.all([tell(), tell(), tell()])).toEqual([first, first, first])
  expect(await readEvents(database.db, { subject: 'switch:twice', limit: 10 })).toHaveLength(1)
})

test('events of one subject told at once count from one without a gap', async () => {
  await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      appendEvent(database.db, 'switch.changed', 'switch:busy', `busy-${i % 30}`, at, changed),
    ),
  )
  const told = await readEvents(database.db, { subject: 'switch:busy', limit: 100 })
  expect(told.map((event) => event.subjectSeq)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
})

test('an event whose statement fails was never told, and leaves no gap', async () => {
  const call = eventCall('switch.changed', 'switch:failed', 'failed', at, changed)
  await expect(
    database.db.execute(sql`with told as (select ${call} as seq) select 1 / (seq - seq) from told`),
  ).rejects.toThrow()
  await appendEvent(database.db, 'switch.changed', 'switch:failed', 'again', at, changed)
  const [event] = await readEvents(database.db, { subject: 'switch:failed', limit: 10 })
  expect(event?.subjectSeq).toBe(1)
})

test('reading goes on after a sequence number', async () => {
  const all = await readEvents(database.db, { limit: 1000 })
  const middle = all[5]!
  const rest = await readEvents(database.db, { afterSeq: middle.seq, limit: 3 })
  expect(rest.map((event) => event.seq)).toEqual(all.slice(6, 9).map((event) => event.seq))
})

test('an event is announced on the channel vigie_events once it is committed', async () => {
  let heard: (payload: string) => void = () => {}
  const announced = new Promise<string>((resolve) => {
    heard = resolve
  })
  const unlisten = await database.listen('vigie_events', (payload) => heard(payload))
  const seq = await appendEvent(database.db, 'switch.changed', 'switch:loud', 'loud', at, changed)
  expect(await announced).toBe(String(seq))
  await unlisten()
})
