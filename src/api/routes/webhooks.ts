import { createRoute, z } from '@hono/zod-openapi'
import { createWebhook } from '../../events/webhooks.ts'
import {
  findWebhook,
  listWebhooks,
  removeWebhook,
  setWebhook,
  type WebhookRow,
} from '../../store/webhooks.ts'
import type { Access } from '../access.ts'
import type { Api, ApiDeps } from '../env.ts'
import { Failure, invalid, notFound } from '../failure.ts'
import { BODY_FAILURES, body, CONFLICT, FAILURES, json, NOT_FOUND } from '../responses.ts'
import { IdPath, Instant, instant, instantOrNull } from '../schema.ts'

const Webhook = z
  .object({
    id: z.uuid(),
    url: z.string(),
    createdAt: Instant,
    disabledAt: Instant.nullable(),
    reason: z.string().openapi({ description: 'Why it is disabled.' }),
  })
  .openapi('Webhook')

export function addWebhooks(api: Api, access: Access, deps: ApiDeps): void {
  const { db, clock } = deps
  const create = createRoute({
    method: 'post',
    path: '/v1/webhooks',
    summary: 'Have events posted to an address',
    description:
      'Events from now on are posted at least once, signed as the Standard Webhooks specification says. `seq` orders all events, `subjectSeq` those of one subject.',
    middleware: [access('orders', 'ops:act')],
    request: {
      body: body(
        z.strictObject({
          url: z.string().max(2000).openapi({ example: 'https://example.org/vigie' }),
        }),
      ),
    },
    responses: {
      201: json(
        'The webhook, with its secret, shown this once.',
        Webhook.extend({ secret: z.string() }),
      ),
      ...BODY_FAILURES,
      ...CONFLICT,
    },
  })
  api.openapi(create, async (context) => {
    const made = await createWebhook(context.req.valid('json').url, deps)
    if (!made.ok) {
      const taken = made.problems.some(({ rule }) => rule === 'url-taken')
      if (!taken) throw invalid(made.problems)
      throw new Failure(409, 'There is a webhook at this address.', { errors: made.problems })
    }
    const { webhook, secret } = made.value
    context.header('Location', `/v1/webhooks/${webhook.id}`)
    return context.json({ ...viewWebhook(webhook), secret }, 201)
  })

  const list = createRoute({
    method: 'get',
    path: '/v1/webhooks',
    summary: 'All webhooks',
    middleware: [access('orders', 'support', 'ops:read')],
    responses: { 200: json('All webhooks.', z.object({ items: z.array(Webhook) })), ...FAILURES },
  })
  api.openapi(list, async (context) =>
    context.json({ items: (await listWebhooks(db)).map(viewWebhook) }, 200),
  )

  const read = createRoute({
    method: 'get',
    path: '/v1/webhooks/{id}',
    summary: 'One webhook',
    middleware: [access('orders', 'support', 'ops:read')],
    request: { params: IdPath },
    responses: { 200: json('The webhook.', Webhook), ...FAILURES, ...NOT_FOUND },
  })
  api.openapi(read, async (context) => {
    const webhook = await findWebhook(db, context.req.valid('param').id)
    if (!webhook) throw notFound('webhook')
    return context.json(viewWebhook(webhook), 200)
  })

  const change = createRoute({
    method: 'patch',
    path: '/v1/webhooks/{id}',
    summary: 'Disable or enable a webhook',
    description:
      'Events that happen while it is disabled are not kept for it; they stand at /v1/events.',
    middleware: [access('orders', 'ops:act')],
    request: { params: IdPath, body: body(z.strictObject({ enabled: z.boolean() })) },
    responses: { 200: json('The webhook now.', Webhook), ...BODY_FAILURES, ...NOT_FOUND },
  })
  api.openapi(change, async (context) => {
    const { enabled } = context.req.valid('json')
    const disabled = enabled ? null : { at: clock.now(), reason: 'Disabled on request.' }
    const webhook = await setWebhook(db, context.req.valid('param').id, disabled)
    if (!webhook) throw notFound('webhook')
    return context.json(viewWebhook(webhook), 200)
  })

  const remove = createRoute({
    method: 'delete',
    path: '/v1/webhooks/{id}',
    summary: 'Remove a webhook',
    middleware: [access('orders', 'ops:act')],
    request: { params: IdPath },
    responses: { 204: { description: 'Done.' }, ...FAILURES, ...NOT_FOUND },
  })
  api.openapi(remove, async (context) => {
    if (!(await removeWebhook(db, context.req.valid('param').id))) throw notFound('webhook')
    return context.body(null, 204)
  })
}

const viewWebhook = ({ id, url, createdAt, disabledAt, reason }: WebhookRow) => ({
  id,
  url,
  createdAt: instant(createdAt),
  disabledAt: instantOrNull(disabledAt),
  reason,
})
