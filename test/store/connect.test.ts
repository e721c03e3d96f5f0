import { createServer, type Server } from 'node:net'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import { DatabaseUnreachable, migrate, openDatabase } from '../../src/store/connect.ts'
import { codeOf } from '../../src/store/connection.ts'
import { names } from '../../src/store/schema/watching.ts'
import { openEmptyDatabase, openTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** Terminates every other connection to the test's database. */
const terminateOthers = (db: TestDatabase['db']) =>
  db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`)

/** The port of a server on loopback that is not PostgreSQL. */
async function listenOn(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return (server.address() as { port: number }).port
}

test('several processes that migrate an empty database at once leave one set of tables', async () => {
  const empty = await openEmptyDatabase()
  onTestFinished(() => empty.close())
  await Promise.all(Array.from({ length: 4 }, () => migrate(empty.url)))
  const [tables] = await empty.db.execute<{ n: number }>(
    sql`select count(*)::int as n from pg_tables where schemaname = 'public'`,
  )
  expect(tables!.n).toBeGreaterThan(10)
  const [applied] = await empty.db.execute<{ n: number; distinct: number }>(
    sql`select count(*)::int as n, count(distinct hash)::int as distinct from drizzle.__drizzle_migrations`,
  )
  expect(applied!.n).toBe(applied!.distinct)
})

test('instants keep their milliseconds, JSON and lists their shape', async () => {
  const at = new Date('2030-03-01T10:00:00.123Z')
  const forecast = { from: 'x', list: [1, 2], 'quo"te': null }
  await database.db.insert(names).values({
    name: 'x.fr' as never,
    unicode: 'x.fr',
    extension: 'fr',
    registry: 'afnic',
    statuses: ['pendingDelete', 'serverHold'] as never,
    createdAt: at,
    forecast: forecast as never,
  })
  const [row] = await database.db.select().from(names)
  expect(row).toMatchObject({
    createdAt: at,
    forecast,
    statuses: ['pendingDelete', 'serverHold'],
    expiresAt: null,
  })
  const [raw] = await database.db.execute(sql`select statuses from names`)
  expect(raw).toEqual({ statuses: ['pendingDelete', 'serverHold'] })
})

test('a statement that fails tells why, and the connection serves on', async () => {
  const failed = await database.db.execute(sql`select 1 / 0`).catch((error: unknown) => error)
  expect(codeOf(failed)).toBe('22012')
  expect(await database.db.execute(sql`select 1 as one`)).toEqual([{ one: 1 }])
})

test('a statement past its deadline is rejected, and others are served', async () => {
  const hasty = openDatabase(database.url, { max: 1, deadlineMs: 200 })
  onTestFinished(() => hasty.close())
  const slow = await hasty.db.execute(sql`select pg_sleep(20)`).catch((error: unknown) => error)
  expect(codeOf(slow)).toBe('DATABASE_TIMEOUT')
  expect(await hasty.db.execute(sql`select 1 as one`)).toEqual([{ one: 1 }])
})

test('a statement that finds no free connection in time is rejected', async () => {
  const narrow = openDatabase(database.url, { max: 1, deadlineMs: 400 })
  onTestFinished(() => narrow.close())
  const [first, second] = await Promise.allSettled([
    narrow.db.execute(sql`select pg_sleep(20)`),
    narrow.db.execute(sql`select 1`),
  ])
  expect(first.status).toBe('rejected')
  expect(second.status).toBe('rejected')
})

test('statements whose connection is terminated always settle', async () => {
  const pool = openDatabase(database.url, { max: 4 })
  onTestFinished(() => pool.close())
  let settled = 0
  const settle = () => {
    settled++
  }
  for (let round = 0; round < 15; round++) {
    const statements = Array.from({ length: 12 }, async (_, i) => {
      for (let turn = 0; turn < 3; turn++)
        await pool.db
          .execute(sql`select ${i}::int, pg_sleep(${i % 3 === 0 ? 0.002 : 0}::float8)`)
          .then(settle, settle)
    })
    await Promise.all([...statements, terminateOthers(database.db), terminateOthers(database.db)])
  }
  expect(settled).toBe(15 * 12 * 3)
  expect(await pool.db.execute(sql`select 1 as one`)).toEqual([{ one: 1 }])
})

test('a listener whose connection was lost listens again, and hears that it may have missed something', async () => {
  let tell: (what: string) => void = () => {}
  const next = () =>
    new Promise<string>((resolve) => {
      tell = resolve
    })
  const unlisten = await database.listen(
    'test channel',
    (payload) => tell(payload),
    () => tell('missed'),
  )
  onTestFinished(unlisten)
  const notify = (payload: string) =>
    database.db.execute(sql`select pg_notify('test channel', ${payload})`)

  let heard = next()
  await notify('one')
  expect(await heard).toBe('one')
  heard = next()
  await terminateOthers(database.db)
  expect(await heard).toBe('missed')
  heard = next()
  await notify('two')
  expect(await heard).toBe('two')
})

test('a closed database refuses, and closing waits for what is under way', async () => {
  const brief = openDatabase(database.url, { max: 2 })
  const slow = brief.db.execute(sql`select pg_sleep(0.1), 1 as one`).then((rows) => rows)
  await brief.db.execute(sql`select 1`)
  await brief.close()
  expect((await slow)[0]).toMatchObject({ one: 1 })
  await expect(brief.db.execute(sql`select 1`)).rejects.toThrow()
})

test.each([
  ['a wrong password', { password: 'hunter2' }, 'user or password refused (28P01)'],
  ['a database that is not there', { pathname: '/elsewhere' }, 'no such database (3D000)'],
])('%s is told with the place, never with the password', async (_, part, reason) => {
  const url = Object.assign(new URL(inject('postgresUrl')), part)
  const fault = await migrate(url.href).catch((error: unknown) => error)
  expect(fault).toBeInstanceOf(DatabaseUnreachable)
  expect(String(fault)).toContain(`${url.host}, database ${url.pathname.slice(1)}`)
  expect(String(fault)).toContain(reason)
  expect(String(fault)).not.toContain(url.password)
})

test('a port where nothing listens is told', async () => {
  const server = createServer()
  const port = await listenOn(server)
  await new Promise((resolve) => server.close(resolve))
  await expect(migrate(`postgres://u:hunter2@127.0.0.1:${port}/vigie`)).rejects.toThrow(
    `PostgreSQL at 127.0.0.1:${port}, database vigie: nothing listens there (ECONNREFUSED).`,
  )
})

test('a server that hangs up at once is told, and is called once', async () => {
  let calls = 0
  const port = await listenOn(
    createServer((socket) => {
      calls++
      socket.destroy()
    }),
  )
  await expect(migrate(`postgres://u:hunter2@127.0.0.1:${port}/vigie`)).rejects.toThrow(
    'it closed the connection; is it PostgreSQL?',
  )
  expect(calls).toBe(1)
})
