import { and, asc, eq, type InferSelectModel, type SQL, sql } from 'drizzle-orm'
import type { DomainName, Extension } from '../domain/name.ts'
import { change } from './change.ts'
import type { Database } from './connect.ts'
import { type WatchState, watches } from './schema/watching.ts'

/** A watch as it is stored. */
export type WatchRow = InferSelectModel<typeof watches>

export type WatchFilter = {
  nicHandle?: string | undefined
  name?: DomainName | undefined
  extension?: Extension | undefined
  orderId?: string | undefined
  state?: WatchState | undefined
}

/** Watches, oldest first, which is their order of precedence. @param after the last watch of the page before. */
export const listWatches = (
  db: Database,
  filter: WatchFilter,
  after: { at: Date; id: string } | null,
  limit: number,
): Promise<WatchRow[]> =>
  db
    .select()
    .from(watches)
    .where(
      and(
        filter.nicHandle === undefined ? undefined : eq(watches.nicHandle, filter.nicHandle),
        filter.name === undefined ? undefined : eq(watches.name, filter.name),
        filter.extension === undefined
          ? undefined
          : sql`${watches.name} like ${`%.${filter.extension}`}`,
        filter.orderId === undefined ? undefined : eq(watches.orderId, filter.orderId),
        filter.state === undefined ? undefined : eq(watches.state, filter.state),
        after
          ? sql`(${watches.openedAt}, ${watches.id}) > (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(asc(watches.openedAt), asc(watches.id))
    .limit(limit)

export async function findWatch(db: Database, id: string): Promise<WatchRow | null> {
  const [row] = await db.select().from(watches).where(eq(watches.id, id))
  return row ?? null
}

/** Watches of a holder for a name that have not ended. */
export const standingWatches = (
  db: Database,
  name: DomainName,
  nicHandle: string,
): Promise<WatchRow[]> =>
  db
    .select()
    .from(watches)
    .where(
      sql`${watches.name} = ${name} and ${watches.nicHandle} = ${nicHandle} and ${watches.state} in ('open', 'paused')`,
    )

/** A step of a watch. `reason` is told to people. */
export type WatchStep = { from: WatchState; to: WatchState; reason: string; at: Date }

/**
 * Moves a watch to another state, counts it in or out of its name's looks and tells it, in one statement. It waits for a
 * capture that is being finalised at the same moment and then sees it.
 * @returns false when the watch was not in `from`, a capture is finalised for it, or (opening it again) an order is
 * registering the name.
 */
export async function moveWatch(
  db: Database,
  id: string,
  { from, to, reason, at }: WatchStep,
  events: readonly SQL[],
): Promise<boolean> {
  const now = sql`${at.toISOString()}::timestamptz`
  const ends = to === 'cancelled' || to === 'ended'
  const statement = sql`
    with race as (
      select c.state, c.beneficiary_watch_id from captures c
      where c.name = (select name from watches where id = ${id})
        and c.state in ('armed', 'finalised', 'firing', 'undetermined') for update
    )
    update watches w set state = ${to}, reason = ${reason}, ended_at = ${ends ? now : sql`null`}
    where w.id = ${id} and w.state = ${from}
      and not exists (select 1 from race
        where race.state <> 'armed' and coalesce(race.beneficiary_watch_id, w.id) = w.id)
      and not exists (select 1 from names n where n.name = w.name and n.registering is not null and ${to} = 'open')
    returning w.name`
  const counted =
    to === 'open'
      ? sql`open_watches = open_watches + 1, next_look_at = ${now}, next_look_because = 'first',
          next_glance_at = ${now}`
      : sql`open_watches = greatest(open_watches - 1, 0)`
  const count = sql`update names set ${counted}, version = version + 1
    where name in (select name from moved) and 'open' in (${from}, ${to})`
  return (await change(db, statement, events, [count])).length > 0
}

/** Whether a capture is past the point where its beneficiary may withdraw. */
export async function isRacing(
  db: Database,
  watch: Pick<WatchRow, 'id' | 'name'>,
): Promise<boolean> {
  const rows = await db.execute(sql`
    select 1 from captures where name = ${watch.name} and state in ('finalised', 'firing', 'undetermined')
      and coalesce(beneficiary_watch_id, ${watch.id}::uuid) = ${watch.id}::uuid limit 1`)
  return [...rows].length > 0
}
