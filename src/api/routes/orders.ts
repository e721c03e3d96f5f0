import { createRoute, z } from '@hono/zod-openapi'
import { unicodeOf } from '../../domain/name.ts'
import { OrderInput } from '../../orders/order-input.ts'
import { placeOrder } from '../../orders/place.ts'
import { line } from '../../orders/text.ts'
import { retryLine } from '../../store/order-lines.ts'
import {
  findOrder,
  listOrders,
  type OrderRow,
  type OrderWithLines,
  type WatchedLine,
} from '../../store/orders.ts'
import type { Access } from '../access.ts'
import type { Api, ApiDeps } from '../env.ts'
import { Failure, invalid, notFound } from '../failure.ts'
import { cutPage, PageQuery, pageOf } from '../page.ts'
import { BODY_FAILURES, body, CONFLICT, FAILURES, json, NOT_FOUND } from '../responses.ts'
import {
  ExtensionName,
  euros,
  IdPath,
  Instant,
  instant,
  instantOrNull,
  Money,
  NameInput,
  NicHandleInput,
} from '../schema.ts'

const Line = z
  .object({
    name: z.string(),
    unicode: z.string(),
    extension: ExtensionName,
    state: z.enum([
      'pending',
      'registered',
      'joined',
      'transfer-on-request',
      'watched',
      'action-needed',
    ]),
    reason: z.string(),
    expiresAt: Instant.nullable(),
    updatedAt: Instant,
    watch: z
      .object({ id: z.uuid(), state: z.enum(['open', 'paused', 'won', 'cancelled', 'ended']) })
      .nullable(),
  })
  .openapi('OrderLine')

const OrderHead = z
  .object({
    id: z.uuid(),
    reference: z.string(),
    nicHandle: z.string(),
    pack: z.string(),
    label: z.string(),
    unicode: z.string(),
    pricePerYear: Money,
    state: z.enum(['placed', 'open']).openapi({
      description: '`placed` until every line is classified.',
    }),
    placedAt: Instant,
  })
  .openapi('OrderHead')
const Order = OrderHead.extend({ lines: z.array(Line) }).openapi('Order')

export function addOrders(api: Api, access: Access, deps: ApiDeps): void {
  const { db, clock, log } = deps
  /** The order stands in the database, so a ring that fails is only a later one. */
  const fulfil = (orderId: string) =>
    deps
      .fulfil(orderId)
      .catch((fault: unknown) => log.warn({ err: fault, orderId }, 'ring was lost'))

  const place = createRoute({
    method: 'post',
    path: '/v1/orders',
    summary: 'Order a pack for a label',
    description: 'The same reference with the same content is the same order, and answers 200.',
    middleware: [access('orders')],
    request: { body: body(OrderInput) },
    responses: {
      200: json('The order was placed before.', Order),
      201: json('The order is placed; its lines are classified in the next moments.', Order),
      ...BODY_FAILURES,
      ...CONFLICT,
    },
  })
  api.openapi(place, async (context) => {
    const asked = context.req.valid('json')
    const placed = await placeOrder({ ...asked, pack: asked.pack.code }, deps)
    if (placed.do === 'reject') {
      const { because, problems } = placed
      if (because === 'invalid') throw invalid(problems)
      throw new Failure(409, 'The reference belongs to another order.', { errors: problems })
    }
    const order = (await findOrder(db, placed.orderId))!
    if (order.state === 'placed') await fulfil(order.id)
    context.header('Location', `/v1/orders/${order.id}`)
    return context.json(viewOrder(order), placed.repeated ? 200 : 201)
  })

  const list = createRoute({
    method: 'get',
    path: '/v1/orders',
    summary: 'Orders, newest first',
    middleware: [access('orders', 'support', 'ops:read')],
    request: {
      query: z.strictObject({
        nicHandle: NicHandleInput.optional(),
        reference: line(100).optional(),
        state: z.enum(['placed', 'open']).optional(),
        ...PageQuery,
      }),
    },
    responses: { 200: json('A page of orders.', pageOf(OrderHead)), ...FAILURES },
  })
  api.openapi(list, async (context) => {
    const { limit, cursor = null, ...filter } = context.req.valid('query')
    const rows = await listOrders(db, filter, cursor, limit + 1)
    const page = cutPage(rows, limit, ({ placedAt, id }) => ({ at: placedAt, id }), viewHead)
    return context.json(page, 200)
  })

  const read = createRoute({
    method: 'get',
    path: '/v1/orders/{id}',
    summary: 'One order with what became of each extension',
    middleware: [access('orders', 'support', 'ops:read')],
    request: { params: IdPath },
    responses: { 200: json('The order.', Order), ...FAILURES, ...NOT_FOUND },
  })
  api.openapi(read, async (context) => {
    const order = await findOrder(db, context.req.valid('param').id)
    if (!order) throw notFound('order')
    return context.json(viewOrder(order), 200)
  })

  const retry = createRoute({
    method: 'post',
    path: '/v1/orders/{id}/lines/{name}/retry',
    summary: 'Take up a line again that asks for action',
    middleware: [access('orders', 'ops:act')],
    request: {
      params: IdPath.extend({
        name: NameInput.openapi({ param: { name: 'name', in: 'path' } }),
      }),
    },
    responses: {
      202: json('The line is pending again.', Order),
      ...FAILURES,
      ...NOT_FOUND,
      ...CONFLICT,
    },
  })
  api.openapi(retry, async (context) => {
    const { id, name } = context.req.valid('param')
    const before = await findOrder(db, id)
    if (!before?.lines.some((line) => line.name === name)) throw notFound('order line')
    if (!(await retryLine(db, { orderId: id, name }, clock.now())))
      throw new Failure(409, `The line ${name} does not ask for action.`)
    await fulfil(id)
    return context.json(viewOrder((await findOrder(db, id))!), 202)
  })
}

const viewHead = ({
  id,
  reference,
  nicHandle,
  pack,
  label,
  priceCents,
  state,
  placedAt,
}: OrderRow) => ({
  id,
  reference,
  nicHandle,
  pack,
  label,
  unicode: unicodeOf(label as Parameters<typeof unicodeOf>[0]),
  pricePerYear: euros(priceCents),
  state,
  placedAt: instant(placedAt),
})

const viewOrder = (order: OrderWithLines) => ({
  ...viewHead(order),
  lines: order.lines.map(viewLine),
})

const viewLine = ({ name, extension, state, reason, ...line }: WatchedLine) => ({
  name,
  unicode: unicodeOf(name),
  extension,
  state,
  reason,
  expiresAt: instantOrNull(line.expiresAt),
  updatedAt: instant(line.updatedAt),
  watch: line.watchId && line.watchState ? { id: line.watchId, state: line.watchState } : null,
})
