import { type SQL, sql } from 'drizzle-orm'
import type { Database } from './connect.ts'

/**
 * Makes a change and tells it in one statement: both happen or neither does, and no transaction stays open meanwhile.
 * @param statement an INSERT or UPDATE with RETURNING; `moved` is the name of its rows.
 * @param events calls of `append_event`; they run once for each row that the statement touched.
 * @param beside data-modifying statements that happen with it, each with its own condition on `moved`.
 * @returns the returned rows; empty when the statement's condition did not hold.
 */
export async function change<Row extends Record<string, unknown>>(
  db: Database,
  statement: SQL,
  events: readonly SQL[],
  beside: readonly SQL[] = [],
): Promise<Row[]> {
  const told = events.map((call, i) => sql`, ${call} as ${sql.raw(`event_${i}`)}`)
  const more = beside.map((part, i) => sql`, ${sql.raw(`beside_${i}`)} as (${part})`)
  const rows = await db.execute<Row>(
    sql`with moved as (${statement})${sql.join(more)} select moved.*${sql.join(told)} from moved`,
  )
  return [...rows] as unknown as Row[]
}
