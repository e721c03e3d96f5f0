import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DomainName } from '../../src/domain/name.ts'
import { contacts } from '../../src/store/schema/customers.ts'
import { findBeneficiary, openWatches } from '../../src/store/watches.ts'
import { addOrder, addWatch } from '../dashboard/scene.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { daysFrom } from '../support/name-row.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const name = 'wanted.com' as DomainName

it('open watches come oldest first, each with what is known of its holder, and no other watch', async () => {
  const { db } = database
  const watch = async (days: number, change = {}) =>
    addWatch(db, await addOrder(db), name, { openedAt: daysFrom(days), ...change })
  const young = await watch(-1, { nicHandle: 'YOUNG' })
  const old = await watch(-9)
  for (const state of ['paused', 'cancelled', 'won', 'ended'] as const) await watch(-20, { state })
  await addWatch(db, await addOrder(db), 'other.com')
  const updatedAt = daysFrom(-30)
  const contact = { nicHandle: 'YOUNG', sealed: '', country: 'BR', citizenship: 'FR', updatedAt }
  await db.insert(contacts).values(contact)
  expect(await openWatches(db, name)).toMatchObject([
    { watchId: old, nicHandle: 'MD1042-VIGIE', country: null, citizenship: null },
    { watchId: young, nicHandle: 'YOUNG', country: 'BR', citizenship: 'FR' },
  ])
})

it('watches of one instant come in the order of their ids', async () => {
  const { db } = database
  const twin = 'twin.com' as DomainName
  const ids = []
  for (let i = 0; i < 5; i++) ids.push(await addWatch(db, await addOrder(db), twin))
  expect((await openWatches(db, twin)).map(({ watchId }) => watchId)).toEqual(ids.toSorted())
})

it('a beneficiary is found though his watch is not open any more, and nobody is nobody', async () => {
  const { db } = database
  const orderId = await addOrder(db)
  const watchId = await addWatch(db, orderId, name, { state: 'won' })
  expect(await findBeneficiary(db, watchId)).toEqual({
    watchId,
    orderId,
    nicHandle: 'MD1042-VIGIE',
  })
  expect(await findBeneficiary(db, null)).toBeNull()
  expect(await findBeneficiary(db, randomUUID())).toBeNull()
})
