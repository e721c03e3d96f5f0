import { eq } from 'drizzle-orm'
import type { DomainEvent } from '../domain/event.ts'
import { type AttemptRow, listAttempts } from './attempts.ts'
import { type CaptureRow, findCapture } from './captures.ts'
import type { Database } from './connect.ts'
import { readEvents } from './outbox.ts'
import { orders } from './schema/customers.ts'
import { watches } from './schema/watching.ts'

/** One capture with everything that was sent for it. */
export type CapturePage = {
  capture: CaptureRow
  attempts: AttemptRow[]
  /** Oldest first. */
  events: DomainEvent[]
  beneficiary: { watchId: string; nicHandle: string; orderId: string; reference: string } | null
}

/** @returns null when there is no such capture. */
export async function readCapturePage(db: Database, id: string): Promise<CapturePage | null> {
  const capture = await findCapture(db, id)
  if (!capture) return null
  const [attempts, events, beneficiary] = await Promise.all([
    listAttempts(db, id),
    readEvents(db, { subject: `capture:${id}`, limit: 50 }),
    capture.beneficiaryWatchId ? readBeneficiary(db, capture.beneficiaryWatchId) : null,
  ])
  return { capture, attempts, events, beneficiary }
}

async function readBeneficiary(db: Database, watchId: string): Promise<CapturePage['beneficiary']> {
  const [row] = await db
    .select({
      watchId: watches.id,
      nicHandle: watches.nicHandle,
      orderId: watches.orderId,
      reference: orders.reference,
    })
    .from(watches)
    .innerJoin(orders, eq(orders.id, watches.orderId))
    .where(eq(watches.id, watchId))
  return row ?? null
}
