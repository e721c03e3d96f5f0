/** What the overview shows: read only, a handful of rows each, so that a page costs the same however much there is. */
import {
  and,
  desc,
  gt,
  inArray,
  isNotNull,
  isNull,
  notInArray,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { CaptureState } from '../domain/capture-state.ts'
import type { DomainEvent, EventType } from '../domain/event.ts'
import type { Extension } from '../domain/name.ts'
import type { Database } from './connect.ts'
import type { NameRow } from './names.ts'
import { captures } from './schema/capturing.ts'
import { events } from './schema/telling.ts'
import { names } from './schema/watching.ts'

/** A watched name whose drop lies ahead or is being raced. */
export type Dropping = Pick<
  NameRow,
  'name' | 'unicode' | 'extension' | 'state' | 'phase' | 'reason' | 'forecast'
> & {
  from: Date
  to: Date
  /** That the name drops this time, 0 to 1; null where no forecast says. */
  probability: number | null
  openWatches: number
  capture: Race | null
}

/** A capture that is not decided yet. */
export type Race = {
  id: string
  state: CaptureState
  windowFrom: Date
  windowTo: Date
  /** Planned creates. */
  shots: number
}

/** First and last instant of a stored forecast, as SQL instants. */
const FORECAST_FROM = sql`to_timestamp((${names.forecast}->'segments'->0->>'from')::numeric / 1000)`
const FORECAST_TO = sql`to_timestamp((${names.forecast}->'segments'->-1->>'to')::numeric / 1000)`

/** The capture of a name that is not decided yet, to join laterally. */
export const undecidedOf = (db: Database) =>
  db
    .select({
      id: captures.id,
      state: captures.state,
      windowFrom: captures.windowFrom,
      windowTo: captures.windowTo,
      shots: sql<number>`jsonb_array_length(${captures.shots})`.as('planned_shots'),
    })
    .from(captures)
    .where(
      sql`${captures.name} = ${names.name} and ${captures.state} in ('armed','finalised','firing','undetermined')`,
    )
    .orderBy(desc(captures.armedAt))
    .limit(1)
    .as('undecided')

/** The columns of `undecidedOf` in a select, to be read by `raceOf`. */
export const raceColumns = (undecided: ReturnType<typeof undecidedOf>) => ({
  raceId: undecided.id,
  raceState: undecided.state,
  windowFrom: undecided.windowFrom,
  windowTo: undecided.windowTo,
  shots: undecided.shots,
})

type RaceColumns = {
  raceId: string | null
  raceState: CaptureState | null
  windowFrom: Date | null
  windowTo: Date | null
  shots: number | null
}

export function raceOf({
  raceId,
  raceState,
  windowFrom,
  windowTo,
  shots,
}: RaceColumns): Race | null {
  if (!raceId || !raceState || !windowFrom || !windowTo) return null
  return { id: raceId, state: raceState, windowFrom, windowTo, shots: shots ?? 0 }
}

/** When a name can drop first: its race where one is armed, else the start of its forecast. Null sorts last. */
export const dropsFrom = (undecided: ReturnType<typeof undecidedOf>): SQL =>
  sql`coalesce(${undecided.windowFrom}, ${FORECAST_FROM})`

/** Armed or on its way out; a name in ordinary use may drop one day too, and comes after these however soon that is. */
const onItsWay = (undecided: ReturnType<typeof undecidedOf>): SQL =>
  sql`(${undecided.id} is not null or ${names.state} in ('free','unconfirmed','dropzone')
    or ${names.phase} in ('pendingRestore','redemption','pendingDelete','quarantine'))`

/** Watched names whose drop is not over: those on their way out first, the soonest of each kind first. */
export async function droppingNext(db: Database, now: Date, limit: number): Promise<Dropping[]> {
  const undecided = undecidedOf(db)
  const rows = await db
    .select({ row: names, ...raceColumns(undecided) })
    .from(names)
    .leftJoinLateral(undecided, sql`true`)
    .where(
      and(
        gt(names.openWatches, 0),
        or(isNotNull(undecided.id), sql`${FORECAST_TO} > ${now.toISOString()}::timestamptz`),
      ),
    )
    .orderBy(desc(onItsWay(undecided)), dropsFrom(undecided), names.name)
    .limit(limit)
  return rows.flatMap(({ row, ...joined }) => {
    const race = raceOf(joined)
    const segments = row.forecast?.segments ?? []
    const from = race?.windowFrom ?? instant(segments[0]?.from)
    const to = race?.windowTo ?? instant(segments.at(-1)?.to)
    if (!from || !to) return []
    const probability =
      segments.length > 0 ? segments.reduce((sum, s) => sum + s.probability, 0) : null
    return { ...row, from, to, probability, capture: race }
  })
}

const instant = (ms: number | undefined): Date | null => (ms === undefined ? null : new Date(ms))

/** Open watches of one extension. */
export type WatchCount = {
  extension: Extension
  watches: number
  names: number
  /** Names past their holder's free choice: redemption, pending delete, quarantine. */
  ending: number
}

export async function countWatches(db: Database): Promise<WatchCount[]> {
  return db
    .select({
      extension: names.extension,
      watches: sql<number>`sum(${names.openWatches})::int`,
      names: sql<number>`count(*)::int`,
      ending: sql<number>`count(*) filter (where ${names.phase} in ('redemption','pendingDelete','quarantine'))::int`,
    })
    .from(names)
    .where(gt(names.openWatches, 0))
    .groupBy(names.extension)
    .orderBy(names.extension)
}

/** Left out where everything is told: arming tells the window, and the capture what became of the watch. */
const TOLD_BY_OTHERS: readonly EventType[] = ['name.dropping', 'watch.ended']

/** The newest events, newest first; with a subject list, only those about one of them. */
export async function recentEvents(
  db: Database,
  limit: number,
  subjects?: readonly string[],
): Promise<DomainEvent[]> {
  const about = subjects
    ? inArray(events.subject, [...subjects])
    : notInArray(events.type, [...TOLD_BY_OTHERS])
  const rows = await db.select().from(events).where(about).orderBy(desc(events.seq)).limit(limit)
  return rows.map(({ dedupeKey: _, ...event }) => event as DomainEvent)
}

/** How captures ended since an instant, and how many are under way. */
export type Score = {
  won: number
  lost: number
  refused: number
  stoodDown: number
  underWay: number
}

export async function countCaptureStates(db: Database, since: Date): Promise<Score> {
  const count = (state: CaptureState) =>
    sql<number>`count(*) filter (where ${captures.state} = ${state})::int`
  const [row] = await db
    .select({
      won: count('won'),
      lost: count('lost'),
      refused: count('refused'),
      stoodDown: count('stood-down'),
      underWay: sql<number>`count(*) filter (where ${captures.decidedAt} is null)::int`,
    })
    .from(captures)
    .where(or(isNull(captures.decidedAt), gt(captures.decidedAt, since)))
  return row ?? { won: 0, lost: 0, refused: 0, stoodDown: 0, underWay: 0 }
}
