import { type SQL, sql } from 'drizzle-orm'
import type { DomainName } from '../domain/name.ts'

/** The holder a won name goes to. */
export type Beneficiary = { watchId: string; orderId: string; nicHandle: string }

/**
 * What a win changes beside the capture, as statements that run only when the capture itself moved: the watch is
 * fulfilled, the order's line joins its pack, the name enters the portfolio. Other customers' watches stay open.
 */
export function winChanges(
  name: DomainName,
  to: Beneficiary,
  expiresAt: Date | null,
  at: Date,
): SQL[] {
  const [now, expires] = [at.toISOString(), expiresAt?.toISOString() ?? null]
  const moved = sql`exists (select 1 from moved)`
  return [
    sql`update watches set state = 'won', ended_at = ${now}, reason = 'The name was captured for this watch.'
      where id = ${to.watchId} and state = 'open' and ${moved}`,
    sql`update order_lines set state = 'joined', expires_at = ${expires}, updated_at = ${now},
        reason = 'Captured when it fell back into the public pool.'
      where order_id = ${to.orderId} and name = ${name} and ${moved}`,
    sql`insert into portfolio (name, nic_handle, expires_at, order_id, updated_at)
      select ${name}, ${to.nicHandle}, ${expires}, ${to.orderId}::uuid, ${now} from moved
      on conflict (name) do update set nic_handle = excluded.nic_handle, expires_at = excluded.expires_at,
        order_id = excluded.order_id, updated_at = excluded.updated_at`,
    sql`update names set open_watches = greatest(open_watches - 1, 0), next_look_at = ${now}, version = version + 1
      where name = ${name} and ${moved}`,
  ]
}

/** After a miss the name is looked at again at once. */
export const missChanges = (name: DomainName, at: Date): SQL[] => [
  sql`update names set next_look_at = ${at.toISOString()}, next_look_because = 'after-miss', claimed_until = null
    where name = ${name} and exists (select 1 from moved)`,
]
