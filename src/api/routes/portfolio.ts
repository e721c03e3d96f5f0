import { createRoute, z } from '@hono/zod-openapi'
import { unicodeOf } from '../../domain/name.ts'
import { putHeldName } from '../../orders/portfolio.ts'
import { dropHeldName, findHeldName, type HeldName, listHeldNames } from '../../store/portfolio.ts'
import type { Access } from '../access.ts'
import type { Api, ApiDeps } from '../env.ts'
import { notFound } from '../failure.ts'
import { PageQuery } from '../page.ts'
import { BODY_FAILURES, body, FAILURES, json, NOT_FOUND } from '../responses.ts'
import {
  Instant,
  InstantInput,
  instant,
  instantOrNull,
  NameInput,
  NamePath,
  NicHandleInput,
} from '../schema.ts'

const Held = z
  .object({
    name: z.string(),
    unicode: z.string(),
    nicHandle: z.string(),
    expiresAt: Instant.nullable(),
    orderId: z.uuid().nullable(),
    updatedAt: Instant,
  })
  .openapi('HeldName')

export function addPortfolio(api: Api, access: Access, deps: ApiDeps): void {
  const { db } = deps
  const put = createRoute({
    method: 'put',
    path: '/v1/portfolio/{name}',
    summary: 'Say that a customer holds a name with us',
    description: 'The name joins the packs of the same nic-handle that were without it.',
    middleware: [access('orders')],
    request: {
      params: NamePath,
      body: body(
        z.strictObject({
          nicHandle: NicHandleInput,
          expiresAt: InstantInput.nullish().openapi({ type: 'string', format: 'date-time' }),
        }),
      ),
    },
    responses: {
      200: json('The name was in the portfolio before.', Held),
      201: json('The name is new in the portfolio.', Held),
      ...BODY_FAILURES,
    },
  })
  api.openapi(put, async (context) => {
    const { nicHandle, expiresAt = null } = context.req.valid('json')
    const { name } = context.req.valid('param')
    const { held, isNew } = await putHeldName({ name, nicHandle, expiresAt }, deps)
    return context.json(viewHeld(held), isNew ? 201 : 200)
  })

  const list = createRoute({
    method: 'get',
    path: '/v1/portfolio',
    summary: 'Names that our customers hold with us, in their own order',
    middleware: [access('orders', 'support', 'ops:read')],
    request: {
      query: z.strictObject({
        nicHandle: NicHandleInput.optional(),
        limit: PageQuery.limit,
        after: NameInput.optional().openapi({ description: '`nextAfter` of the page before.' }),
      }),
    },
    responses: {
      200: json(
        'A page of names.',
        z.object({ items: z.array(Held), nextAfter: z.string().nullable() }),
      ),
      ...FAILURES,
    },
  })
  api.openapi(list, async (context) => {
    const { limit, after = null, nicHandle } = context.req.valid('query')
    const rows = await listHeldNames(db, { nicHandle }, after, limit + 1)
    const items = rows.slice(0, limit).map(viewHeld)
    const nextAfter = rows.length > limit ? (items.at(-1)?.name ?? null) : null
    return context.json({ items, nextAfter }, 200)
  })

  const read = createRoute({
    method: 'get',
    path: '/v1/portfolio/{name}',
    summary: 'Who holds a name with us',
    middleware: [access('orders', 'support', 'ops:read')],
    request: { params: NamePath },
    responses: { 200: json('The name.', Held), ...FAILURES, ...NOT_FOUND },
  })
  api.openapi(read, async (context) => {
    const held = await findHeldName(db, context.req.valid('param').name)
    if (!held) throw notFound('name in the portfolio')
    return context.json(viewHeld(held), 200)
  })

  const drop = createRoute({
    method: 'delete',
    path: '/v1/portfolio/{name}',
    summary: 'Say that nobody holds a name with us any more',
    middleware: [access('orders')],
    request: { params: NamePath },
    responses: { 204: { description: 'Done.' }, ...FAILURES, ...NOT_FOUND },
  })
  api.openapi(drop, async (context) => {
    if (!(await dropHeldName(db, context.req.valid('param').name)))
      throw notFound('name in the portfolio')
    return context.body(null, 204)
  })
}

const viewHeld = ({ expiresAt, updatedAt, ...held }: HeldName) => ({
  ...held,
  unicode: unicodeOf(held.name),
  expiresAt: instantOrNull(expiresAt),
  updatedAt: instant(updatedAt),
})
