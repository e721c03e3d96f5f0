import { sql } from 'drizzle-orm'
import { unicodeOf } from '../domain/name.ts'
import type { Registry } from '../domain/policy/policy.ts'
import type { Database } from './connect.ts'
import type { LineKey } from './orders.ts'

/** Whether an order may create a name now. */
export type Claim =
  /** It may; its intent stands since this instant. */
  | { kind: 'claimed'; since: Date }
  /** Somebody watches the name: his turn comes first. */
  | { kind: 'watched' }
  /** Another order is registering it, or the line is not pending any more. */
  | { kind: 'busy' }

/**
 * Commits the intent to register a name for a pending line. One order at a time has it, and none while the name is watched;
 * it stands until the line is settled or it is withdrawn.
 */
export async function claimRegistration(
  db: Database,
  { orderId, name }: LineKey,
  registry: Registry,
  now: Date,
): Promise<Claim> {
  const at = sql`${now.toISOString()}::timestamptz`
  const rows = await db.execute<{ since: Date | string }>(sql`
    insert into names (name, unicode, extension, registry, registering, registering_since)
    select l.name, ${unicodeOf(name)}, l.extension, ${registry}, l.order_id, ${at} from order_lines l
    where l.order_id = ${orderId} and l.name = ${name} and l.state = 'pending' for update
    on conflict (name) do update set registering = excluded.registering, version = names.version + 1,
      registering_since = coalesce(names.registering_since, excluded.registering_since)
      where names.open_watches = 0 and (names.registering is null or names.registering = ${orderId})
    returning registering_since as since`)
  const [claimed] = [...rows]
  if (claimed) return { kind: 'claimed', since: new Date(claimed.since) }
  const [row] = await db.execute<{ open: number }>(
    sql`select open_watches as open from names where name = ${name}`,
  )
  return (row?.open ?? 0) > 0 ? { kind: 'watched' } : { kind: 'busy' }
}

/** Since when an order's create of a name may have left; null when it has no intent. */
export async function standingClaim(
  db: Database,
  { orderId, name }: LineKey,
): Promise<Date | null> {
  const [row] = await db.execute<{ since: Date | string }>(
    sql`select registering_since as since from names where name = ${name} and registering = ${orderId}`,
  )
  return row ? new Date(row.since) : null
}

/** Gives an intent back: nothing of it has reached the registry. */
export const withdrawClaim = (db: Database, { orderId, name }: LineKey): Promise<unknown> =>
  db.execute(sql`update names set registering = null, registering_since = null, version = version + 1
    where name = ${name} and registering = ${orderId}`)
