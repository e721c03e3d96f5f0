import { and, asc, desc, eq, gt, gte, isNotNull, sql } from 'drizzle-orm'
import type { DomainName } from '../domain/name.ts'
import type { Database } from './connect.ts'
import { captures, permits, switches } from './schema/capturing.ts'
import { orderLines } from './schema/customers.ts'
import { deliveries, webhooks } from './schema/telling.ts'
import { names } from './schema/watching.ts'

/** Everything that wants a person's eye. Lists are cut at `ALARMS_LISTED`; the counts are whole. */
export type Alarms = {
  /** Pauses live in real time, whatever clock Vigie lives by. */
  paused: { host: string; leftMs: number; reason: string }[]
  stopped: { scope: string; by: string; reason: string; at: Date }[]
  /** Watched names that have not answered for several looks. */
  blind: { count: number; names: { name: DomainName; unicode: string; lastLookAt: Date | null }[] }
  /** Captures of which nobody knows yet whether a create was executed. */
  undetermined: { id: string; name: DomainName }[]
  /** Order lines that wait for a person. */
  actionNeeded: { count: number; lines: { orderId: string; name: DomainName; reason: string }[] }
  deadWebhooks: { url: string; reason: string }[]
  /** Events that could not be delivered in all their attempts. */
  undelivered: number
}

/** Names listed by an alarm; the rest is a count. */
export const ALARMS_LISTED = 5
/** Looks in a row without an answer that make a name blind. */
export const BLIND_LOOKS = 3

export async function readAlarms(db: Database): Promise<Alarms> {
  const isBlind = and(gt(names.openWatches, 0), gte(names.silentLooks, BLIND_LOOKS))
  const needsAction = eq(orderLines.state, 'action-needed')
  const [paused, stopped, blind, undetermined, lines, deadWebhooks, [counts]] = await Promise.all([
    db
      .select({
        host: permits.host,
        leftMs: sql<number>`(extract(epoch from ${permits.pausedUntil} - clock_timestamp()) * 1000)::float8`,
        reason: permits.reason,
      })
      .from(permits)
      .where(sql`${permits.pausedUntil} > clock_timestamp()`)
      .orderBy(asc(permits.host)),
    db
      .select({ scope: switches.scope, by: switches.by, reason: switches.reason, at: switches.at })
      .from(switches)
      .where(eq(switches.stopped, true))
      .orderBy(asc(switches.scope)),
    db
      .select({ name: names.name, unicode: names.unicode, lastLookAt: names.lastLookAt })
      .from(names)
      .where(isBlind)
      .orderBy(desc(names.silentLooks), asc(names.name))
      .limit(ALARMS_LISTED),
    db
      .select({ id: captures.id, name: captures.name })
      .from(captures)
      .where(eq(captures.state, 'undetermined'))
      .orderBy(asc(captures.windowFrom))
      .limit(ALARMS_LISTED),
    db
      .select({ orderId: orderLines.orderId, name: orderLines.name, reason: orderLines.reason })
      .from(orderLines)
      .where(needsAction)
      .orderBy(desc(orderLines.updatedAt))
      .limit(ALARMS_LISTED),
    db
      .select({ url: webhooks.url, reason: webhooks.reason })
      .from(webhooks)
      .where(isNotNull(webhooks.disabledAt))
      .orderBy(asc(webhooks.url)),
    db
      .select({
        blind: sql<number>`(select count(*)::int from ${names} where ${isBlind})`,
        actionNeeded: sql<number>`(select count(*)::int from ${orderLines} where ${needsAction})`,
        undelivered: sql<number>`count(*)::int`,
      })
      .from(deliveries)
      .where(eq(deliveries.state, 'failed')),
  ])
  return {
    paused,
    stopped,
    blind: { count: counts!.blind, names: blind },
    undetermined,
    actionNeeded: { count: counts!.actionNeeded, lines },
    deadWebhooks,
    undelivered: counts!.undelivered,
  }
}
