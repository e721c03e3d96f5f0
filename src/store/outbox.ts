import { randomUUID } from 'node:crypto'
import { and, asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { DomainEvent, EventData, EventType } from '../domain/event.ts'
import type { Database } from './connect.ts'
import { events } from './schema/telling.ts'

/**
 * The call that appends one event, to embed in the statement that makes the change it tells of.
 * @param subject what it is about, such as `capture:<id>`.
 * @param dedupeKey the same key told again changes nothing and answers the first event's `seq`.
 */
export function eventCall<T extends EventType>(
  type: T,
  subject: string,
  dedupeKey: string,
  at: Date,
  data: EventData[T],
): SQL {
  return sql`append_event(${randomUUID()}::uuid, ${type}, ${subject}, ${dedupeKey}, ${at.toISOString()}::timestamptz, ${JSON.stringify(data)}::jsonb)`
}

/** Appends one event by itself. @returns its `seq`, or that of the event already told under this key. */
export async function appendEvent<T extends EventType>(
  db: Database,
  type: T,
  subject: string,
  dedupeKey: string,
  at: Date,
  data: EventData[T],
): Promise<number> {
  const call = eventCall(type, subject, dedupeKey, at, data)
  const [row] = await db.execute<{ seq: string }>(sql`select ${call} as seq`)
  return Number(row!.seq)
}

/** Events in the order of `seq`, oldest first. @param filter `afterSeq` leaves out what was read before. */
export async function readEvents(
  db: Database,
  filter: { afterSeq?: number; subject?: string; limit: number },
): Promise<DomainEvent[]> {
  const rows = await db
    .select()
    .from(events)
    .where(
      and(
        filter.afterSeq === undefined ? undefined : gt(events.seq, filter.afterSeq),
        filter.subject === undefined ? undefined : eq(events.subject, filter.subject),
      ),
    )
    .orderBy(asc(events.seq))
    .limit(filter.limit)
  return rows.map(({ dedupeKey: _, ...event }) => event as DomainEvent)
}

/** Sequence number of the newest event; 0 when nothing was ever told. */
export async function lastEventSeq(db: Database): Promise<number> {
  const [row] = await db
    .select({ seq: sql<number>`coalesce(max(${events.seq}), 0)::int` })
    .from(events)
  return row!.seq
}
