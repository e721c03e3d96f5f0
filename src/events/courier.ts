import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/connect.ts'
import type { Sealer } from '../store/seal.ts'
import { claimDelivery, dueWebhooks, recordDelivery } from '../store/webhooks.ts'
import { deliver } from './deliver.ts'

/** Carries events to webhooks, in a process of its own: nothing here can hold up a capture. */
export type Courier = {
  /** Starts on whatever is due. Cheap, and safe to call as often as one likes. */
  ring(): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  /** Breaks off what is under way; it is tried again by whoever rings next. */
  close(): Promise<void>
}

export type CourierDeps = {
  db: Database
  clock: Clock
  sealer: Sealer
  log: Log
  /** Webhooks may stand at loopback and private addresses (sandbox), or never (live). */
  allowPrivate: boolean
  /** A receiver has this long to answer. */
  deadlineMs?: number
}

/** One lane a webhook: its events go one after the other, in their order, and a slow receiver holds up only itself. */
export function openCourier(deps: CourierDeps): Courier {
  const { db, log } = deps
  const lanes = new Map<string, Promise<void>>()
  const closing = new AbortController()

  async function drain(webhookId: string): Promise<void> {
    while (!closing.signal.aborted && (await carryOne(webhookId))) {}
  }

  /** @returns whether the receiver took it, so that the next may follow at once. */
  async function carryOne(webhookId: string): Promise<boolean> {
    const delivery = await claimDelivery(db, webhookId)
    if (!delivery) return false
    const secret = deps.sealer.unseal(delivery.sealedSecret)
    const result = await deliver(delivery, secret, { ...deps, signal: closing.signal })
    await recordDelivery(db, delivery, result, deps.clock.now())
    const about = { webhookId, eventSeq: delivery.event.seq, status: result.status }
    if (result.kind !== 'done') log.warn({ ...about, kind: result.kind }, 'event not delivered')
    return result.kind === 'done'
  }

  function openLane(webhookId: string): void {
    const lane = drain(webhookId)
      .catch((fault: unknown) => {
        if (!closing.signal.aborted) log.error({ webhookId, err: fault }, 'delivery broke off')
      })
      .finally(() => lanes.delete(webhookId))
    lanes.set(webhookId, lane)
  }

  return {
    async ring() {
      if (closing.signal.aborted) return
      const due = await dueWebhooks(db)
      for (const webhookId of due) if (!lanes.has(webhookId)) openLane(webhookId)
    },
    async idle() {
      while (lanes.size > 0) await Promise.all(lanes.values())
    },
    async close() {
      closing.abort(new Error('the courier closes'))
      await Promise.all(lanes.values())
    },
  }
}
