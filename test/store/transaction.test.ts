import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Database } from '../../src/store/connect.ts'
import { openDatabase } from '../../src/store/connect.ts'
import { codeOf } from '../../src/store/connection.ts'
import { transaction } from '../../src/store/transaction.ts'
import { openEmptyDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openEmptyDatabase()
  await database.db.execute(sql`create table notes (id text primary key, n int not null default 1)`)
})
afterEach(() => database.db.execute(sql`truncate notes`))
afterAll(() => database.close())

const DEADLINE_MS = 20_000
const insert = (db: Database, id: string) => db.execute(sql`insert into notes (id) values (${id})`)
const add = (db: Database, id: string) =>
  db.execute(sql`update notes set n = n + 1 where id = ${id}`)
const notes = async () => [
  ...(await database.db.execute<{ id: string; n: number }>(
    sql`select id, n from notes order by id`,
  )),
]
const backendOf = async (db: Database) =>
  (await db.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`))[0]!.pid
const terminate = (pid: number) =>
  database.db.execute(sql`select pg_terminate_backend(${pid}::int)`)

test('what the work did is committed together, and its result returned', async () => {
  const result = await transaction(database.db, DEADLINE_MS, async (tx) => {
    await insert(tx, 'a')
    await insert(tx, 'b')
    return 'done'
  })
  expect(result).toBe('done')
  expect(await notes()).toEqual([
    { id: 'a', n: 1 },
    { id: 'b', n: 1 },
  ])
})

test('a fault of the work undoes everything and is passed on, after one call', async () => {
  let calls = 0
  const fault = new Error('no')
  const work = async (tx: Database) => {
    calls++
    await insert(tx, 'a')
    throw fault
  }
  await expect(transaction(database.db, DEADLINE_MS, work)).rejects.toBe(fault)
  expect(await notes()).toEqual([])
  expect(calls).toBe(1)
})

test('a failed statement that the work kept silent about is no success', async () => {
  const work = async (tx: Database) => {
    await insert(tx, 'a')
    await tx.execute(sql`select 1 / 0`).catch(() => {})
  }
  const fault = await transaction(database.db, DEADLINE_MS, work).catch((error: unknown) => error)
  expect(codeOf(fault)).toBe('25P02')
  expect(await notes()).toEqual([])
})

test('a transaction inside is a savepoint', async () => {
  await transaction(database.db, DEADLINE_MS, async (tx) => {
    await insert(tx, 'a')
    await tx
      .transaction(async (inner) => {
        await insert(inner, 'b')
        throw new Error('only this')
      })
      .catch(() => {})
    await insert(tx, 'c')
  })
  expect((await notes()).map(({ id }) => id)).toEqual(['a', 'c'])
})

test('drizzle’s own transactions commit and roll back', async () => {
  await database.db.transaction((tx) => insert(tx, 'a'))
  await expect(
    database.db.transaction(async (tx) => {
      await insert(tx, 'b')
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect((await notes()).map(({ id }) => id)).toEqual(['a'])
})

test.each([
  ['before a statement', (pid: number) => terminate(pid)],
  // Not awaited: the backend dies while statements, or the commit, are on their way.
  ['during a statement', async (pid: number) => void terminate(pid).catch(() => {})],
])(
  'a connection lost %s, many times, leaves each transaction done exactly once',
  async (_, kill) => {
    const pool = openDatabase(database.url, { max: 3 })
    onTestFinished(() => pool.close())
    const ids = Array.from({ length: 40 }, (_, i) => `note-${String(i).padStart(2, '0')}`)
    let calls = 0
    for (const [i, id] of ids.entries()) {
      let first = true
      await transaction(pool.db, DEADLINE_MS, async (tx) => {
        calls++
        const pid = await backendOf(tx)
        const strike = async (place: number) => {
          if (first && i % 3 === place) await kill(pid)
          if (i % 3 === place) first = false
        }
        await strike(0)
        await insert(tx, id)
        await strike(1)
        await add(tx, id)
        await strike(2)
      })
    }
    expect(await notes()).toEqual(ids.map((id) => ({ id, n: 2 })))
    expect(calls).toBeGreaterThan(ids.length)
  },
)

test('past its deadline a transaction is rejected, undone, and its connection is free again', async () => {
  const pool = openDatabase(database.url, { max: 1 })
  onTestFinished(() => pool.close())
  const endless = async (tx: Database) => {
    await insert(tx, 'a')
    await new Promise(() => {})
  }
  const fault = await transaction(pool.db, 300, endless).catch((error: unknown) => error)
  expect(codeOf(fault)).toBe('DATABASE_TIMEOUT')
  expect(await pool.db.execute(sql`select id from notes`)).toEqual([])
})

test('a work that goes on after its deadline changes nothing', async () => {
  let goOn: () => void = () => {}
  let late: unknown
  const finished = new Promise<void>((resolve) => {
    const wait = new Promise<void>((release) => {
      goOn = release
    })
    transaction(database.db, 200, async (tx) => {
      await insert(tx, 'a')
      await wait
      late = await insert(tx, 'b').catch((error: unknown) => error)
      resolve()
    }).catch(() => goOn())
  })
  await finished
  expect(codeOf(late)).toBe('DATABASE_TIMEOUT')
  expect(await notes()).toEqual([])
})

test('of two transactions that lock each other, both are done in the end', async () => {
  await insert(database.db, 'a')
  await insert(database.db, 'b')
  let arrived = 0
  let meet: () => void = () => {}
  const both = new Promise<void>((resolve) => {
    meet = resolve
  })
  const cross = (first: string, second: string) =>
    transaction(database.db, DEADLINE_MS, async (tx) => {
      await tx.execute(sql`set local deadlock_timeout = '20ms'`)
      await add(tx, first)
      if (++arrived === 2) meet()
      await both
      await add(tx, second)
    })
  await Promise.all([cross('a', 'b'), cross('b', 'a')])
  expect(await notes()).toEqual([
    { id: 'a', n: 3 },
    { id: 'b', n: 3 },
  ])
})

test('an unreachable database is given up at the deadline', async () => {
  const nowhere = openDatabase('postgres://u:p@127.0.0.1:1/none', { max: 1 })
  onTestFinished(() => nowhere.close())
  const fault = await transaction(nowhere.db, 300, (tx) => insert(tx, 'a')).catch(
    (error: unknown) => error,
  )
  expect(codeOf(fault)).toBe('ECONNREFUSED')
})
