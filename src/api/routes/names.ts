import { createRoute, z } from '@hono/zod-openapi'
import type { Forecast } from '../../domain/forecast.ts'
import type { Observation } from '../../domain/observation.ts'
import { PHASES } from '../../domain/phase.ts'
import { findName, type NameRow } from '../../store/names.ts'
import { recentObservations } from '../../store/observations.ts'
import type { Access } from '../access.ts'
import type { Api, ApiDeps } from '../env.ts'
import { notFound } from '../failure.ts'
import { FAILURES, json, NOT_FOUND } from '../responses.ts'
import { ExtensionName, Instant, instant, instantOrNull, NamePath } from '../schema.ts'

/** Observations older than this are history, which the dashboard tells. */
const RECENT_MS = 30 * 86_400_000

const ForecastView = z
  .object({
    segments: z.array(z.object({ from: Instant, to: Instant, probability: z.number() })),
    never: z.number().openapi({ description: 'Probability that it does not drop this time.' }),
    madeAt: Instant,
    source: z.string(),
    confidence: z.string(),
    reason: z.string(),
  })
  .openapi('Forecast', { description: 'When the name can drop; the probabilities sum to one.' })

const NameView = z
  .object({
    name: z.string(),
    unicode: z.string(),
    extension: ExtensionName,
    registry: z.string(),
    state: z.string(),
    phase: z.enum(PHASES).nullable(),
    phaseSince: Instant.nullable(),
    reason: z.string(),
    registration: z.object({
      statuses: z.array(z.string()),
      sponsor: z.string().nullable(),
      sponsorIanaId: z.string().nullable(),
      createdAt: Instant.nullable(),
      updatedAt: Instant.nullable(),
      expiresAt: Instant.nullable(),
      deletedAt: Instant.nullable(),
      releaseAt: Instant.nullable(),
    }),
    delegated: z.boolean().nullable(),
    openWatches: z.int(),
    forecast: ForecastView.nullable(),
    nextLook: z.object({ at: Instant, because: z.string().nullable() }).nullable(),
    lastLookAt: Instant.nullable(),
    silentLooks: z.int(),
    observations: z.array(
      z.object({
        at: Instant,
        source: z.string(),
        host: z.string(),
        kind: z.string(),
        tookMs: z.int(),
        detail: z.record(z.string(), z.unknown()),
      }),
    ),
  })
  .openapi('Name')

export function addNames(api: Api, access: Access, { db, clock }: ApiDeps): void {
  const read = createRoute({
    method: 'get',
    path: '/v1/names/{name}',
    summary: 'What is known of a watched name',
    middleware: [access('orders', 'support', 'ops:read')],
    request: { params: NamePath },
    responses: { 200: json('The name.', NameView), ...FAILURES, ...NOT_FOUND },
  })
  api.openapi(read, async (context) => {
    const { name } = context.req.valid('param')
    const since = new Date(clock.now().getTime() - RECENT_MS)
    const [row, seen] = await Promise.all([findName(db, name), recentObservations(db, name, since)])
    if (!row) throw notFound('watched name')
    return context.json({ ...viewName(row), observations: seen.map(viewObservation) }, 200)
  })
}

const viewName = (row: NameRow) => ({
  name: row.name,
  unicode: row.unicode,
  extension: row.extension,
  registry: row.registry,
  state: row.state,
  phase: row.phase,
  phaseSince: instantOrNull(row.phaseSince),
  reason: row.reason,
  registration: {
    statuses: row.statuses,
    sponsor: row.sponsor,
    sponsorIanaId: row.sponsorIanaId,
    createdAt: instantOrNull(row.createdAt),
    updatedAt: instantOrNull(row.updatedAt),
    expiresAt: instantOrNull(row.expiresAt),
    deletedAt: instantOrNull(row.deletedAt),
    releaseAt: instantOrNull(row.releaseAt),
  },
  delegated: row.delegated,
  openWatches: row.openWatches,
  forecast: row.forecast && viewForecast(row.forecast),
  nextLook: row.nextLookAt && { at: instant(row.nextLookAt), because: row.nextLookBecause },
  lastLookAt: instantOrNull(row.lastLookAt),
  silentLooks: row.silentLooks,
})

const viewForecast = ({ segments, never, madeAt, source, confidence, reason }: Forecast) => ({
  segments: segments.map(({ from, to, probability }) => ({
    from: instant(new Date(from)),
    to: instant(new Date(to)),
    probability,
  })),
  never,
  madeAt: instant(new Date(madeAt)),
  source,
  confidence,
  reason,
})

const viewObservation = ({ name: _, at, source, host, kind, tookMs, ...detail }: Observation) => ({
  at: instant(at),
  source,
  host,
  kind,
  tookMs,
  detail: { ...detail },
})
