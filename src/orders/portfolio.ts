import type { Clock } from '../clock.ts'
import type { DomainName } from '../domain/name.ts'
import type { Database } from '../store/connect.ts'
import { settleLine } from '../store/order-lines.ts'
import { eventCall } from '../store/outbox.ts'
import { findHeldName, type HeldName, ordersMissing, saveHeldName } from '../store/portfolio.ts'
import { moveWatch, standingWatches } from '../store/watch-list.ts'
import { joinedEvent } from './end-line.ts'

/**
 * Notes that a customer holds a name with us. The name joins the holder's packs that were still without it, and the holder's
 * own watches of it end: nobody watches what he has. Safe to repeat.
 */
export async function putHeldName(
  held: { name: DomainName; nicHandle: string; expiresAt: Date | null },
  { db, clock }: { db: Database; clock: Clock },
): Promise<{ held: HeldName; isNew: boolean }> {
  const { name, nicHandle, expiresAt } = held
  const isNew = (await findHeldName(db, name)) === null
  const now = clock.now()
  const saved = await saveHeldName(db, { ...held, updatedAt: now })
  for (const orderId of await ordersMissing(db, name, nicHandle)) {
    const end = {
      state: 'joined',
      reason: 'The same nic-handle holds it with us.',
      expiresAt,
    } as const
    await settleLine(db, { orderId, name }, end, [joinedEvent(orderId, name, now)], now, [
      'transfer-on-request',
      'watched',
      'action-needed',
    ])
  }
  for (const { id, state } of await standingWatches(db, name, nicHandle)) {
    const told = { watchId: id, name, reason: 'joined' }
    const ended = eventCall('watch.ended', `watch:${id}`, `watch.ended:${id}`, now, told)
    const reason = 'The holder of the watch holds the name.'
    await moveWatch(db, id, { from: state, to: 'ended', reason, at: now }, [ended])
  }
  return { held: saved, isNew }
}
