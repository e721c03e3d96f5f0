import { and, inArray, type SQL, sql } from 'drizzle-orm'
import { type DomainName, unicodeOf } from '../domain/name.ts'
import type { Registry } from '../domain/policy/policy.ts'
import { change } from './change.ts'
import type { Database } from './connect.ts'
import type { LineKey } from './orders.ts'
import { type LineState, orderLines } from './schema/customers.ts'

/** Why a line is still pending, for people. */
export const explainLine = (
  db: Database,
  { orderId, name }: LineKey,
  reason: string,
  now: Date,
): Promise<unknown> =>
  db
    .update(orderLines)
    .set({ reason, updatedAt: now })
    .where(
      sql`order_id = ${orderId} and name = ${name} and state = 'pending' and reason <> ${reason}`,
    )

/** Takes up a line again that waited for a person. @returns false when it waited for none. */
export async function retryLine(
  db: Database,
  { orderId, name }: LineKey,
  now: Date,
): Promise<boolean> {
  const retry = db
    .update(orderLines)
    .set({ state: 'pending', reason: '', updatedAt: now })
    .where(sql`order_id = ${orderId} and name = ${name} and state = 'action-needed'`)
    .returning({ name: orderLines.name })
  const reopen = sql`update orders set state = 'placed' where id = ${orderId} and exists (select 1 from moved)`
  return (await change(db, retry.getSQL(), [], [reopen])).length > 0
}

/** What a line becomes. */
export type LineEnd = {
  state: Exclude<LineState, 'pending' | 'watched' | 'registered'>
  reason: string
  expiresAt: Date | null
}

/**
 * Settles a line, gives back the intent to register its name if the order had one, and tells it, in one statement.
 * @param from the states it may be in.
 * @returns false when the line was in none of them.
 */
export async function settleLine(
  db: Database,
  { orderId, name }: LineKey,
  end: LineEnd,
  events: readonly SQL[],
  now: Date,
  from: readonly LineState[] = ['pending'],
): Promise<boolean> {
  const update = db
    .update(orderLines)
    .set({ ...end, updatedAt: now })
    .where(and(isLine(orderId, name), inArray(orderLines.state, [...from])))
    .returning({ name: orderLines.name })
  const giveBack = sql`update names set registering = null, registering_since = null, version = version + 1
    where name = ${name} and registering = ${orderId} and exists (select 1 from moved)`
  return (await change(db, update.getSQL(), events, [giveBack])).length > 0
}

/** Settles a pending line as registered: line, portfolio, name and event, in one statement, once. */
export async function settleRegistered(
  db: Database,
  { orderId, name, nicHandle }: LineKey & { nicHandle: string },
  expiresAt: Date | null,
  registered: SQL,
  now: Date,
): Promise<boolean> {
  const [at, expires] = [now.toISOString(), expiresAt?.toISOString() ?? null]
  const reason = 'It was free and is registered with the order.'
  const update = db
    .update(orderLines)
    .set({ state: 'registered', reason, expiresAt, updatedAt: now })
    .where(pending(orderId, name))
    .returning({ name: orderLines.name })
  const hold = sql`insert into portfolio (name, nic_handle, expires_at, order_id, updated_at)
    select name, ${nicHandle}, ${expires}::timestamptz, ${orderId}::uuid, ${at}::timestamptz from moved
    on conflict (name) do update set nic_handle = excluded.nic_handle, expires_at = excluded.expires_at,
      order_id = excluded.order_id, updated_at = excluded.updated_at`
  const keep = sql`update names set registering = null, registering_since = null, state = 'held',
      expires_at = ${expires}::timestamptz, reason = 'Registered by us with an order.', version = version + 1
    where name = ${name} and exists (select 1 from moved)`
  return (await change(db, update.getSQL(), [registered], [hold, keep])).length > 0
}

/**
 * Settles a pending line as watched: line, watch, name and event, in one statement, once. A name has one row however many
 * watch it, and is looked at at once.
 * @returns false when the line was not pending, or another order is registering the name at this moment.
 */
export async function settleWatched(
  db: Database,
  { orderId, name, nicHandle }: LineKey & { nicHandle: string },
  watch: { id: string; registry: Registry; reason: string },
  opened: SQL,
  now: Date,
): Promise<boolean> {
  const at = sql`${now.toISOString()}::timestamptz`
  const upsert = sql`
    insert into names (name, unicode, extension, registry, open_watches, next_look_at, next_look_because,
      next_glance_at)
    select l.name, ${unicodeOf(name)}, l.extension, ${watch.registry}, 1, ${at}, 'first', ${at}
    from order_lines l
    where l.order_id = ${orderId} and l.name = ${name} and l.state = 'pending' for update
    on conflict (name) do update set open_watches = names.open_watches + 1, next_look_at = ${at},
      next_look_because = 'first', next_glance_at = ${at}, registering = null, registering_since = null, version = names.version + 1
      where names.registering is null or names.registering = ${orderId}
    returning name`
  const settle = sql`update order_lines set state = 'watched', reason = ${watch.reason}, updated_at = ${at}
    where ${pending(orderId, name)} and exists (select 1 from moved)`
  const open = sql`insert into watches (id, name, order_id, nic_handle, state, opened_at)
    select ${watch.id}::uuid, name, ${orderId}::uuid, ${nicHandle}, 'open', ${at} from moved`
  return (await change(db, upsert, [opened], [settle, open])).length > 0
}

const isLine = (orderId: string, name: DomainName): SQL =>
  sql`order_id = ${orderId} and name = ${name}`
const pending = (orderId: string, name: DomainName): SQL =>
  sql`${isLine(orderId, name)} and state = 'pending'`
