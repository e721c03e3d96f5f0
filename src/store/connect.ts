import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'
import * as schema from './schema.ts'

/** The database as every query of ours takes it. */
export type Database = PostgresJsDatabase<typeof schema>

export type OpenDatabase = {
  db: Database
  /** Calls back with each notification of a channel, over its own connection, renewed when it is lost. @returns the function that ends it. */
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** Opens a pool; nothing is connected before the first query. */
export function openDatabase(url: string, { max = 10 }: { max?: number } = {}): OpenDatabase {
  const client = postgres(url, { max, onnotice: () => {}, connect_timeout: 10 })
  return {
    db: drizzle(client, { schema }),
    async listen(channel, heard) {
      const { unlisten } = await client.listen(channel, heard)
      return async () => {
        await unlisten()
      }
    },
    close: () => client.end({ timeout: 5 }),
  }
}

/** Advisory lock of the migrations, one for all installations. */
const MIGRATION_LOCK = 7_106_105

/**
 * Brings the database's tables up to date. Several processes may call it at once: one works, the others wait for it.
 * @throws DatabaseUnreachable when there is no such database to connect to.
 */
export async function migrate(url: string): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`
    await applyMigrations(drizzle(client), { migrationsFolder: migrationsFolder() })
  } catch (error) {
    throw explain(error, url)
  } finally {
    await client.end({ timeout: 5 })
  }
}

/** Creates an empty database unless it is there. @param url of another database on the same server. */
export async function createDatabase(url: string, name: string, template = 'template0'): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {}, connect_timeout: 10 })
  try {
    const there = await client`select 1 from pg_database where datname = ${name}`
    if (there.length === 0) await client`create database ${client(name)} template ${client(template)}`
  } catch (error) {
    throw explain(error, url)
  } finally {
    await client.end({ timeout: 5 })
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
  CONNECTION_CLOSED: 'it closed the connection',
  '28P01': 'user or password refused',
  '28000': 'user refused',
  '3D000': 'there is no such database',
  '53300': 'it takes no more connections',
  '57P03': 'it is starting or stopping',
}

function explain(error: unknown, url: string): unknown {
  const { code } = error as { code?: string }
  const reason = code === undefined ? undefined : REASONS[code]
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
