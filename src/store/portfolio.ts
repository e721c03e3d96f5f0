import { and, asc, eq, gt, type InferSelectModel, sql } from 'drizzle-orm'
import type { DomainName } from '../domain/name.ts'
import type { Database } from './connect.ts'
import { orderLines, orders, portfolio } from './schema/customers.ts'

/** A name that one of the registrar's customers holds with it. */
export type HeldName = InferSelectModel<typeof portfolio>

export async function findHeldName(db: Database, name: DomainName): Promise<HeldName | null> {
  const [row] = await db.select().from(portfolio).where(eq(portfolio.name, name))
  return row ?? null
}

/** Writes a name as held; the order it was registered with is kept while the holder stays. @returns what is stored now. */
export async function saveHeldName(
  db: Database,
  held: Pick<HeldName, 'name' | 'nicHandle' | 'expiresAt' | 'updatedAt'>,
): Promise<HeldName> {
  const { nicHandle, expiresAt, updatedAt } = held
  const [row] = await db
    .insert(portfolio)
    .values(held)
    .onConflictDoUpdate({
      target: portfolio.name,
      set: {
        nicHandle,
        expiresAt,
        updatedAt,
        orderId: sql`case when ${portfolio.nicHandle} = excluded.nic_handle then ${portfolio.orderId} end`,
      },
    })
    .returning()
  return row!
}

/** @returns false when nobody held it. */
export async function dropHeldName(db: Database, name: DomainName): Promise<boolean> {
  const gone = await db
    .delete(portfolio)
    .where(eq(portfolio.name, name))
    .returning({ name: portfolio.name })
  return gone.length > 0
}

/** Held names in their own order. @param after the last name of the page before. */
export const listHeldNames = (
  db: Database,
  filter: { nicHandle?: string | undefined },
  after: string | null,
  limit: number,
): Promise<HeldName[]> =>
  db
    .select()
    .from(portfolio)
    .where(
      and(
        filter.nicHandle === undefined ? undefined : eq(portfolio.nicHandle, filter.nicHandle),
        after === null ? undefined : gt(portfolio.name, after as DomainName),
      ),
    )
    .orderBy(asc(portfolio.name))
    .limit(limit)

/** Orders of a holder in whose pack a name is missing. */
export async function ordersMissing(
  db: Database,
  name: DomainName,
  nicHandle: string,
): Promise<string[]> {
  const rows = await db
    .select({ orderId: orderLines.orderId })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(
      sql`${orderLines.name} = ${name} and ${orders.nicHandle} = ${nicHandle}
        and ${orderLines.state} in ('transfer-on-request', 'watched', 'action-needed')`,
    )
    .orderBy(asc(orders.placedAt))
  return rows.map((row) => row.orderId)
}
