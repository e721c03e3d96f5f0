import { and, asc, desc, eq, type InferSelectModel, lt, type SQL, sql } from 'drizzle-orm'
import { change } from './change.ts'
import type { Database } from './connect.ts'
import { orderLines, orders } from './schema/customers.ts'
import { type WatchState, watches } from './schema/watching.ts'

/** An order as it is stored. */
export type OrderRow = InferSelectModel<typeof orders>
/** One extension of an order as it is stored. */
export type LineRow = InferSelectModel<typeof orderLines>
/** A line with the watch it opened. */
export type WatchedLine = LineRow & { watchId: string | null; watchState: WatchState | null }
export type OrderWithLines = OrderRow & { lines: WatchedLine[] }

/** Which line of which order. */
export type LineKey = Pick<LineRow, 'orderId' | 'name'>

/**
 * Writes an order, its lines and its event in one statement.
 * @returns false when the reference is taken; nothing is then written.
 */
export async function insertOrder(
  db: Database,
  order: OrderRow,
  lines: readonly Pick<LineRow, 'name' | 'extension' | 'heldElsewhere'>[],
  placed: SQL,
): Promise<boolean> {
  const insert = db
    .insert(orders)
    .values(order)
    .onConflictDoNothing({ target: orders.reference })
    .returning({ id: orders.id })
  const insertLines = sql`
    insert into order_lines (order_id, name, extension, state, reason, held_elsewhere, updated_at)
    select moved.id, line.name, line.extension, 'pending', '', line."heldElsewhere", ${order.placedAt.toISOString()}::timestamptz
    from moved, jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line(name text, extension text, "heldElsewhere" boolean)`
  return (await change(db, insert.getSQL(), [placed], [insertLines])).length > 0
}

export async function findOrderByReference(
  db: Database,
  reference: string,
): Promise<OrderRow | null> {
  const [row] = await db.select().from(orders).where(eq(orders.reference, reference))
  return row ?? null
}

/** An order with its lines in the order of their names, and their watches. */
export async function findOrder(db: Database, id: string): Promise<OrderWithLines | null> {
  const [order] = await db.select().from(orders).where(eq(orders.id, id))
  if (!order) return null
  const rows = await db
    .select({ line: orderLines, watchId: watches.id, watchState: watches.state })
    .from(orderLines)
    .leftJoin(
      watches,
      and(eq(watches.orderId, orderLines.orderId), eq(watches.name, orderLines.name)),
    )
    .where(eq(orderLines.orderId, id))
    .orderBy(asc(orderLines.name))
  return { ...order, lines: rows.map(({ line, ...watch }) => ({ ...line, ...watch })) }
}

/** Orders, newest first. @param after the last order of the page before. */
export const listOrders = (
  db: Database,
  filter: {
    nicHandle?: string | undefined
    reference?: string | undefined
    state?: OrderRow['state'] | undefined
  },
  after: { at: Date; id: string } | null,
  limit: number,
): Promise<OrderRow[]> =>
  db
    .select()
    .from(orders)
    .where(
      and(
        filter.nicHandle === undefined ? undefined : eq(orders.nicHandle, filter.nicHandle),
        filter.reference === undefined ? undefined : eq(orders.reference, filter.reference),
        filter.state === undefined ? undefined : eq(orders.state, filter.state),
        after
          ? sql`(${orders.placedAt}, ${orders.id}) < (${after.at.toISOString()}::timestamptz, ${after.id}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(orders.placedAt), desc(orders.id))
    .limit(limit)

/** Orders placed before an instant that still have a line without an answer, oldest first: what a sweep rings for. */
export async function pendingOrders(
  db: Database,
  placedBefore: Date,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.state, 'placed'), lt(orders.placedAt, placedBefore)))
    .orderBy(asc(orders.placedAt))
    .limit(limit)
  return rows.map((row) => row.id)
}

/** Opens an order once no line of it is pending. */
export const openClassifiedOrder = (db: Database, id: string): Promise<unknown> =>
  db
    .update(orders)
    .set({ state: 'open' })
    .where(
      sql`${orders.id} = ${id} and ${orders.state} = 'placed'
        and not exists (select 1 from order_lines where order_id = ${id} and state = 'pending')`,
    )
