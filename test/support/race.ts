import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { RaceDeps } from '../../src/capture/deps.ts'
import { openLines } from '../../src/capture/lines.ts'
import { race } from '../../src/capture/race.ts'
import type { DomainName } from '../../src/domain/name.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import { openLog } from '../../src/log.ts'
import { listAttempts } from '../../src/store/attempts.ts'
import { armCapture, captureIdOf, findCapture } from '../../src/store/captures.ts'
import type { Database } from '../../src/store/connect.ts'
import { readEvents } from '../../src/store/outbox.ts'
import { captures } from '../../src/store/schema/capturing.ts'
import { contacts, orderLines, orders } from '../../src/store/schema/customers.ts'
import { names, watches } from '../../src/store/schema/watching.ts'
import { OLD_ROID, type Script, scriptedRegistry } from './fake-line.ts'
import { nameRow } from './name-row.ts'
import { type SteppedClock, steppedClock } from './stepped-clock.ts'

/** When the window of every race of the tests opens, by the registry's clock. */
export const OPENS = new Date('2030-03-06T19:00:00Z')
/** The race begins this long before. */
const LEAD_MS = 60_000

export const into = (ms: number): Date => new Date(OPENS.getTime() + ms)

/** What differs from the plain case: one .com name in its last minutes, one open watch, nothing planned. */
export type Setting = Partial<Omit<Script, 'name'>> & {
  extension?: 'com' | 'org' | 'be'
  /** Planned shots, milliseconds after the window opens. */
  shots?: readonly number[]
  windowMs?: number
  /** Holders in the order in which they opened their watches. */
  holders?: readonly { country: string | null; state?: 'open' | 'paused' | 'cancelled' }[]
  deps?: Partial<RaceDeps>
}

let made = 0

/** An armed capture over a real database, and the scripted registry it is raced at. */
export async function openRace(db: Database, setting: Setting = {}) {
  const {
    extension = 'com',
    shots = [],
    windowMs = 30_000,
    holders = [{ country: 'FR' }],
  } = setting
  const name = `drop-${++made}.${extension}` as DomainName
  const clock = steppedClock(into(-LEAD_MS))
  const registry = scriptedRegistry({ dropAt: into(10_000), ...setting, name }, clock)
  const watchIds = await watch(db, name, holders)
  const captureId = captureIdOf(name, OLD_ROID)
  const policy = policyFor(extension)
  const armedCapture = {
    name,
    extension,
    registry: policy.registry,
    registrationKey: OLD_ROID,
    accreditation: `vigie@${name}`,
    windowFrom: OPENS,
    windowTo: into(windowMs),
    shots: shots.map((ms) => into(ms).getTime()),
    armedAt: into(-3 * 86_400_000),
  }
  await armCapture(db, armedCapture, [])

  const permits = { granted: 0 }
  const deps = (catcher: string): RaceDeps => ({
    db,
    lines: openLines(registry.channel, 2),
    clock,
    log: openLog('silent'),
    catcher,
    permit: permitsOf(clock, policy.limits.epp!.value.perSecond, permits),
    orderFor: async (_line, asked) => ({
      ok: true,
      order: {
        name: asked,
        years: 1,
        registrant: null,
        admin: [],
        tech: [],
        billing: [],
        nameServers: [],
        idnTag: null,
      },
    }),
    sponsorOf: async () => null,
    priceOf: () => null,
    priceCeilingCents: 5_000,
    shareOfDay: 1,
    newClTRID: () => randomUUID(),
    ...setting.deps,
  })
  return {
    name,
    captureId,
    armedCapture,
    watchIds,
    clock,
    registry,
    permits,
    deps,
    race: (catcher = 'catcher-1', signal = new AbortController().signal) =>
      race(captureId, deps(catcher), signal),
    /** What a dead catcher leaves: a lease that runs out. */
    endLease: () =>
      db
        .update(captures)
        .set({ catcherUntil: new Date(0) })
        .where(eq(captures.id, captureId)),
    capture: async () => (await findCapture(db, captureId))!,
    creates: async () =>
      (await listAttempts(db, captureId)).filter(({ command }) => command === 'create'),
    told: async (subject = `capture:${captureId}`) =>
      (await readEvents(db, { subject, limit: 100 })).map(({ type }) => type),
  }
}
export type Scene = Awaited<ReturnType<typeof openRace>>

/** Leave at the pace of the registry, in the time of the tests. */
function permitsOf(clock: SteppedClock, perSecond: number, permits: { granted: number }) {
  let free = 0
  return async (_host: string, _limit: unknown, signal: AbortSignal): Promise<boolean> => {
    const at = Math.max(free, clock.now().getTime())
    free = at + 1_000 / perSecond
    await clock.until(new Date(at), signal)
    permits.granted++
    return true
  }
}

async function watch(
  db: Database,
  name: DomainName,
  holders: NonNullable<Setting['holders']>,
): Promise<string[]> {
  const open = holders.filter(({ state = 'open' }) => state === 'open').length
  await db
    .insert(names)
    .values(nameRow({ name, phase: 'pendingDelete', openWatches: open, nextLookAt: null }))
  const ids: string[] = []
  for (const [i, { country, state = 'open' }] of holders.entries()) {
    const [id, orderId, nicHandle] = [randomUUID(), randomUUID(), `NIC${i}-${name}`]
    const at = into((i - 100) * 86_400_000)
    await db.insert(orders).values({
      id: orderId,
      reference: orderId,
      fingerprint: 'f',
      nicHandle,
      pack: 'international',
      label: name,
      priceCents: 2499,
      state: 'open',
      placedAt: at,
    })
    await db.insert(orderLines).values({
      orderId,
      name,
      extension: nameRow({ name }).extension,
      state: 'watched',
      reason: 'Somebody else holds it.',
      updatedAt: at,
    })
    if (country !== null)
      await db.insert(contacts).values({ nicHandle, sealed: '', country, updatedAt: at })
    await db.insert(watches).values({ id, name, orderId, nicHandle, state, openedAt: at })
    ids.push(id)
  }
  return ids
}
