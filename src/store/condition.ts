/** How a database is, for whoever wants to know before using it. Read only. */
import { existsSync, readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import type { Database } from './connect.ts'
import { codeOf } from './connection.ts'
import { contacts } from './schema/customers.ts'

/** Migrations that the database has had, and those that this program brings. */
export type Migrations = { applied: number; known: number }

export async function readMigrations(db: Database): Promise<Migrations> {
  const known = knownMigrations()
  try {
    const [row] = await db.execute<{ n: number }>(
      sql`select count(*)::int as n from drizzle.__drizzle_migrations`,
    )
    return { applied: row?.n ?? 0, known }
  } catch (fault) {
    if (codeOf(fault) === UNDEFINED_TABLE) return { applied: 0, known }
    throw fault
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNDEFINED_TABLE = '42P01'

/** The version of the server, and the time by its clock. */
export async function readServer(db: Database): Promise<{ version: string; now: Date }> {
  const [row] = await db.execute<{ version: string; now_ms: number }>(sql`
    select current_setting('server_version') as version,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now_ms`)
  return { version: row?.version ?? '', now: new Date(Number(row?.now_ms)) }
}

/** One contact as it is kept, sealed; null when there is none. */
export async function sampleSealed(db: Database): Promise<string | null> {
  const [row] = await db.select({ sealed: contacts.sealed }).from(contacts).limit(1)
  return row?.sealed ?? null
}

/** `drizzle/` stands at the top of the package, both for the source and for what is built from it. */
function knownMigrations(): number {
  const journal = ['../../', '../../../']
    .map((top) => new URL(`${top}drizzle/meta/_journal.json`, import.meta.url))
    .find((file) => existsSync(file))
  if (!journal) throw new Error('The folder drizzle/ with the migrations is missing.')
  const { entries } = JSON.parse(readFileSync(journal, 'utf8')) as { entries: unknown[] }
  return entries.length
}
