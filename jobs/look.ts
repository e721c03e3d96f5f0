import { z } from 'zod'
import type { JobKind } from './queue.ts'

const Payload = z.object({ name: z.string(), dueAt: z.number().int() })
export type LookPayload = z.infer<typeof Payload>

/** Look once at a watched name. Queued at most once per name and due instant; a lost one is handed out again by the sweep. */
export const lookJob: JobKind<LookPayload> = {
  kind: 'look',
  payload: Payload,
  id: ({ name, dueAt }) => `look-${name}-${dueAt}`,
  options: { attempts: 1 },
}
