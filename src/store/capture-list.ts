import { and, desc, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { CaptureState, MissReason } from '../domain/capture-state.ts'
import type { Extension } from '../domain/name.ts'
import type { CaptureRow } from './captures.ts'
import type { Database } from './connect.ts'
import { captures } from './schema/capturing.ts'

/** Which captures are wanted. A capture stands at the instant it was decided, or else at the start of its window. */
export type CaptureFilter = {
  extension: Extension | null
  outcome: CaptureState | 'under-way' | null
  reason: MissReason | null
  /** From this instant, inclusive. */
  from: Date | null
  /** Before this instant. */
  before: Date | null
}

export type ListedCapture = CaptureRow & {
  creates: number
  /** How long after the drop the name was caught, as far as it is known. */
  delayMs: number | null
}

const STANDS_AT = sql`coalesce(${captures.decidedAt}, ${captures.windowFrom})`

const CREATES = sql<number>`(select count(*)::int from attempts
  where attempts.capture_id = captures.id and attempts.command = 'create' and attempts.sent_at is not null)`

const DELAY = sql<number | null>`(select (e.data->>'delayMs')::float8 from events e
  where e.subject = 'capture:' || captures.id and e.type = 'capture.won' limit 1)`

const listed = (db: Database) =>
  db.select({ capture: captures, creates: CREATES, delayMs: DELAY }).from(captures).$dynamic()

/** One page of captures, newest first, and how many there are in all. @param page counts from 1. */
export async function listCaptures(
  db: Database,
  filter: CaptureFilter,
  page: number,
  perPage: number,
): Promise<{ rows: ListedCapture[]; total: number }> {
  const where = conditionOf(filter)
  const [rows, [counted]] = await Promise.all([
    listed(db)
      .where(where)
      .orderBy(desc(STANDS_AT), desc(captures.id))
      .limit(perPage)
      .offset((page - 1) * perPage),
    db.select({ total: sql<number>`count(*)::int` }).from(captures).where(where),
  ])
  return { rows: rows.map(flat), total: counted?.total ?? 0 }
}

/** The captures that were decided last, newest first. */
export async function lastCaptures(db: Database, limit: number): Promise<ListedCapture[]> {
  const rows = await listed(db)
    .where(sql`${captures.decidedAt} is not null`)
    .orderBy(desc(captures.decidedAt), desc(captures.id))
    .limit(limit)
  return rows.map(flat)
}

/** All captures of a filter, newest first, read batch by batch: memory stays flat however many there are. */
export async function* eachCapture(
  db: Database,
  filter: CaptureFilter,
  batch = 2_000,
): AsyncGenerator<ListedCapture> {
  let after: SQL | undefined
  for (;;) {
    const rows = await listed(db)
      .where(and(conditionOf(filter), after))
      .orderBy(desc(STANDS_AT), desc(captures.id))
      .limit(batch)
    for (const row of rows) yield flat(row)
    const last = rows.at(-1)?.capture
    if (!last || rows.length < batch) return
    const at = (last.decidedAt ?? last.windowFrom).toISOString()
    after = sql`(${STANDS_AT}, ${captures.id}) < (${at}::timestamptz, ${last.id}::uuid)`
  }
}

const flat = ({
  capture,
  creates,
  delayMs,
}: {
  capture: CaptureRow
  creates: number
  delayMs: number | null
}) => ({
  ...capture,
  creates,
  delayMs,
})

function conditionOf({ extension, outcome, reason, from, before }: CaptureFilter): SQL | undefined {
  return and(
    extension ? eq(captures.extension, extension) : undefined,
    outcome === 'under-way'
      ? sql`${captures.decidedAt} is null`
      : outcome
        ? eq(captures.state, outcome)
        : undefined,
    reason ? eq(captures.reason, reason) : undefined,
    from ? gte(STANDS_AT, sql`${from.toISOString()}::timestamptz`) : undefined,
    before ? lt(STANDS_AT, sql`${before.toISOString()}::timestamptz`) : undefined,
  )
}
