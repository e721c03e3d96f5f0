import { createHash } from 'node:crypto'
import { eq, type InferSelectModel, type SQL, sql } from 'drizzle-orm'
import type { CaptureState, MissReason } from '../domain/capture-state.ts'
import type { DomainName } from '../domain/name.ts'
import { anOpenCreate } from './attempts.ts'
import { change } from './change.ts'
import type { Database } from './connect.ts'
import { captures } from './schema/capturing.ts'

/** A capture as it is stored. */
export type CaptureRow = InferSelectModel<typeof captures>

/** What arming writes. */
export type ArmedCapture = Pick<
  CaptureRow,
  | 'name'
  | 'extension'
  | 'registry'
  | 'registrationKey'
  | 'accreditation'
  | 'windowFrom'
  | 'windowTo'
  | 'shots'
  | 'armedAt'
>

/** One capture for one name and the registration that ends: its id follows from both, so arming twice is arming once. */
export function captureIdOf(name: DomainName, registrationKey: string): string {
  const hex = createHash('sha256').update(`${name}\n${registrationKey}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * Commits the intent, or moves the window of a capture that has not been decided.
 * @returns the state it is in, or null when this registration's capture is over.
 */
export async function armCapture(
  db: Database,
  armed: ArmedCapture,
  events: readonly SQL[],
): Promise<CaptureState | null> {
  const { windowFrom, windowTo, shots } = armed
  const insert = db
    .insert(captures)
    .values({ ...armed, id: captureIdOf(armed.name, armed.registrationKey), state: 'armed' })
    .onConflictDoUpdate({
      target: [captures.name, captures.registrationKey],
      set: { windowFrom, windowTo, shots },
      setWhere: sql`${captures.state} in ('armed', 'finalised', 'firing')`,
    })
    .returning({ state: captures.state })
  const [row] = await change<{ state: CaptureState }>(db, insert.getSQL(), events)
  return row?.state ?? null
}

export async function findCapture(db: Database, id: string): Promise<CaptureRow | null> {
  const [row] = await db.select().from(captures).where(eq(captures.id, id))
  return row ?? null
}

/** How many captures a name has had, for a key where the registry shows none. */
export async function countCaptures(db: Database, name: DomainName): Promise<number> {
  const [row] = await db
    .select({
      n: sql<number>`count(*) filter (where state in ('won','lost','refused','stood-down'))::int`,
    })
    .from(captures)
    .where(eq(captures.name, name))
  return row?.n ?? 0
}

/** How often a registration was saved in time: when it ends after all, that is another race. */
export async function countSaves(
  db: Database,
  name: DomainName,
  registrationKey: string,
): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(captures)
    .where(
      sql`${captures.name} = ${name} and split_part(${captures.registrationKey}, '~', 1) = ${registrationKey}
        and ${captures.reason} in ('restored', 'renewed')`,
    )
  return row?.n ?? 0
}

/** The capture of a name that is not decided yet. */
export async function undecidedCapture(db: Database, name: DomainName): Promise<CaptureRow | null> {
  const [row] = await db
    .select()
    .from(captures)
    .where(
      sql`${captures.name} = ${name} and ${captures.state} in ('armed','finalised','firing','undetermined')`,
    )
    .orderBy(sql`${captures.armedAt} desc`)
    .limit(1)
  return row ?? null
}

/** Captures that want a catcher: their window opens before `horizon`, or a create of theirs has no answer. */
export async function dueCaptures(
  db: Database,
  now: Date,
  horizon: Date,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ id: captures.id })
    .from(captures)
    .where(
      sql`(${captures.state} = 'undetermined'
        or (${captures.state} = 'firing' and ${anOpenCreate(captures.id)})
        or (${captures.state} in ('armed','finalised','firing')
          and ${captures.windowFrom} <= ${horizon.toISOString()} and ${captures.windowTo} > ${now.toISOString()}))
        and (${captures.catcherUntil} is null or ${captures.catcherUntil} < clock_timestamp())`,
    )
    .orderBy(captures.windowFrom)
    .limit(limit)
  return rows.map((row) => row.id)
}

/**
 * Takes or prolongs the right to race a capture, by the database's own clock: one catcher a name, and a dead one is
 * replaced when its lease runs out.
 */
export async function leaseCapture(
  db: Database,
  id: string,
  catcher: string,
  seconds: number,
): Promise<CaptureRow | null> {
  const [row] = await db
    .update(captures)
    .set({ catcher, catcherUntil: sql`clock_timestamp() + make_interval(secs => ${seconds})` })
    .where(
      sql`${captures.id} = ${id} and ${captures.state} in ('armed','finalised','firing','undetermined')
        and (${captures.catcher} = ${catcher} or ${captures.catcherUntil} is null or ${captures.catcherUntil} < clock_timestamp())`,
    )
    .returning()
  return row ?? null
}

export const releaseCapture = (db: Database, id: string, catcher: string): Promise<unknown> =>
  db
    .update(captures)
    .set({ catcherUntil: null })
    .where(sql`${captures.id} = ${id} and ${captures.catcher} = ${catcher}`)

/** What a step of the state machine may write beside the state. */
export type CaptureChange = Partial<
  Pick<
    CaptureRow,
    | 'beneficiaryWatchId'
    | 'finalisedAt'
    | 'firedAt'
    | 'decidedAt'
    | 'settledAt'
    | 'explanation'
    | 'rival'
    | 'gapFromMs'
    | 'gapToMs'
    | 'newCreatedAt'
    | 'newExpiresAt'
    | 'priceCents'
  >
> & { reason?: MissReason }

/**
 * Moves a capture to another state, tells it, and does what belongs to it, all in one statement.
 * @param beside data-modifying statements that must happen together with the step; they run whether or not it is allowed,
 * so each carries its own condition.
 * @returns false when the capture was in none of the `from` states.
 */
export async function moveCapture(
  db: Database,
  id: string,
  from: readonly CaptureState[],
  to: CaptureState,
  written: CaptureChange,
  events: readonly SQL[],
  beside: readonly SQL[] = [],
): Promise<boolean> {
  const states = sql.join(
    from.map((state) => sql`${state}`),
    sql`, `,
  )
  const update = db
    .update(captures)
    .set({ ...written, state: to })
    .where(sql`${captures.id} = ${id} and ${captures.state} in (${states})`)
    .returning({ id: captures.id })
  return (await change(db, update.getSQL(), events, beside)).length > 0
}

/**
 * Fixes the beneficiary and tells it. A withdrawal of the watch at the same moment comes first or is refused, never both:
 * either statement locks the capture before it reads the watch.
 * @returns false when the capture is not armed any more, or the watch is not open.
 */
export async function finaliseCapture(
  db: Database,
  id: string,
  watchId: string,
  at: Date,
  events: readonly SQL[],
): Promise<boolean> {
  const statement = sql`
    with mine as materialized (
      select id from captures where id = ${id} and state = 'armed' for update
    ), holder as materialized (
      select id from watches where id = ${watchId} and state = 'open' and exists (select 1 from mine) for update
    )
    update captures set state = 'finalised', beneficiary_watch_id = ${watchId}, finalised_at = ${at.toISOString()}
    where id = ${id} and state = 'armed' and exists (select 1 from holder)
    returning id`
  return (await change(db, statement, events)).length > 0
}

/** Moves the window of an undecided capture to a later instant, without planned shots. */
export const postponeCapture = (db: Database, id: string, until: Date): Promise<unknown> =>
  db
    .update(captures)
    .set({
      windowFrom: until,
      windowTo: sql`${until.toISOString()}::timestamptz + greatest(window_to - window_from, interval '1 hour')`,
      shots: [],
    })
    .where(sql`${captures.id} = ${id} and ${captures.state} in ('armed','finalised','firing')`)
