import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { type Connection, codeOf } from './connection.ts'
import { listenTo } from './listen.ts'
import { type Database, Pool } from './pool.ts'
import { transaction } from './transaction.ts'

export type { Database }

export type OpenDatabase = {
  db: Database
  /**
   * Calls back with each notification of a channel, over a connection of its own, renewed when it is lost.
   * @param missed called after each renewal, since notifications may have been missed.
   * @returns the function that ends it.
   */
  listen(
    channel: string,
    heard: (payload: string) => void,
    missed?: () => void,
  ): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** Longest that one statement may take, waiting for a connection included. */
const STATEMENT_DEADLINE_MS = 30_000
const CLOSE_DEADLINE_MS = 5_000
/** Other processes may be migrating first. */
const MIGRATION_DEADLINE_MS = 120_000

/** Opens a pool of at most `max` connections; nothing is connected before the first statement. */
export function openDatabase(
  url: string,
  { max = 10, deadlineMs = STATEMENT_DEADLINE_MS }: { max?: number; deadlineMs?: number } = {},
): OpenDatabase {
  const pool = new Pool(url, { max, deadlineMs })
  return {
    db: pool.db,
    listen: (channel, heard, missed = () => {}) => listenTo(url, channel, heard, missed),
    close: () => pool.close(CLOSE_DEADLINE_MS),
  }
}

/** Advisory lock of the migrations, one for all installations. */
const MIGRATION_LOCK = 7_106_105

/**
 * Brings the database's tables up to date, in one transaction. Several processes may call it at once: one works, the
 * others wait for it.
 * @throws DatabaseUnreachable when there is no such database to connect to.
 */
export async function migrate(url: string): Promise<void> {
  await connectedTo(url, (connection) => connection.send('select 1'))
  const pool = new Pool(url, { max: 1, deadlineMs: MIGRATION_DEADLINE_MS })
  try {
    await transaction(pool.db, MIGRATION_DEADLINE_MS, async (tx) => {
      await tx.execute(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`)
      await applyMigrations(tx, { migrationsFolder: migrationsFolder() })
    })
  } finally {
    await pool.close(CLOSE_DEADLINE_MS)
  }
}

/** Creates an empty database unless it is there. @param url of another database on the same server. */
export async function createDatabase(
  url: string,
  name: string,
  template = 'template0',
): Promise<void> {
  const quoted = (word: string) => `"${word.replaceAll('"', '""')}"`
  await connectedTo(url, async (connection) => {
    const there = await connection.send('select 1 from pg_database where datname = $1', [name])
    if (there.length === 0)
      await connection.send(`create database ${quoted(name)} template ${quoted(template)}`)
  })
}

/** Longest to wait for an answer from an address that may be wrong. */
const REACH_DEADLINE_MS = 15_000

/** Uses a connection of its own. @throws DatabaseUnreachable */
async function connectedTo<T>(
  url: string,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const pool = new Pool(url, { max: 1, deadlineMs: REACH_DEADLINE_MS })
  try {
    return await pool.use(work)
  } catch (error) {
    throw explain(error, url)
  } finally {
    await pool.close(CLOSE_DEADLINE_MS)
  }
}

/** The database cannot be used at all; the message says where it was looked for and why not, never the password. */
export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable'
}

/** Reasons that lie in the address rather than in a query. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'its name cannot be resolved now',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'no route to it',
  ENETUNREACH: 'no route to it',
  ECONNRESET: 'it closed the connection; is it PostgreSQL?',
  CONNECT_TIMEOUT: 'no answer within 10 seconds; is it PostgreSQL?',
  DATABASE_TIMEOUT: 'no answer within 15 seconds; is it PostgreSQL?',
  CONNECTION_CLOSED: 'it closed the connection; is it PostgreSQL?',
  CONNECTION_LOST: 'it closed the connection; is it PostgreSQL?',
  '28P01': 'user or password refused',
  '28000': 'user refused',
  '3D000': 'there is no such database',
  '53300': 'it takes no more connections',
  '57P03': 'it is starting or stopping',
}

function explain(error: unknown, url: string): unknown {
  const code = codeOf(error)
  const reason = code === null ? undefined : REASONS[code]
  if (reason === undefined) return error
  const { hostname, port, pathname } = new URL(url)
  const where = `${hostname}:${port || 5432}, database ${pathname.slice(1) || '(none named)'}`
  return new DatabaseUnreachable(`PostgreSQL at ${where}: ${reason} (${code}).`, { cause: error })
}

/** `drizzle/` stands at the top of the package, both for the source and for what is built from it. */
function migrationsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'drizzle', 'meta', '_journal.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('The folder drizzle/ with the migrations is missing.')
    folder = parent
  }
  return join(folder, 'drizzle')
}
