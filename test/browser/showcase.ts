import type { EventData } from '../../src/domain/event.ts'
import type { DomainName } from '../../src/domain/name.ts'
import type { Phase } from '../../src/domain/phase.ts'
import type { Database } from '../../src/store/connect.ts'
import { appendEvent } from '../../src/store/outbox.ts'
import type { orderLines } from '../../src/store/schema/customers.ts'
import { setSwitch } from '../../src/store/switches.ts'
import {
  addCapture,
  addCreates,
  addLine,
  addName,
  addObservation,
  addOrder,
  addWatch,
  DAY,
  forecastOf,
  fromNow,
  HOUR,
  MINUTE,
  SECOND,
} from '../dashboard/scene.ts'

/** What the showcase can be asked for by id. */
export type Showcase = { orderId: string; lostId: string; wonId: string }

/** A registrar's ordinary evening: something about to drop, a win, a defeat, a restore, and a few things to worry about. */
export async function fillShowcase(db: Database): Promise<Showcase> {
  const orderId = await addOrder(db, { reference: 'CMD-2026-118842' })
  await addLines(db, orderId)
  const { lostId, wonId } = await addRaces(db, orderId)
  await addDropping(db, orderId)
  await addHistory(db, orderId, lostId, wonId)
  return { orderId, lostId, wonId }
}

async function addLines(db: Database, orderId: string): Promise<void> {
  const reasons: [string, (typeof orderLines.$inferInsert)['state'], string][] = [
    ['maison-lumiere.be', 'registered', 'Was free: registered with the order.'],
    ['maison-lumiere.eu', 'registered', 'Was free: registered with the order.'],
    ['maison-lumiere.fr', 'joined', 'Already held by the same nic-handle.'],
    ['maison-lumiere.com', 'watched', 'Held through Harbour Domains; in redemption.'],
    ['maison-lumiere.net', 'watched', 'Held through Harbour Domains.'],
    ['maison-lumiere.org', 'joined', 'Captured when it fell back into the public pool.'],
    ['maison-lumiere.info', 'transfer-on-request', 'Held by the customer at Quai Registrar.'],
    ['maison-lumiere.biz', 'action-needed', 'The registry asks for a premium fee of 240.00 EUR.'],
  ]
  for (const [name, state, reason] of reasons) await addLine(db, orderId, name, { state, reason })
}

async function addDropping(db: Database, orderId: string): Promise<void> {
  const hour = Array.from({ length: 10 }, (_, i) => {
    const from = 17 * MINUTE + 50 * SECOND + i * 7 * MINUTE
    return [
      from,
      from + 7 * MINUTE,
      [0.03, 0.21, 0.19, 0.16, 0.12, 0.09, 0.06, 0.04, 0.02, 0.02][i]!,
    ] as const
  })
  const com = await addName(db, 'maison-lumiere.com', {
    phase: 'pendingDelete',
    phaseSince: fromNow(-5 * DAY + 2 * HOUR),
    statuses: ['pendingDelete', 'rgpPendingDelete'],
    sponsor: 'Harbour Domains',
    sponsorIanaId: '9990',
    registrationKey: '1849201_DOMAIN_COM-VRSN',
    createdAt: fromNow(-3650 * DAY),
    updatedAt: fromNow(-35 * DAY),
    expiresAt: fromNow(-80 * DAY),
    delegated: false,
    openWatches: 2,
    lastLookAt: fromNow(-14 * MINUTE),
    lastGlanceAt: fromNow(-4 * MINUTE),
    nextLookAt: fromNow(2 * MINUTE),
    nextLookBecause: 'window',
    reason: 'RDAP and EPP agree: pending delete since five days, so it goes in today’s batch.',
    forecast: forecastOf(
      [...hour, [90 * MINUTE, 26 * HOUR, 0.03]],
      'The fifth day of pending delete ends with the daily batch at 14:00 in New York.',
    ),
  })
  const shots = hour.flatMap(([from, to, p]) =>
    Array.from(
      { length: Math.round(p * 40) },
      (_, i, { length } = { length: Math.round(p * 40) }) =>
        fromNow(from + ((i + 0.5) * (to - from)) / length).getTime(),
    ),
  )
  await addCapture(db, com, {
    windowFrom: fromNow(17 * MINUTE + 50 * SECOND),
    windowTo: fromNow(88 * MINUTE),
    shots,
    registrationKey: '1849201_DOMAIN_COM-VRSN',
    state: 'armed',
  })
  await addWatch(db, orderId, com)
  const other = await addOrder(db, { reference: 'CMD-2026-120071', nicHandle: 'LP88-VIGIE' })
  await addWatch(db, other, com, { nicHandle: 'LP88-VIGIE', openedAt: fromNow(-9 * DAY) })
  await addLooks(db, com)

  const far: [string, Phase, number, number, number, boolean][] = [
    ['atelier-du-port.be', 'quarantine', 1.3 * HOUR, 0.9 * MINUTE, 0.97, true],
    [
      'les-jardins-suspendus-de-la-vieille-fabrique.fr',
      'redemption',
      26 * HOUR,
      20 * HOUR,
      0.71,
      false,
    ],
    ['xn--caf-des-arts-deb.eu', 'quarantine', 3.2 * DAY, 2 * MINUTE, 0.93, false],
    ['northwind.net', 'pendingDelete', 4.1 * DAY, 75 * MINUTE, 0.98, false],
    ['vieuxport.org', 'redemption', 19 * DAY, 30 * HOUR, 0.62, false],
    ['quai.info', 'autoRenew', 41 * DAY, 20 * DAY, 0.22, false],
  ]
  for (const [text, phase, from, lasts, p, isArmed] of far) {
    const name = await addName(db, text, {
      phase,
      forecast: forecastOf([[from, from + lasts, p]]),
      openWatches: text === 'northwind.net' ? 3 : 1,
      silentLooks: text === 'quai.info' ? 4 : 0,
      lastLookAt: fromNow(-5 * HOUR),
    })
    await addWatch(db, orderId, name)
    if (isArmed)
      await addCapture(db, name, {
        windowFrom: fromNow(from),
        windowTo: fromNow(from + lasts),
        shots: [1, 2, 3, 4, 5, 6],
      })
  }
  for (const [extension, n] of [
    ['com', 14],
    ['net', 6],
    ['fr', 11],
    ['biz', 2],
  ] as const)
    for (let i = 0; i < n; i++)
      await addName(db, `exemple-${i + 1}.${extension}`, { forecast: null })
  await setSwitch(db, {
    scope: 'accreditation:vigie@godaddy',
    stopped: true,
    by: 'ops-camille',
    reason: 'Contract renewal: no creates before the signature.',
    at: fromNow(-26 * HOUR),
  })
  await db.execute(
    `insert into permits (host, tat, paused_until, reason) values ('rdap:pir', 0, now() + interval '214 seconds', 'HTTP 429, Retry-After 240')`,
  )
}

async function addLooks(db: Database, name: DomainName): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await addObservation(db, name, {
      at: fromNow(-i * 6 * HOUR - 14 * MINUTE),
      kind: 'registered',
      detail: {
        registration: {
          stage: null,
          statuses: i < 20 ? ['pendingDelete'] : ['redemptionPeriod', 'pendingDelete'],
          expiresAt: fromNow(-80 * DAY).toISOString(),
        },
      },
    })
    await addObservation(db, name, {
      at: fromNow(-i * 2 * HOUR - 4 * MINUTE),
      source: 'dns',
      host: 'dns:verisign',
      kind: 'undelegated',
    })
  }
  await addObservation(db, name, {
    at: fromNow(-50 * HOUR),
    source: 'whois',
    host: 'whois:verisign',
    kind: 'throttled',
    detail: { reason: 'WHOIS LIMIT EXCEEDED' },
  })
}

async function addRaces(db: Database, orderId: string): Promise<{ lostId: string; wonId: string }> {
  const won = await addName(db, 'maison-lumiere.org', {
    phase: 'active',
    openWatches: 0,
    sponsor: 'Registrar of the Tests',
    forecast: null,
  })
  const watch = await addWatch(db, orderId, won, { state: 'won', endedAt: fromNow(-52 * MINUTE) })
  const drop = new Date(fromNow(-52 * MINUTE).getTime() + 417)
  const wonId = await addCapture(db, won, {
    state: 'won',
    beneficiaryWatchId: watch,
    windowFrom: fromNow(-70 * MINUTE),
    windowTo: fromNow(-40 * MINUTE),
    finalisedAt: fromNow(-72 * MINUTE),
    firedAt: fromNow(-55 * MINUTE),
    decidedAt: fromNow(-52 * MINUTE),
    newCreatedAt: new Date(drop.getTime() + 84),
    newExpiresAt: fromNow(365 * DAY),
    priceCents: 1050,
    explanation: 'Our create was accepted.',
  })
  await addCreates(db, wonId, drop, [
    { plan: -250, late: 1, trip: 24 },
    { plan: -120, late: 1, trip: 21 },
    { plan: 58, late: 1, trip: 31, code: 1000, outcome: 'created' },
  ])

  const lost = await addName(db, 'harborlight.com', {
    phase: 'active',
    sponsor: 'Rapid Names',
    forecast: forecastOf([[300 * DAY, 340 * DAY, 0.12]]),
  })
  const taken = new Date(Math.floor(fromNow(-3 * HOUR).getTime() / 1000) * 1000)
  const lostId = await addCapture(db, lost, {
    state: 'lost',
    reason: 'beaten',
    rival: 'Rapid Names',
    gapFromMs: 96,
    gapToMs: 1108,
    newCreatedAt: taken,
    windowFrom: fromNow(-230 * MINUTE),
    windowTo: fromNow(-160 * MINUTE),
    finalisedAt: fromNow(-4 * HOUR),
    firedAt: fromNow(-3.8 * HOUR),
    decidedAt: fromNow(-3 * HOUR),
    explanation:
      'Rapid Names registered it between two creates of ours; the volley held one every 70 s there.',
  })
  const volley = Array.from({ length: 34 }, (_, i) => ({
    plan: (i - 21) * 71_000 + 1_090,
    late: 1 + (i % 2),
    trip: 19 + ((i * 7) % 13),
  }))
  await addCreates(db, lostId, taken, [
    ...volley.slice(0, 21),
    { plan: -640, trip: 23 },
    { plan: -180, trip: 22 },
    { plan: 1_090, trip: 26 },
    { plan: 1_410, trip: null, code: null, outcome: 'undetermined' },
    ...volley.slice(22),
  ])

  await addCapture(db, await addName(db, 'verger-bleu.net', { phase: 'active', forecast: null }), {
    state: 'stood-down',
    reason: 'restored',
    decidedAt: fromNow(-7 * HOUR),
    windowFrom: fromNow(DAY),
    explanation: 'Its holder took it back on the last day of redemption.',
  })
  await addCapture(db, await addName(db, 'canal-du-midi.fr', { phase: 'active', forecast: null }), {
    state: 'lost',
    reason: 'not-attempted',
    decidedAt: fromNow(-2 * DAY),
    explanation: 'The daily create limit of AFNIC was spent; 200 of 200.',
  })
  await addCapture(
    db,
    await addName(db, 'verrerie.biz', { state: 'reserved', phase: null, forecast: null }),
    {
      state: 'refused',
      reason: 'refused',
      decidedAt: fromNow(-6 * DAY),
      explanation: '2306 Parameter value policy error: the name is reserved.',
    },
  )
  return { lostId, wonId }
}

async function addHistory(
  db: Database,
  orderId: string,
  lostId: string,
  wonId: string,
): Promise<void> {
  const tell = <T extends keyof EventData>(
    type: T,
    subject: string,
    ms: number,
    data: EventData[T],
  ) => appendEvent(db, type, subject, `${type}:${subject}:${ms}`, fromNow(ms), data)
  const com = 'maison-lumiere.com'
  const label = { pack: 'international-france', label: 'maison-lumiere', nicHandle: 'MD1042-VIGIE' }
  await tell('order.placed', `order:${orderId}`, -40 * DAY, {
    orderId,
    reference: 'CMD-2026-118842',
    ...label,
  })
  await tell('watch.opened', 'watch:1', -40 * DAY, {
    watchId: '1',
    orderId,
    name: com,
    extension: 'com',
  })
  await tell('name.stage', `name:${com}`, -35 * DAY, {
    name: com,
    from: 'autoRenew',
    to: 'redemption',
    sponsor: 'Harbour Domains',
    reason: 'RDAP lists the redemption period.',
  })
  await tell('capture.stood-down', 'capture:0', -7 * HOUR, {
    captureId: lostId,
    name: 'verger-bleu.net',
    reason: 'restored',
    explanation: 'Its holder took it back on the last day of redemption.',
  })
  await tell('name.stage', `name:${com}`, -5 * DAY + 2 * HOUR, {
    name: com,
    from: 'redemption',
    to: 'pendingDelete',
    sponsor: 'Harbour Domains',
    reason: 'The redemption period has ended.',
  })
  await tell('capture.lost', `capture:${lostId}`, -3 * HOUR, {
    captureId: lostId,
    name: 'harborlight.com',
    reason: 'beaten',
    rival: 'Rapid Names',
    gapMs: { from: 96, to: 1108 },
    explanation: 'Rapid Names registered it between two creates of ours.',
  })
  await tell('capture.armed', 'capture:2', -62 * MINUTE, {
    captureId: wonId,
    name: com,
    from: fromNow(17 * MINUTE + 50 * SECOND).toISOString(),
    to: fromNow(88 * MINUTE).toISOString(),
    shots: 38,
    reason: 'Pending delete since five days.',
  })
  await tell('capture.won', `capture:${wonId}`, -52 * MINUTE, {
    captureId: wonId,
    name: 'maison-lumiere.org',
    watchId: 'w',
    orderId,
    delayMs: 84,
    creates: 3,
  })
  await tell('name.joined', `order:${orderId}`, -52 * MINUTE, {
    orderId,
    name: 'maison-lumiere.org',
    how: 'capture',
  })
  await tell('order.action-needed', `order:${orderId}`, -31 * MINUTE, {
    orderId,
    name: 'maison-lumiere.biz',
    reason: 'The registry asks for a premium fee of 240.00 EUR.',
  })
  await tell('source.paused', 'host:rdap:pir', -2 * MINUTE, {
    host: 'rdap:pir',
    until: fromNow(2 * MINUTE).toISOString(),
    reason: 'HTTP 429, Retry-After 240.',
  })
}
