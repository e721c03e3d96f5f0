import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DomainName } from '../../src/domain/name.ts'
import { planAttempts, recordAttempt } from '../../src/store/attempts.ts'
import { keepObservations } from '../../src/store/observations.ts'
import { settleWatched } from '../../src/store/order-lines.ts'
import { eventCall } from '../../src/store/outbox.ts'
import { captures } from '../../src/store/schema/capturing.ts'
import { names } from '../../src/store/schema/watching.ts'
import { type ApiBench, CONTACT, openApiBench } from './support/api-bench.ts'

let bench: ApiBench
beforeAll(async () => {
  bench = await openApiBench()
  await bench.call('PUT', '/v1/contacts/ab1-ovh', CONTACT)
})
afterAll(() => bench.close())

/** A watch of `label.com`, as fulfilling an order opens it. */
async function watch(
  label: string,
): Promise<{ watchId: string; name: DomainName; orderId: string }> {
  const order = { reference: label, nicHandle: 'ab1-ovh', pack: 'international', label }
  const { body } = await bench.call('POST', '/v1/orders', order)
  const [watchId, orderId, name] = [randomUUID(), body.id as string, `${label}.com` as DomainName]
  const now = bench.clock.now()
  await settleWatched(
    bench.db,
    { orderId, name, nicHandle: 'ab1-ovh' },
    { id: watchId, registry: 'verisign', reason: 'Held.' },
    eventCall('watch.opened', `watch:${watchId}`, `watch.opened:${watchId}`, now, {
      watchId,
      orderId,
      name,
      extension: 'com',
    }),
    now,
  )
  return { watchId, orderId, name }
}

async function capture(
  name: DomainName,
  changed: Partial<typeof captures.$inferInsert> = {},
): Promise<string> {
  const id = randomUUID()
  const at = bench.clock.now()
  await bench.db.insert(captures).values({
    id,
    name,
    extension: 'com',
    registry: 'verisign',
    registrationKey: id,
    state: 'armed',
    accreditation: 'vigie@verisign',
    windowFrom: at,
    windowTo: at,
    shots: [at.getTime()],
    armedAt: at,
    ...changed,
  })
  return id
}

describe('a watch', () => {
  it('is listed by holder, name, extension, order and state', async () => {
    const { watchId, orderId } = await watch('listed')
    for (const query of [
      'name=listed.com',
      `orderId=${orderId}`,
      'extension=com&state=open&nicHandle=AB1-OVH&limit=200',
    ]) {
      const { body } = await bench.call('GET', `/v1/watches?${query}`)
      expect((body.items as { id: string }[]).map(({ id }) => id)).toContain(watchId)
    }
    expect((await bench.call('GET', '/v1/watches?extension=fr')).body.items).toEqual([])
    expect((await bench.call('GET', `/v1/watches/${watchId}`)).body).toMatchObject({
      id: watchId,
      name: 'listed.com',
      state: 'open',
      openedAt: '2026-11-23T10:00:00.000Z',
      endedAt: null,
    })
  })

  it('is paused, resumed and cancelled, each as often as one likes', async () => {
    const { watchId } = await watch('changed')
    for (const [action, state] of [
      ['pause', 'paused'],
      ['pause', 'paused'],
      ['resume', 'open'],
      ['resume', 'open'],
      ['cancel', 'cancelled'],
      ['cancel', 'cancelled'],
    ]) {
      const { status, body } = await bench.call('POST', `/v1/watches/${watchId}/${action}`)
      expect([status, body.state]).toEqual([200, state])
    }
    const resumed = await bench.call('POST', `/v1/watches/${watchId}/resume`)
    expect([resumed.status, resumed.body.detail]).toEqual([
      409,
      'The watch is over: it is cancelled.',
    ])
  })

  it('cannot be taken back once the capture is finalised for it', async () => {
    const { watchId, name } = await watch('racing')
    await capture(name, { state: 'finalised', beneficiaryWatchId: watchId })
    for (const action of ['cancel', 'pause']) {
      const { status, body } = await bench.call('POST', `/v1/watches/${watchId}/${action}`)
      expect(status).toBe(409)
      expect(body.errors).toMatchObject([{ field: 'state', rule: 'watch-racing' }])
    }
  })
})

describe('a name', () => {
  it('tells its registration, forecast, next look and what was seen', async () => {
    const { name } = await watch('known')
    const at = bench.clock.now()
    await bench.db.update(names).set({
      state: 'held',
      phase: 'redemption',
      statuses: ['pendingDelete', 'redemptionPeriod'],
      sponsor: 'Rival SA',
      expiresAt: new Date('2026-10-01T00:00:00Z'),
      forecast: {
        segments: [{ from: at.getTime(), to: at.getTime() + 3_600_000, probability: 0.7 }],
        never: 0.3,
        madeAt: at.getTime(),
        source: 'registry agreement',
        confidence: 'documented',
        reason: 'In redemption.',
      },
    })
    await keepObservations(bench.db, [
      { name, source: 'dns', host: 'dns:verisign', at, tookMs: 3, kind: 'undelegated' },
    ])
    const { status, body } = await bench.call('GET', '/v1/names/KNOWN.com')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      name: 'known.com',
      phase: 'redemption',
      registration: { sponsor: 'Rival SA', expiresAt: '2026-10-01T00:00:00.000Z' },
      forecast: {
        segments: [
          { from: '2026-11-23T10:00:00.000Z', to: '2026-11-23T11:00:00.000Z', probability: 0.7 },
        ],
        never: 0.3,
      },
      nextLook: { at: '2026-11-23T10:00:00.000Z', because: 'first' },
      openWatches: 1,
      observations: [{ source: 'dns', kind: 'undelegated', tookMs: 3, detail: {} }],
    })
  })
})

describe('captures', () => {
  it('are listed page by page, newest first, by extension, outcome, reason and date', async () => {
    const { name } = await watch('raced')
    const at = (hour: number) => new Date(Date.UTC(2026, 5, 1, hour))
    const ids = [
      await capture(name, { state: 'won', decidedAt: at(3) }),
      await capture(name, { state: 'lost', reason: 'beaten', decidedAt: at(2) }),
      await capture(name, { state: 'lost', reason: 'beaten', decidedAt: at(2) }),
      await capture(name, { state: 'lost', reason: 'restored', decidedAt: at(1) }),
    ]
    const seen: string[] = []
    let cursor = ''
    do {
      const path = `/v1/captures?from=2026-06-01&to=2026-06-02T00:00:00Z&limit=1${cursor}`
      const { body } = await bench.call('GET', path)
      seen.push(...(body.items as { id: string }[]).map(({ id }) => id))
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`
    } while (cursor !== '')
    expect(seen).toHaveLength(4)
    expect(new Set(seen)).toEqual(new Set(ids))
    expect([seen[0], seen[3]]).toEqual([ids[0], ids[3]])

    const beaten = await bench.call('GET', '/v1/captures?outcome=lost&reason=beaten&extension=com')
    expect(beaten.body.items).toHaveLength(2)
    expect((await bench.call('GET', '/v1/captures?extension=fr')).body.items).toEqual([])
  })

  it('tell every attempt', async () => {
    const { name } = await watch('tried')
    const id = await capture(name, {
      state: 'lost',
      reason: 'beaten',
      rival: 'Rival SA',
      gapFromMs: 10,
      gapToMs: 1010,
      decidedAt: bench.clock.now(),
      priceCents: 900,
    })
    const plannedAt = bench.clock.now()
    await planAttempts(bench.db, [
      { captureId: id, command: 'create', clTRID: 'ours-1', plannedAt, session: 's1' },
    ])
    await recordAttempt(bench.db, 'ours-1', {
      svTRID: 'theirs-1',
      sentAt: plannedAt,
      answeredAt: plannedAt,
      code: 2302,
      outcome: 'exists',
    })
    const { body } = await bench.call('GET', `/v1/captures/${id}`)
    expect(body).toMatchObject({
      state: 'lost',
      reason: 'beaten',
      rival: 'Rival SA',
      gapMs: { from: 10, to: 1010 },
      price: { amountCents: 900, currency: 'EUR' },
      creates: 1,
      attempts: [{ clTRID: 'ours-1', svTRID: 'theirs-1', code: 2302, outcome: 'exists' }],
    })
  })
})
