import { z } from '@hono/zod-openapi'
import { CAPTURE_STATES, MISS_REASONS } from '../domain/capture-state.ts'
import { unicodeOf } from '../domain/name.ts'
import type { AttemptRow } from '../store/attempts.ts'
import type { ListedCapture } from '../store/capture-list.ts'
import { ExtensionName, euros, Instant, instant, instantOrNull, Money } from './schema.ts'

/** A capture as it is told. */
export const Capture = z
  .object({
    id: z.uuid(),
    name: z.string(),
    unicode: z.string(),
    extension: ExtensionName,
    registry: z.string(),
    accreditation: z.string(),
    state: z.enum(CAPTURE_STATES),
    reason: z.enum(MISS_REASONS).nullable(),
    explanation: z.string(),
    window: z.object({ from: Instant, to: Instant }),
    plannedShots: z.array(Instant),
    beneficiaryWatchId: z.uuid().nullable(),
    armedAt: Instant,
    finalisedAt: Instant.nullable(),
    firedAt: Instant.nullable(),
    decidedAt: Instant.nullable(),
    creates: z.int().openapi({ description: 'Creates that were sent.' }),
    delayMs: z.number().nullable().openapi({
      description: 'Longest that the name can have been free before it was ours.',
    }),
    rival: z.string().nullable(),
    gapMs: z
      .object({ from: z.number(), to: z.number() })
      .nullable()
      .openapi({ description: 'How much earlier the rival was, as far as the registry tells.' }),
    registration: z
      .object({ createdAt: Instant.nullable(), expiresAt: Instant.nullable() })
      .openapi({ description: 'The registration that the race made, ours or the rival’s.' }),
    price: Money.nullable(),
  })
  .openapi('Capture')

/** One command of a capture. */
export const Attempt = z
  .object({
    command: z.enum(['create', 'check', 'info']),
    clTRID: z.string(),
    svTRID: z.string().nullable(),
    session: z.string().nullable(),
    plannedAt: Instant,
    sentAt: Instant.nullable(),
    answeredAt: Instant.nullable(),
    code: z.int().nullable(),
    message: z.string(),
    outcome: z.string().nullable(),
    offsetMs: z.int().nullable().openapi({ description: 'Registry clock minus ours when sent.' }),
    offsetUncertaintyMs: z.int().nullable(),
  })
  .openapi('Attempt')

export const viewCapture = (row: ListedCapture) => ({
  id: row.id,
  name: row.name,
  unicode: unicodeOf(row.name),
  extension: row.extension,
  registry: row.registry,
  accreditation: row.accreditation,
  state: row.state,
  reason: row.reason,
  explanation: row.explanation,
  window: { from: instant(row.windowFrom), to: instant(row.windowTo) },
  plannedShots: row.shots.map((at) => instant(new Date(at))),
  beneficiaryWatchId: row.beneficiaryWatchId,
  armedAt: instant(row.armedAt),
  finalisedAt: instantOrNull(row.finalisedAt),
  firedAt: instantOrNull(row.firedAt),
  decidedAt: instantOrNull(row.decidedAt),
  creates: row.creates,
  delayMs: row.delayMs,
  rival: row.rival,
  gapMs:
    row.gapFromMs !== null && row.gapToMs !== null
      ? { from: row.gapFromMs, to: row.gapToMs }
      : null,
  registration: {
    createdAt: instantOrNull(row.newCreatedAt),
    expiresAt: instantOrNull(row.newExpiresAt),
  },
  price: row.priceCents === null ? null : euros(row.priceCents),
})

export const viewAttempt = (row: AttemptRow) => ({
  command: row.command,
  clTRID: row.clTRID,
  svTRID: row.svTRID,
  session: row.session,
  plannedAt: instant(row.plannedAt),
  sentAt: instantOrNull(row.sentAt),
  answeredAt: instantOrNull(row.answeredAt),
  code: row.code,
  message: row.message,
  outcome: row.outcome,
  offsetMs: row.offsetMs,
  offsetUncertaintyMs: row.offsetUncertaintyMs,
})
