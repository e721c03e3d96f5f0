import { z } from 'zod'
import type { JobKind } from './queue.ts'

const Payload = z.object({ orderId: z.uuid(), round: z.number().int() })
export type OrderPayload = z.infer<typeof Payload>

/**
 * Fulfil an order: settle each line that can be settled now. Queued when the order is placed (round 0) and once a round while
 * a line is pending.
 */
export const orderJob: JobKind<OrderPayload> = {
  kind: 'order',
  payload: Payload,
  id: ({ orderId, round }) => `order-${orderId}-${round}`,
  options: { attempts: 3, backoff: { type: 'exponential', delay: 2_000 } },
}

const Placement = z.object({
  reference: z.string().min(1).max(100),
  nicHandle: z.string(),
  pack: z.string(),
  label: z.string(),
  heldElsewhere: z.array(z.string()).optional(),
})
export type OrdersPayload = z.infer<typeof Placement>

/**
 * Place an order, for an order system that speaks to the queue instead of the API. The reference is the key: the same one
 * queued again is the same order. The API's rules hold; an order that breaks them fails the job with its problems.
 */
export const ordersJob: JobKind<OrdersPayload> = {
  kind: 'orders',
  payload: Placement,
  id: ({ reference }) => `orders-${Buffer.from(reference).toString('base64url')}`,
  options: { attempts: 3, backoff: { type: 'exponential', delay: 2_000 } },
}
