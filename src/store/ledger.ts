import { and, eq, sql } from 'drizzle-orm'
import type { Database } from './connect.ts'
import { ledger } from './schema/capturing.ts'

/** Creates sent, and penalty points that they may cost, in one day of a registry. */
export type Spending = { creates: number; points: number }

/**
 * Spends from an accreditation's day before the commands are sent. A hard stop: one statement, so that any number of
 * processes together never pass a limit.
 * @param day of the registry, `YYYY-MM-DD`.
 * @returns false, with nothing spent, when creates or points would pass their limit.
 */
export async function spend(
  db: Database,
  accreditation: string,
  day: string,
  { creates, points }: Spending,
  limits: Spending,
): Promise<boolean> {
  if (!(creates >= 0 && points >= 0)) throw new RangeError('Nothing can be put back by spending.')
  const rows = await db.execute(sql`
    insert into ledger (accreditation, day, creates, points)
    select ${accreditation}, ${day}, ${creates}::int, ${points}::int
    where ${creates}::bigint <= ${limits.creates}::bigint and ${points}::bigint <= ${limits.points}::bigint
    on conflict (accreditation, day) do update
      set creates = ledger.creates + excluded.creates, points = ledger.points + excluded.points
      where ledger.creates + excluded.creates <= ${limits.creates}::bigint
        and ledger.points + excluded.points <= ${limits.points}::bigint
    returning 1`)
  return rows.length > 0
}

/**
 * Gives back what was spent and not used: the points of a create which the registry then accepted (it charges for refusals
 * only), or all of a create that never left.
 */
export async function giveBack(
  db: Database,
  accreditation: string,
  day: string,
  { creates, points }: Spending,
): Promise<void> {
  await db
    .update(ledger)
    .set({
      creates: sql`greatest(${ledger.creates} - ${creates}::int, 0)`,
      points: sql`greatest(${ledger.points} - ${points}::int, 0)`,
    })
    .where(and(eq(ledger.accreditation, accreditation), eq(ledger.day, day)))
}

/** What an accreditation has spent in a day. */
export async function readSpending(
  db: Database,
  accreditation: string,
  day: string,
): Promise<Spending> {
  const [row] = await db
    .select({ creates: ledger.creates, points: ledger.points })
    .from(ledger)
    .where(and(eq(ledger.accreditation, accreditation), eq(ledger.day, day)))
  return row ?? { creates: 0, points: 0 }
}

/** Raises the day's figures to the registry's own counter, where it shows one; they never fall. */
export async function seedSpending(
  db: Database,
  accreditation: string,
  day: string,
  counted: Spending,
): Promise<void> {
  await db
    .insert(ledger)
    .values({ accreditation, day, ...counted })
    .onConflictDoUpdate({
      target: [ledger.accreditation, ledger.day],
      set: {
        creates: sql`greatest(${ledger.creates}, ${counted.creates}::int)`,
        points: sql`greatest(${ledger.points}, ${counted.points}::int)`,
      },
    })
}
