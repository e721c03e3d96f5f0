import { randomUUID } from 'node:crypto'
import type { Forecast } from '../../src/domain/forecast.ts'
import type { DomainName, Extension } from '../../src/domain/name.ts'
import { unicodeOf } from '../../src/domain/name.ts'
import type { Registry } from '../../src/domain/policy/policy.ts'
import type { Database } from '../../src/store/connect.ts'
import { attempts, captures } from '../../src/store/schema/capturing.ts'
import { orderLines, orders } from '../../src/store/schema/customers.ts'
import { names, observations, watches } from '../../src/store/schema/watching.ts'
import { NOW } from './server.ts'

const REGISTRY_OF: Readonly<Record<Extension, Registry>> = {
  com: 'verisign',
  net: 'verisign',
  org: 'pir',
  info: 'identityDigital',
  biz: 'godaddy',
  fr: 'afnic',
  eu: 'eurid',
  be: 'dnsBelgium',
}

export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** An instant seen from the scene's own. */
export const fromNow = (ms: number): Date => new Date(NOW.getTime() + ms)

const extensionOf = (name: DomainName): Extension =>
  name.slice(name.lastIndexOf('.') + 1) as Extension

/** A watched name with plain values for all that the test does not care about. */
export async function addName(
  db: Database,
  text: string,
  change: Partial<typeof names.$inferInsert> = {},
): Promise<DomainName> {
  const name = text as DomainName
  const extension = extensionOf(name)
  await db.insert(names).values({
    name,
    unicode: unicodeOf(name),
    extension,
    registry: REGISTRY_OF[extension],
    state: 'held',
    phase: 'active',
    openWatches: 1,
    nextLookAt: fromNow(3 * HOUR),
    nextLookBecause: 'promise',
    ...change,
  })
  return name
}

/** A forecast with its mass in the given spans; each is `[from, to, probability]` in milliseconds from the scene's now. */
export function forecastOf(
  spans: readonly (readonly [number, number, number])[],
  reason = 'Told by the test.',
): Forecast {
  const segments = spans.map(([from, to, probability]) => ({
    from: NOW.getTime() + from,
    to: NOW.getTime() + to,
    probability,
  }))
  return {
    segments,
    never: 1 - segments.reduce((sum, s) => sum + s.probability, 0),
    madeAt: NOW.getTime() - HOUR,
    source: 'test',
    confidence: 'documented',
    reason,
  }
}

export async function addOrder(
  db: Database,
  change: Partial<typeof orders.$inferInsert> = {},
): Promise<string> {
  const id = change.id ?? randomUUID()
  await db.insert(orders).values({
    id,
    reference: `R-${id.slice(0, 8)}`,
    fingerprint: 'f',
    nicHandle: 'MD1042-VIGIE',
    pack: 'international-france',
    label: 'maison-lumiere',
    priceCents: 3999,
    state: 'open',
    placedAt: fromNow(-40 * DAY),
    ...change,
  })
  return id
}

export async function addLine(
  db: Database,
  orderId: string,
  name: string,
  change: Partial<typeof orderLines.$inferInsert> = {},
): Promise<void> {
  await db.insert(orderLines).values({
    orderId,
    name: name as DomainName,
    extension: extensionOf(name as DomainName),
    state: 'watched',
    reason: 'Somebody else holds it.',
    updatedAt: fromNow(-DAY),
    ...change,
  })
}

export async function addWatch(
  db: Database,
  orderId: string,
  name: string,
  change: Partial<typeof watches.$inferInsert> = {},
): Promise<string> {
  const id = randomUUID()
  await db.insert(watches).values({
    id,
    name: name as DomainName,
    orderId,
    nicHandle: 'MD1042-VIGIE',
    state: 'open',
    openedAt: fromNow(-40 * DAY),
    ...change,
  })
  return id
}

export async function addCapture(
  db: Database,
  text: string,
  change: Partial<typeof captures.$inferInsert> = {},
): Promise<string> {
  const id = change.id ?? randomUUID()
  const name = text as DomainName
  const extension = extensionOf(name)
  await db.insert(captures).values({
    id,
    name,
    extension,
    registry: REGISTRY_OF[extension],
    registrationKey: `${id.slice(0, 8)}_DOMAIN`,
    state: 'armed',
    accreditation: `vigie@${REGISTRY_OF[extension]}`,
    windowFrom: fromNow(17 * MINUTE),
    windowTo: fromNow(92 * MINUTE),
    shots: [],
    armedAt: fromNow(-HOUR),
    ...change,
  })
  return id
}

/** Creates of a volley: when each was planned, sent, answered (milliseconds from `zero`), and how. */
export async function addCreates(
  db: Database,
  captureId: string,
  zero: Date,
  shots: readonly {
    plan: number
    late?: number
    trip?: number | null
    code?: number | null
    outcome?: string | null
  }[],
): Promise<void> {
  await db.insert(attempts).values(
    shots.map(({ plan, late = 1, trip = 22, code = 2302, outcome = 'exists' }, i) => {
      const planned = zero.getTime() + plan
      return {
        captureId,
        command: 'create' as const,
        clTRID: `VIG-${captureId.slice(0, 6)}-${i + 1}`,
        svTRID: code === null ? null : `SRV-${70_400 + i}`,
        session: `verisign-${(i % 3) + 1}`,
        plannedAt: new Date(planned),
        sentAt: new Date(planned + late),
        answeredAt: trip === null ? null : new Date(planned + late + trip),
        code,
        message: code === 2302 ? 'Object exists' : '',
        outcome,
        offsetMs: 14,
        offsetUncertaintyMs: 6,
      }
    }),
  )
}

export async function addObservation(
  db: Database,
  name: DomainName,
  change: Partial<typeof observations.$inferInsert> = {},
): Promise<void> {
  await db.insert(observations).values({
    name,
    at: NOW,
    source: 'rdap',
    host: `rdap:${REGISTRY_OF[extensionOf(name)]}`,
    kind: 'registered',
    tookMs: 80,
    detail: {},
    ...change,
  })
}
