import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import type { Database } from '../store/connect.ts'
import { settleLine, settleRegistered, settleWatched } from '../store/order-lines.ts'
import type { LineRow, OrderRow } from '../store/orders.ts'
import { eventCall } from '../store/outbox.ts'
import { policyOf } from './desk.ts'

type Deps = { db: Database; clock: Clock }

// Each of these settles a pending line and tells it, in one statement; false when it could not.

/** Our create was accepted. */
export function registerLine(
  { id: orderId, nicHandle }: OrderRow,
  { name }: LineRow,
  expiresAt: Date | null,
  { db, clock }: Deps,
): Promise<boolean> {
  const now = clock.now()
  const event = eventCall(
    'name.registered',
    `order:${orderId}`,
    `name.registered:${orderId}:${name}`,
    now,
    { orderId, name, expiresAt: expiresAt?.toISOString() ?? null },
  )
  return settleRegistered(db, { orderId, name, nicHandle }, expiresAt, event, now)
}

/** The same nic-handle holds it with us already. */
export function joinLine(
  { id: orderId }: OrderRow,
  { name }: LineRow,
  expiresAt: Date | null,
  { db, clock }: Deps,
): Promise<boolean> {
  const now = clock.now()
  const reason = 'The same nic-handle holds it with us.'
  return settleLine(
    db,
    { orderId, name },
    { state: 'joined', reason, expiresAt },
    [joinedEvent(orderId, name, now)],
    now,
  )
}

/** How a name is said to have joined a pack from the portfolio. */
export const joinedEvent = (orderId: string, name: string, at: Date) =>
  eventCall('name.joined', `order:${orderId}`, `name.joined:${orderId}:${name}`, at, {
    orderId,
    name,
    how: 'portfolio',
  })

/** The customer holds it with another registrar: it joins, free, once he has it transferred. */
export const offerTransfer = (
  { id: orderId }: OrderRow,
  { name }: LineRow,
  { db, clock }: Deps,
): Promise<boolean> =>
  settleLine(
    db,
    { orderId, name },
    {
      state: 'transfer-on-request',
      reason: 'Held by the customer with another registrar; it joins the pack once transferred.',
      expiresAt: null,
    },
    [],
    clock.now(),
  )

/** Neither to be had nor worth a watch: a person has to decide. */
export function askForAction(
  { id: orderId }: OrderRow,
  { name, updatedAt }: LineRow,
  reason: string,
  { db, clock }: Deps,
): Promise<boolean> {
  const now = clock.now()
  // A line that is tried again is asked for again: its last change tells the two apart, and a repeated run keeps it.
  const once = `order.action-needed:${orderId}:${name}:${updatedAt.getTime()}`
  return settleLine(
    db,
    { orderId, name },
    { state: 'action-needed', reason, expiresAt: null },
    [eventCall('order.action-needed', `order:${orderId}`, once, now, { orderId, name, reason })],
    now,
  )
}

/** Somebody else holds it. @returns false also while another order is registering the name. */
export function watchLine(
  { id: orderId, nicHandle }: OrderRow,
  { name, extension }: LineRow,
  reason: string,
  { db, clock }: Deps,
): Promise<boolean> {
  const now = clock.now()
  const id = randomUUID()
  const event = eventCall('watch.opened', `watch:${id}`, `watch.opened:${orderId}:${name}`, now, {
    watchId: id,
    orderId,
    name,
    extension,
  })
  const { registry } = policyOf(name)
  return settleWatched(db, { orderId, name, nicHandle }, { id, registry, reason }, event, now)
}
