import { z } from 'zod'
import type { JobKind } from './queue.ts'

const Payload = z.object({ round: z.number().int() })
export type DeliverPayload = z.infer<typeof Payload>

/** Deliver the events that are due to webhooks. Queued at most once a round; what is due stands in the database. */
export const deliverJob: JobKind<DeliverPayload> = {
  kind: 'deliver',
  payload: Payload,
  id: ({ round }) => `deliver-${round}`,
  options: { attempts: 1 },
}
