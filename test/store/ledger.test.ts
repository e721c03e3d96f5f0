import { afterAll, beforeAll, expect, test } from 'vitest'
import { giveBack, readSpending, seedSpending, spend } from '../../src/store/ledger.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const day = '2030-03-01'
const one = { creates: 1, points: 2 }

test('creates and points are spent up to their limits and not beyond', async () => {
  const { db } = database
  const limits = { creates: 2, points: 100 }
  expect(await spend(db, 'exact', day, one, limits)).toBe(true)
  expect(await spend(db, 'exact', day, one, limits)).toBe(true)
  expect(await spend(db, 'exact', day, one, limits)).toBe(false)
  expect(await readSpending(db, 'exact', day)).toEqual({ creates: 2, points: 4 })
})

test('either limit alone stops it', async () => {
  const { db } = database
  expect(await spend(db, 'points', day, one, { creates: 9, points: 1 })).toBe(false)
  expect(await spend(db, 'creates', day, one, { creates: 0, points: 9 })).toBe(false)
  expect(await readSpending(db, 'points', day)).toEqual({ creates: 0, points: 0 })
})

test('many processes at once never pass a limit', async () => {
  const { db } = database
  const limits = { creates: 100, points: 33 }
  const spent = await Promise.all(
    Array.from({ length: 60 }, () => spend(db, 'busy', day, one, limits)),
  )
  expect(spent.filter(Boolean)).toHaveLength(16)
  expect(await readSpending(db, 'busy', day)).toEqual({ creates: 16, points: 32 })
})

test('another day and another accreditation have their own', async () => {
  const { db } = database
  const limits = { creates: 1, points: 2 }
  expect(await spend(db, 'own', day, one, limits)).toBe(true)
  expect(await spend(db, 'own', '2030-03-02', one, limits)).toBe(true)
  expect(await spend(db, 'other', day, one, limits)).toBe(true)
})

test('a limit without bound is taken', async () => {
  const limits = { creates: 5, points: Number.MAX_SAFE_INTEGER }
  expect(await spend(database.db, 'unbound', day, one, limits)).toBe(true)
})

test('the registry’s own counter raises the figures and never lowers them', async () => {
  const { db } = database
  await seedSpending(db, 'seeded', day, { creates: 7, points: 3 })
  await seedSpending(db, 'seeded', day, { creates: 5, points: 9 })
  expect(await readSpending(db, 'seeded', day)).toEqual({ creates: 7, points: 9 })
})

test('what was spent and not used is given back, and never more than was spent', async () => {
  const { db } = database
  await spend(db, 'given', day, { creates: 3, points: 30 }, { creates: 9, points: 90 })
  await giveBack(db, 'given', day, { creates: 1, points: 10 })
  expect(await readSpending(db, 'given', day)).toEqual({ creates: 2, points: 20 })
  await giveBack(db, 'given', day, { creates: 0, points: 50 })
  expect(await readSpending(db, 'given', day)).toEqual({ creates: 2, points: 0 })
  await giveBack(db, 'given', '2030-03-09', { creates: 1, points: 1 })
  expect(await readSpending(db, 'given', '2030-03-09')).toEqual({ creates: 0, points: 0 })
})

test('nothing can be put back by spending', async () => {
  const back = { creates: -1, points: 0 }
  await expect(spend(database.db, 'back', day, back, one)).rejects.toThrow(RangeError)
})
