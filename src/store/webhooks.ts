import { asc, eq, type InferSelectModel, sql } from 'drizzle-orm'
import type { DomainEvent } from '../domain/event.ts'
import type { Database } from './connect.ts'
import { deliveries, webhooks } from './schema/telling.ts'

/** A receiver of events as it is stored. */
export type WebhookRow = InferSelectModel<typeof webhooks>

/** @returns null when the address has a webhook already. */
export async function addWebhook(
  db: Database,
  webhook: Pick<WebhookRow, 'id' | 'url' | 'sealedSecret' | 'createdAt'>,
): Promise<WebhookRow | null> {
  const [row] = await db.insert(webhooks).values(webhook).onConflictDoNothing().returning()
  return row ?? null
}

export const listWebhooks = (db: Database): Promise<WebhookRow[]> =>
  db.select().from(webhooks).orderBy(asc(webhooks.createdAt), asc(webhooks.id))

export async function findWebhook(db: Database, id: string): Promise<WebhookRow | null> {
  const [row] = await db.select().from(webhooks).where(eq(webhooks.id, id))
  return row ?? null
}

/** Switches a webhook off with the reason, or on again: what was due meanwhile is then delivered. */
export async function setWebhook(
  db: Database,
  id: string,
  disabled: { at: Date; reason: string } | null,
): Promise<WebhookRow | null> {
  const [row] = await db
    .update(webhooks)
    .set({ disabledAt: disabled?.at ?? null, reason: disabled?.reason ?? '' })
    .where(eq(webhooks.id, id))
    .returning()
  return row ?? null
}

/** Removes a webhook and what was due to it. @returns false when there was none. */
export async function removeWebhook(db: Database, id: string): Promise<boolean> {
  const rows = await db.execute(sql`
    with due as (delete from deliveries where webhook_id = ${id})
    delete from webhooks where id = ${id} returning id`)
  return [...rows].length > 0
}

/** One event on its way to one webhook. */
export type Delivery = {
  webhookId: string
  url: string
  sealedSecret: string
  /** Tries so far, this one included. */
  attempts: number
  event: DomainEvent
}

/** A claimed delivery is nobody else's for this time, by the database's clock: longer than a try can take. */
const CLAIM_SECONDS = 30

const DUE = sql`d.state = 'due' and d.next_at <= clock_timestamp() and w.disabled_at is null`

/** Whether anything is due. */
export async function hasDueDeliveries(db: Database): Promise<boolean> {
  const [row] = await db.execute<{ due: boolean }>(sql`select exists (
    select 1 from deliveries d join webhooks w on w.id = d.webhook_id where ${DUE}) as due`)
  return row?.due ?? false
}

/** Webhooks that something is due to. */
export async function dueWebhooks(db: Database): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select distinct w.id from deliveries d join webhooks w on w.id = d.webhook_id where ${DUE}`)
  return [...rows].map((row) => row.id)
}

/** Claims the oldest event that is due to a webhook, by the host's own time. It counts as a try from here on. */
export async function claimDelivery(db: Database, webhookId: string): Promise<Delivery | null> {
  const [row] = await db.execute<{ event_seq: string; attempts: number }>(sql`
    update deliveries set attempts = attempts + 1,
      next_at = clock_timestamp() + make_interval(secs => ${CLAIM_SECONDS})
    where webhook_id = ${webhookId} and event_seq = (
      select d.event_seq from deliveries d join webhooks w on w.id = d.webhook_id
      where d.webhook_id = ${webhookId} and ${DUE}
      order by d.event_seq limit 1 for update of d skip locked
    )
    returning event_seq, attempts`)
  if (!row) return null
  const webhook = await findWebhook(db, webhookId)
  const event = await db.query.events.findFirst({
    where: (e, { eq }) => eq(e.seq, Number(row.event_seq)),
    columns: { dedupeKey: false },
  })
  if (!webhook || !event) return null
  const { url, sealedSecret } = webhook
  return { webhookId, url, sealedSecret, attempts: row.attempts, event: event as DomainEvent }
}

/** What became of a try. */
export type DeliveryResult = { status: string } & (
  | { kind: 'done' }
  /** To be tried again after this time. */
  | { kind: 'again'; afterMs: number }
  /** Given up; the webhook is switched off. */
  | { kind: 'failed' }
)

/** Writes down what became of a try. @param now when a webhook given up is switched off. */
export async function recordDelivery(
  db: Database,
  { webhookId, event }: Pick<Delivery, 'webhookId'> & { event: { seq: number } },
  result: DeliveryResult,
  now: Date,
): Promise<void> {
  const state = result.kind === 'again' ? 'due' : result.kind
  const afterMs = result.kind === 'again' ? result.afterMs : 0
  const written = db
    .update(deliveries)
    .set({
      state,
      lastStatus: result.status,
      nextAt: sql`clock_timestamp() + make_interval(secs => ${afterMs / 1000})`,
    })
    .where(sql`${deliveries.eventSeq} = ${event.seq} and ${deliveries.webhookId} = ${webhookId}`)
    .returning({ webhookId: deliveries.webhookId })
  if (result.kind !== 'failed') {
    await written
    return
  }
  await db.execute(sql`
    with failed as (${written.getSQL()})
    update webhooks set disabled_at = ${now.toISOString()}::timestamptz, reason = ${result.status}
    where id in (select webhook_id from failed) and disabled_at is null`)
}
