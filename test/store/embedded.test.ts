import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/connect.ts'
import { type EmbeddedPostgres, openEmbeddedPostgres } from '../../src/store/embedded.ts'
import { type Account, canEnter, postgresAccount } from '../../src/store/postgres-account.ts'
import { openTemporaryFolder } from '../support/temporary.ts'

const isRoot = process.getuid?.() === 0
const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))
/** An ordinary user can start a process of this checkout. */
const hasOrdinaryUser = isRoot && (await canEnter(await postgresAccount('/'), CHECKOUT))

/** One cluster for the tests that only need some; its path has a space. */
let temporary: Awaited<ReturnType<typeof openTemporaryFolder>>
let home: string
beforeAll(async () => {
  temporary = await openTemporaryFolder()
  home = join(temporary.path, 'my vigie', 'postgres')
  await (await openEmbeddedPostgres(home)).stop()
})
afterAll(() => temporary.remove())

async function open(folder = home): Promise<EmbeddedPostgres> {
  const postgres = await openEmbeddedPostgres(folder)
  onTestFinished(() => postgres.stop())
  return postgres
}

/** The values of all rows, in one list. */
async function ask(url: string, query: string): Promise<unknown[]> {
  const { db, close } = openDatabase(url, { max: 1 })
  try {
    return [...(await db.execute(sql.raw(query)))].flatMap(Object.values)
  } finally {
    await close()
  }
}

/** Runs an embedded PostgreSQL in another process. */
async function openElsewhere(
  folder: string,
  user: Account = null,
): Promise<{ child: ChildProcess; url: string; adopted: boolean; over: Promise<unknown> }> {
  const program = fileURLToPath(new URL('../support/embedded-process.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', program, folder], {
    ...user,
    cwd: CHECKOUT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const over = new Promise((resolve) => child.once('close', resolve))
  onTestFinished(() => void child.kill('SIGKILL'))
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk)))
    child.once('close', () => reject(new Error(`It ended before it served: ${errors}`)))
  })
  return { child, ...JSON.parse(line), over }
}

const postmasterOf = async (folder: string) =>
  Number((await readFile(join(folder, 'cluster', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0])

test('it serves UTF-8 in the C locale on loopback alone, and wants its password', async () => {
  const { url, adopted } = await open()
  expect(adopted).toBe(false)
  expect(
    await ask(
      url,
      `select current_database(), current_setting('listen_addresses') as listens,
    current_setting('unix_socket_directories') as sockets, pg_encoding_to_char(encoding), datcollate
    from pg_database where datname = current_database()`,
    ),
  ).toEqual(['vigie', '127.0.0.1', '', 'UTF8', 'C'])
  await expect(ask(url.replace(/vigie:\w+@/, 'vigie:guess@'), 'select 1')).rejects.toThrow()
  expect((await stat(join(home, 'cluster', 'password'))).mode & 0o777).toBe(0o600)
})

test('what was written is there after a stop and a start', async () => {
  const first = await open()
  await ask(first.url, 'create table kept as select 42 as n')
  await first.stop()
  const second = await open()
  expect(await ask(second.url, 'select n from kept')).toEqual([42])
})

test('a second Vigie on the same folder is refused, and says who has it', async () => {
  const { stop } = await open()
  await expect(openEmbeddedPostgres(home)).rejects.toThrow(
    `Another Vigie (process ${process.pid}) is using ${home}.`,
  )
  await stop()
  await (await open()).stop()
})

test('stopping twice is stopping once', async () => {
  const { stop } = await open()
  await Promise.all([stop(), stop()])
  expect(existsSync(join(home, 'cluster', 'data', 'postmaster.pid'))).toBe(false)
})

test('the server of a killed process is adopted', async () => {
  const first = await openElsewhere(home)
  await ask(first.url, 'create table survived as select 7 as n')
  const postmaster = await postmasterOf(home)
  first.child.kill('SIGKILL')
  await first.over
  const second = await open()
  expect(second).toMatchObject({ adopted: true, url: first.url })
  expect(await postmasterOf(home)).toBe(postmaster)
  expect(await ask(second.url, 'select n from survived')).toEqual([7])
})

test('after both were killed, the server recovers what was committed', async () => {
  const first = await openElsewhere(home)
  await ask(first.url, 'create table recovered as select 9 as n')
  process.kill(await postmasterOf(home), 'SIGKILL')
  first.child.kill('SIGKILL')
  await first.over
  const second = await open()
  expect(second.adopted).toBe(false)
  expect(await ask(second.url, 'select n from recovered')).toEqual([9])
})

test('a stale pid file whose number belongs to another process is no server', async () => {
  const data = join(home, 'cluster', 'data')
  const other = spawn('sleep', ['600'], { ...(await postgresAccount(data)), stdio: 'ignore' })
  onTestFinished(() => void other.kill())
  const pidFile = join(data, 'postmaster.pid')
  await writeFile(pidFile, `${other.pid}\n${data}\n1700000000\n5432\n\n127.0.0.1\n0 0\nready\n`)
  const { url, adopted } = await open()
  expect(adopted).toBe(false)
  expect(await ask(url, 'select 1')).toEqual([1])
  expect(other.exitCode).toBeNull()
})

test('an initdb that was interrupted is done again', async () => {
  const folder = join(temporary.path, 'interrupted')
  await mkdir(join(folder, 'cluster', 'data.new', 'base'), { recursive: true })
  await writeFile(join(folder, 'cluster', 'data.new', 'PG_VERSION'), '18\n')
  const { url } = await open(folder)
  expect(await ask(url, 'select 1')).toEqual([1])
})

test('SIGTERM to its process stops the server and gives the folder back', async () => {
  const { child, over } = await openElsewhere(home)
  child.kill('SIGTERM')
  expect(await over).toBe(0)
  expect(existsSync(join(home, 'cluster', 'data', 'postmaster.pid'))).toBe(false)
  expect((await open()).adopted).toBe(false)
})

test.runIf(isRoot)('as root it runs as another user, who owns the data', async () => {
  const { url } = await open()
  const owner = await stat(join(home, 'cluster', 'data'))
  expect(owner.uid).not.toBe(0)
  expect((await stat(`/proc/${await postmasterOf(home)}`)).uid).toBe(owner.uid)
  expect(await ask(url, 'select 1')).toEqual([1])
})

test.runIf(isRoot)(
  'as root in a home that is closed to others, the data stand elsewhere and are found again',
  async () => {
    const closed = join(temporary.path, 'root')
    await mkdir(closed, { mode: 0o700 })
    const folder = join(closed, 'vigie', 'postgres')
    const first = await open(folder)
    const place = await readFile(join(folder, 'place'), 'utf8')
    onTestFinished(() => rm(place, { recursive: true, force: true }))
    expect(existsSync(join(place, 'data', 'PG_VERSION'))).toBe(true)
    await ask(first.url, 'create table kept as select 42 as n')
    await first.stop()
    const second = await open(folder)
    expect(await ask(second.url, 'select n from kept')).toEqual([42])
    await second.stop()
  },
)

test.runIf(hasOrdinaryUser)('an ordinary user runs it in a home of their own', async () => {
  const user = (await postgresAccount('/'))!
  const folder = join(temporary.path, 'ordinary')
  await mkdir(folder)
  await chmod(folder, 0o700)
  await chown(folder, user.uid, user.gid)
  const { child, url, over } = await openElsewhere(join(folder, '.vigie', 'postgres'), user)
  expect(await ask(url, 'select 1')).toEqual([1])
  expect((await stat(join(folder, '.vigie', 'postgres', 'cluster', 'data'))).uid).toBe(user.uid)
  child.kill('SIGTERM')
  expect(await over).toBe(0)
})

test.runIf(hasOrdinaryUser)('a folder of another user is refused in a sentence', async () => {
  const user = (await postgresAccount('/'))!
  const folder = join(temporary.path, 'of root')
  await mkdir(folder)
  await expect(openElsewhere(folder, user)).rejects.toThrow(
    `${folder} cannot be written by this user`,
  )
})

test('a survivor that no longer serves is stopped and started anew', async () => {
  const first = await openElsewhere(home)
  await ask(first.url, 'create table patient as select 3 as n')
  const postmaster = await postmasterOf(home)
  first.child.kill('SIGKILL')
  await first.over
  // A smart shutdown takes no new client while an old one stays.
  const lingering = openDatabase(first.url, { max: 1 })
  onTestFinished(() => lingering.close())
  await lingering.db.execute(sql`select 1`)
  process.kill(postmaster, 'SIGTERM')
  const second = await open()
  expect(second.adopted).toBe(false)
  expect(await ask(second.url, 'select n from patient')).toEqual([3])
})

test('a server that cannot start says why', async () => {
  const folder = join(temporary.path, 'broken')
  await (await openEmbeddedPostgres(folder)).stop()
  const settings = join(folder, 'cluster', 'data', 'postgresql.conf')
  await writeFile(settings, `${await readFile(settings, 'utf8')}\nno_such_setting = 1\n`)
  await expect(openEmbeddedPostgres(folder)).rejects.toThrow(/does not start.*no_such_setting/s)
  await expect(openEmbeddedPostgres(folder)).rejects.not.toThrow('Another Vigie')
})
