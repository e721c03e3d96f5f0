import { createRoute, z } from '@hono/zod-openapi'
import { line } from '../../orders/text.ts'
import { readEvents } from '../../store/outbox.ts'
import type { Access } from '../access.ts'
import type { Api, ApiDeps } from '../env.ts'
import { PageQuery } from '../page.ts'
import { FAILURES, json } from '../responses.ts'
import { Instant, instant } from '../schema.ts'

const Event = z
  .object({
    id: z.uuid(),
    type: z.string(),
    seq: z.int().openapi({ description: 'Order of all events.' }),
    subject: z.string().openapi({ example: 'name:my-brand.com' }),
    subjectSeq: z.int().openapi({ description: 'Order of the subject’s events, without gaps.' }),
    at: Instant,
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('Event', { description: 'The same body is posted to webhooks.' })

export function addEvents(api: Api, access: Access, { db }: ApiDeps): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/events',
    summary: 'Events in their order',
    middleware: [access('orders', 'support', 'ops:read')],
    request: {
      query: z.strictObject({
        afterSeq: z.coerce
          .number('Must be a whole number.')
          .int('Must be a whole number.')
          .min(0, 'Must not be negative.')
          .optional()
          .openapi({ type: 'integer', minimum: 0 }),
        subject: line(300).optional().openapi({ example: 'name:my-brand.com' }),
        limit: PageQuery.limit,
      }),
    },
    responses: {
      200: json(
        'A page of events; pass `nextAfterSeq` as `afterSeq` to go on, now or later.',
        z.object({ items: z.array(Event), nextAfterSeq: z.int() }),
      ),
      ...FAILURES,
    },
  })
  api.openapi(list, async (context) => {
    const { afterSeq = 0, subject, limit } = context.req.valid('query')
    const filter = subject === undefined ? {} : { subject }
    const events = await readEvents(db, { afterSeq, limit, ...filter })
    const items = events.map(({ at, data, ...event }) => ({
      ...event,
      at: instant(at),
      data: { ...data },
    }))
    return context.json({ items, nextAfterSeq: items.at(-1)?.seq ?? afterSeq }, 200)
  })
}
