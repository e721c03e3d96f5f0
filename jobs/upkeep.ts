import { z } from 'zod'
import type { JobKind } from './queue.ts'

const Payload = z.object({ day: z.iso.date() })
export type UpkeepPayload = z.infer<typeof Payload>

/** Forget what is older than its retention. Queued once a day. */
export const upkeepJob: JobKind<UpkeepPayload> = {
  kind: 'upkeep',
  payload: Payload,
  id: ({ day }) => `upkeep-${day}`,
  options: { attempts: 3, backoff: { type: 'exponential', delay: 60_000 } },
}
