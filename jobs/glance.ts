import { z } from 'zod'
import type { JobKind } from './queue.ts'

const Payload = z.object({ name: z.string(), dueAt: z.number().int() })
export type GlancePayload = z.infer<typeof Payload>

/** Glance once at a watched name in DNS. Queued at most once per name and due instant. */
export const glanceJob: JobKind<GlancePayload> = {
  kind: 'glance',
  payload: Payload,
  id: ({ name, dueAt }) => `glance-${name}-${dueAt}`,
  options: { attempts: 1 },
}
