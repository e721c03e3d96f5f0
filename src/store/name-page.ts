import { asc, desc, eq, sql } from 'drizzle-orm'
import type { DomainEvent } from '../domain/event.ts'
import type { DomainName } from '../domain/name.ts'
import type { CaptureRow } from './captures.ts'
import type { Database } from './connect.ts'
import type { NameRow } from './names.ts'
import { recentEvents } from './overview.ts'
import { captures } from './schema/capturing.ts'
import { orders } from './schema/customers.ts'
import { names, observations, type WatchState, watches } from './schema/watching.ts'

/** A watch as the page of its name shows it: who wants it and by which order, no contact. */
export type NamedWatch = {
  id: string
  orderId: string
  reference: string
  nicHandle: string
  state: WatchState
  openedAt: Date
  endedAt: Date | null
  reason: string
}

export type ObservationRow = typeof observations.$inferSelect

/** All that is known of one name. */
export type NamePage = {
  row: NameRow
  watches: NamedWatch[]
  captures: CaptureRow[]
  /** Newest first, of the name itself, its watches, its captures and the orders behind them. */
  events: DomainEvent[]
  /** Newest first. */
  observations: ObservationRow[]
}

/** Newest events and observations that a page shows. */
const EVENTS_SHOWN = 200
const OBSERVATIONS_SHOWN = 500

/** @returns null when the name was never watched. */
export async function readNamePage(db: Database, name: DomainName): Promise<NamePage | null> {
  const [[row], watched, raced, seen] = await Promise.all([
    db.select().from(names).where(eq(names.name, name)),
    db
      .select({
        id: watches.id,
        orderId: watches.orderId,
        reference: orders.reference,
        nicHandle: watches.nicHandle,
        state: watches.state,
        openedAt: watches.openedAt,
        endedAt: watches.endedAt,
        reason: watches.reason,
      })
      .from(watches)
      .innerJoin(orders, eq(orders.id, watches.orderId))
      .where(eq(watches.name, name))
      .orderBy(sql`${watches.state} <> 'open'`, asc(watches.openedAt), asc(watches.id)),
    db.select().from(captures).where(eq(captures.name, name)).orderBy(desc(captures.armedAt)),
    db
      .select()
      .from(observations)
      .where(eq(observations.name, name))
      .orderBy(desc(observations.at), desc(observations.id))
      .limit(OBSERVATIONS_SHOWN),
  ])
  if (!row) return null
  const subjects = [
    `name:${name}`,
    ...watched.flatMap((w) => [`watch:${w.id}`, `order:${w.orderId}`]),
    ...raced.map((capture) => `capture:${capture.id}`),
  ]
  const told = await recentEvents(db, EVENTS_SHOWN, subjects)
  return {
    row,
    watches: watched,
    captures: raced,
    events: told.filter((event) => 'name' in event.data && event.data.name === name),
    observations: seen,
  }
}
