import { createRoute, z } from '@hono/zod-openapi'
import { unicodeOf } from '../../domain/name.ts'
import { changeWatch, WATCH_ACTIONS } from '../../orders/watch-control.ts'
import { findWatch, listWatches, type WatchRow } from '../../store/watch-list.ts'
import type { Access } from '../access.ts'
import type { Api, ApiDeps } from '../env.ts'
import { Failure, notFound } from '../failure.ts'
import { cutPage, PageQuery, pageOf } from '../page.ts'
import { CONFLICT, FAILURES, json, NOT_FOUND } from '../responses.ts'
import {
  ExtensionName,
  Id,
  IdPath,
  Instant,
  instant,
  instantOrNull,
  NameInput,
  NicHandleInput,
} from '../schema.ts'

const State = z.enum(['open', 'paused', 'won', 'cancelled', 'ended'])
const Watch = z
  .object({
    id: z.uuid(),
    name: z.string(),
    unicode: z.string(),
    orderId: z.uuid(),
    nicHandle: z.string(),
    state: State,
    openedAt: Instant,
    endedAt: Instant.nullable(),
    reason: z.string(),
  })
  .openapi('Watch')

export function addWatches(api: Api, access: Access, deps: ApiDeps): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/watches',
    summary: 'Watches, oldest first: their order of precedence',
    middleware: [access('orders', 'support', 'ops:read')],
    request: {
      query: z.strictObject({
        nicHandle: NicHandleInput.optional(),
        name: NameInput.optional(),
        extension: ExtensionName.optional(),
        orderId: Id.optional(),
        state: State.optional(),
        ...PageQuery,
      }),
    },
    responses: { 200: json('A page of watches.', pageOf(Watch)), ...FAILURES },
  })
  api.openapi(list, async (context) => {
    const { limit, cursor = null, ...filter } = context.req.valid('query')
    const rows = await listWatches(deps.db, filter, cursor, limit + 1)
    const page = cutPage(rows, limit, ({ openedAt, id }) => ({ at: openedAt, id }), viewWatch)
    return context.json(page, 200)
  })

  const read = createRoute({
    method: 'get',
    path: '/v1/watches/{id}',
    summary: 'One watch',
    middleware: [access('orders', 'support', 'ops:read')],
    request: { params: IdPath },
    responses: { 200: json('The watch.', Watch), ...FAILURES, ...NOT_FOUND },
  })
  api.openapi(read, async (context) => {
    const watch = await findWatch(deps.db, context.req.valid('param').id)
    if (!watch) throw notFound('watch')
    return context.json(viewWatch(watch), 200)
  })

  for (const action of WATCH_ACTIONS) {
    const change = createRoute({
      method: 'post',
      path: `/v1/watches/{id}/${action}`,
      summary: `${action[0]!.toUpperCase()}${action.slice(1)} a watch`,
      description: 'Refused once the capture of the name is finalised for this watch.',
      middleware: [access('orders', 'ops:act')],
      request: { params: IdPath },
      responses: { 200: json('The watch now.', Watch), ...FAILURES, ...NOT_FOUND, ...CONFLICT },
    })
    api.openapi(change, async (context) => {
      const changed = await changeWatch(context.req.valid('param').id, action, deps)
      if (changed.ok) return context.json(viewWatch(changed.watch), 200)
      if (changed.because === 'unknown') throw notFound('watch')
      const { because, message } = changed
      throw new Failure(409, message, {
        errors: [{ field: 'state', rule: `watch-${because}`, message }],
      })
    })
  }
}

const viewWatch = ({ openedAt, endedAt, ...watch }: WatchRow) => ({
  ...watch,
  unicode: unicodeOf(watch.name),
  openedAt: instant(openedAt),
  endedAt: instantOrNull(endedAt),
})
