import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { change } from './change.ts'
import type { Database } from './connect.ts'
import { eventCall } from './outbox.ts'
import { switches } from './schema/capturing.ts'

/** A stop switch as it was last set. */
export type Switch = { scope: string; stopped: boolean; by: string; reason: string; at: Date }

/** Sets a stop switch and tells it. @param set.scope `all`, or kind and key such as `registry:verisign`. */
export async function setSwitch(db: Database, set: Switch): Promise<void> {
  const { scope: _, ...changed } = set
  const statement = db
    .insert(switches)
    .values(set)
    .onConflictDoUpdate({ target: switches.scope, set: changed })
    .returning({ scope: switches.scope })
  await change(db, statement.getSQL(), [changedEvent(set)])
}

/** Sets a stop switch that nobody has touched yet. @returns whether it did. */
export async function presetSwitch(db: Database, set: Switch): Promise<boolean> {
  const statement = db
    .insert(switches)
    .values(set)
    .onConflictDoNothing()
    .returning({ scope: switches.scope })
  return (await change(db, statement.getSQL(), [changedEvent(set)])).length > 0
}

function changedEvent({ scope, stopped, by, reason, at }: Switch): SQL {
  const subject = `switch:${scope}`
  const key = `${subject}/${at.toISOString()}/${stopped}`
  return eventCall('switch.changed', subject, key, at, { scope, stopped, by, reason })
}

/** The first of the scopes that is stopped; null when the way is free. */
export async function stoppedBy(
  db: Database,
  scopes: readonly string[],
): Promise<{ scope: string; reason: string } | null> {
  const [row] = await db
    .select({ scope: switches.scope, reason: switches.reason })
    .from(switches)
    .where(and(inArray(switches.scope, [...scopes]), eq(switches.stopped, true)))
    .orderBy(sql`${switches.scope} <> 'all'`, asc(switches.scope))
    .limit(1)
  return row ?? null
}

/** Every switch that was ever set. */
export const readSwitches = (db: Database): Promise<Switch[]> =>
  db.select().from(switches).orderBy(asc(switches.scope))
