import { createRoute, z } from '@hono/zod-openapi'
import { CAPTURE_STATES, MISS_REASONS } from '../../domain/capture-state.ts'
import type { AttemptRow } from '../../store/attempts.ts'
import { type CaptureFilter, eachCapture, type ListedCapture } from '../../store/capture-list.ts'
import { readCapturePage } from '../../store/capture-page.ts'
import type { Database } from '../../store/connect.ts'
import type { Access } from '../access.ts'
import { Attempt, Capture, viewAttempt, viewCapture } from '../capture-view.ts'
import type { Api, ApiDeps } from '../env.ts'
import { notFound } from '../failure.ts'
import { cutPage, PageQuery, type Position, pageOf } from '../page.ts'
import { FAILURES, json, NOT_FOUND } from '../responses.ts'
import { ExtensionName, IdPath, InstantInput } from '../schema.ts'

const Query = z.strictObject({
  extension: ExtensionName.optional(),
  outcome: z.enum([...CAPTURE_STATES, 'under-way']).optional(),
  reason: z.enum(MISS_REASONS).optional(),
  from: InstantInput.optional().openapi({ type: 'string', description: 'From this instant.' }),
  to: InstantInput.optional().openapi({ type: 'string', description: 'Before this instant.' }),
  ...PageQuery,
})

export function addCaptures(api: Api, access: Access, { db }: ApiDeps): void {
  const list = createRoute({
    method: 'get',
    path: '/v1/captures',
    summary: 'Captures, newest first',
    description: 'A capture stands at the instant it was decided, or at the start of its window.',
    middleware: [access('orders', 'support', 'ops:read')],
    request: { query: Query },
    responses: { 200: json('A page of captures.', pageOf(Capture)), ...FAILURES },
  })
  api.openapi(list, async (context) => {
    const {
      limit,
      cursor = null,
      extension,
      outcome,
      reason,
      from,
      to,
    } = context.req.valid('query')
    const filter: CaptureFilter = {
      extension: extension ?? null,
      outcome: outcome ?? null,
      reason: reason ?? null,
      from: from ?? null,
      before: to ?? null,
    }
    const rows = await capturesAfter(db, filter, cursor, limit + 1)
    return context.json(cutPage(rows, limit, positionOf, viewCapture), 200)
  })

  const read = createRoute({
    method: 'get',
    path: '/v1/captures/{id}',
    summary: 'One capture with every attempt',
    middleware: [access('orders', 'support', 'ops:read')],
    request: { params: IdPath },
    responses: {
      200: json('The capture.', Capture.extend({ attempts: z.array(Attempt) })),
      ...FAILURES,
      ...NOT_FOUND,
    },
  })
  api.openapi(read, async (context) => {
    const page = await readCapturePage(db, context.req.valid('param').id)
    if (!page) throw notFound('capture')
    const { capture, attempts, events } = page
    const won = events.find((event) => event.type === 'capture.won')
    const listed: ListedCapture = {
      ...capture,
      creates: attempts.filter(wasSent).length,
      delayMs: won?.type === 'capture.won' ? won.data.delayMs : null,
    }
    return context.json({ ...viewCapture(listed), attempts: attempts.map(viewAttempt) }, 200)
  })
}

const wasSent = ({ command, sentAt }: AttemptRow) => command === 'create' && sentAt !== null

/** The captures that follow a position in the list's order: newest first, and of one instant the greater id first. */
async function capturesAfter(
  db: Database,
  filter: CaptureFilter,
  after: Position | null,
  limit: number,
): Promise<ListedCapture[]> {
  const rows: ListedCapture[] = []
  const justAfter = after && new Date(after.at.getTime() + 1)
  const before =
    justAfter && filter.before
      ? new Date(Math.min(justAfter.getTime(), filter.before.getTime()))
      : (justAfter ?? filter.before)
  for await (const row of eachCapture(db, { ...filter, before }, limit)) {
    if (after && !follows(positionOf(row), after)) continue
    rows.push(row)
    if (rows.length === limit) break
  }
  return rows
}

const positionOf = ({ id, decidedAt, windowFrom }: ListedCapture): Position => ({
  id,
  at: decidedAt ?? windowFrom,
})

const follows = (row: Position, after: Position): boolean =>
  row.at < after.at || (row.at.getTime() === after.at.getTime() && row.id < after.id)
