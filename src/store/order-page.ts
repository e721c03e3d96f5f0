import { asc, eq, type InferSelectModel } from 'drizzle-orm'
import type { Database } from './connect.ts'
import { orderLines, orders } from './schema/customers.ts'
import { type WatchState, watches } from './schema/watching.ts'

/** An order with what became of each extension. */
export type OrderPage = {
  order: InferSelectModel<typeof orders>
  lines: (InferSelectModel<typeof orderLines> & { watch: WatchState | null })[]
}

/** @returns null when there is no such order. */
export async function readOrderPage(db: Database, id: string): Promise<OrderPage | null> {
  const [[order], lines, watched] = await Promise.all([
    db.select().from(orders).where(eq(orders.id, id)),
    db.select().from(orderLines).where(eq(orderLines.orderId, id)).orderBy(asc(orderLines.name)),
    db
      .select({ name: watches.name, state: watches.state })
      .from(watches)
      .where(eq(watches.orderId, id)),
  ])
  if (!order) return null
  const watchOf = new Map(watched.map(({ name, state }) => [name, state]))
  return { order, lines: lines.map((line) => ({ ...line, watch: watchOf.get(line.name) ?? null })) }
}
