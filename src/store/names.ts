import { eq, type InferSelectModel, type SQL, sql } from 'drizzle-orm'
import type { DomainName } from '../domain/name.ts'
import { change } from './change.ts'
import type { Database } from './connect.ts'
import { names } from './schema/watching.ts'

/** A watched name as it is stored. */
export type NameRow = InferSelectModel<typeof names>

/** What a sweep hands out: the name, and the due instant that identifies the errand. */
export type DueName = { name: DomainName; dueAt: Date }

/** How long a claim keeps others away, by the database's own clock: a lost job is handed out again after it. */
const CLAIM_SECONDS = 60

/** Claims names whose look is due, oldest first; a name is handed to one claimer only. */
export const claimDueLooks = (db: Database, now: Date, limit: number): Promise<DueName[]> =>
  claim(db, sql`next_look_at`, now, limit)

/** Claims names whose DNS glance is due and whose look is not. */
export const claimDueGlances = (db: Database, now: Date, limit: number): Promise<DueName[]> =>
  claim(db, sql`next_glance_at`, now, limit)

async function claim(db: Database, due: SQL, now: Date, limit: number): Promise<DueName[]> {
  const rows = await db.execute<{ name: DomainName; due_at: string | Date }>(sql`
    update names set claimed_until = clock_timestamp() + make_interval(secs => ${CLAIM_SECONDS})
    where name in (
      select name from names
      where open_watches > 0 and ${due} <= ${now.toISOString()}
        and (claimed_until is null or claimed_until < clock_timestamp())
      order by ${due} limit ${limit} for update skip locked
    )
    returning name, ${due} as due_at`)
  return [...rows].map((row) => ({ name: row.name, dueAt: new Date(row.due_at) }))
}

/** Gives a claim back, so that the next sweep hands the name out again. */
export const releaseClaim = (db: Database, name: DomainName): Promise<unknown> =>
  db.update(names).set({ claimedUntil: null }).where(eq(names.name, name))

export async function findName(db: Database, name: DomainName): Promise<NameRow | null> {
  const [row] = await db.select().from(names).where(eq(names.name, name))
  return row ?? null
}

/** What a look may change of a name. */
export type NameChange = Partial<
  Omit<NameRow, 'name' | 'unicode' | 'extension' | 'registry' | 'openWatches' | 'version'>
>

/**
 * Writes what was learned and tells it, unless the row has moved on since it was read.
 * @returns false when another look was first; nothing is then written or told.
 */
export async function recordName(
  db: Database,
  row: Pick<NameRow, 'name' | 'version'>,
  learned: NameChange,
  events: readonly SQL[],
): Promise<boolean> {
  const update = db
    .update(names)
    .set({ ...learned, claimedUntil: null, version: row.version + 1 })
    .where(sql`${names.name} = ${row.name} and ${names.version} = ${row.version}`)
    .returning({ name: names.name })
  return (await change(db, update.getSQL(), events)).length > 0
}

/** Asks for a look as soon as a sweep comes by. */
export const lookSoon = (
  db: Database,
  name: DomainName,
  now: Date,
  because: string,
): Promise<unknown> =>
  db
    .update(names)
    .set({ nextLookAt: now, nextLookBecause: because, claimedUntil: null })
    .where(eq(names.name, name))
