import { afterAll, beforeAll, expect, it } from 'vitest'
import { eachCapture, listCaptures } from '../../src/store/capture-list.ts'
import { addCapture, fromNow, HOUR } from '../dashboard/scene.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'

const EVERY = { extension: null, outcome: null, reason: null, from: null, before: null }

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

it('hands out every capture once, batch by batch, though several were decided at the same instant', async () => {
  const { db } = database
  for (let i = 0; i < 7; i++)
    await addCapture(db, `tie-${i}.com`, { state: 'won', decidedAt: fromNow(0) })
  for (let i = 0; i < 4; i++)
    await addCapture(db, `open-${i}.fr`, { windowFrom: fromNow(i * HOUR) })
  const { rows } = await listCaptures(db, EVERY, 1, 50)
  for (const batch of [1, 2, 3, 11, 50]) {
    const names: string[] = []
    for await (const { id } of eachCapture(db, EVERY, batch)) names.push(id)
    expect(names).toEqual(rows.map(({ id }) => id))
  }
})
