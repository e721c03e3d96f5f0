import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiBench, CONTACT, openApiBench } from './support/api-bench.ts'

let bench: ApiBench
beforeAll(async () => {
  bench = await openApiBench()
})
afterAll(() => bench.close())

const order = (reference: string, label = 'maison') => ({
  reference,
  nicHandle: 'ab1-ovh',
  pack: 'international-france',
  label,
})

describe('a contact', () => {
  it('is put, and nothing of the person comes back', async () => {
    const first = await bench.call('PUT', '/v1/contacts/AB1-OVH', CONTACT)
    expect([first.status, first.body]).toEqual([
      201,
      {
        nicHandle: 'ab1-ovh',
        country: 'FR',
        citizenship: null,
        updatedAt: '2026-11-23T10:00:00.000Z',
      },
    ])
    expect((await bench.call('PUT', '/v1/contacts/ab1-ovh', CONTACT)).status).toBe(200)
  })
})

it('the catalogue has three packs with their prices', async () => {
  const { body } = await bench.call('GET', '/v1/packs')
  expect(
    (body.items as { code: string; pricePerYear: unknown }[]).map((pack) => [
      pack.code,
      pack.pricePerYear,
    ]),
  ).toEqual([
    ['francophone', { amountCents: 2499, currency: 'EUR' }],
    ['international', { amountCents: 2499, currency: 'EUR' }],
    ['international-france', { amountCents: 3999, currency: 'EUR' }],
  ])
})

describe('an order', () => {
  it('is placed, asked to be fulfilled, and found where Location says', async () => {
    const placed = await bench.call('POST', '/v1/orders', order('one', 'Crème'))
    expect(placed.status).toBe(201)
    expect(placed.body).toMatchObject({
      reference: 'one',
      label: 'xn--crme-6oa',
      unicode: 'crème',
      pricePerYear: { amountCents: 3999, currency: 'EUR' },
      state: 'placed',
      placedAt: '2026-11-23T10:00:00.000Z',
    })
    expect(placed.body.lines).toHaveLength(8)
    expect(bench.rung).toContain(placed.body.id)
    const location = placed.headers.get('location')!
    expect((await bench.call('GET', location)).body).toEqual(placed.body)
  })

  it('sent again answers 200 with the same order, and 409 with other content', async () => {
    const first = await bench.call('POST', '/v1/orders', order('two'))
    const again = await bench.call('POST', '/v1/orders', order('two'))
    expect([again.status, again.body.id]).toEqual([200, first.body.id])
    const other = await bench.call('POST', '/v1/orders', order('two', 'palais'))
    expect(other.status).toBe(409)
    expect(other.body.errors).toMatchObject([{ field: 'reference', rule: 'reference-reused' }])
  })

  it('stands even when nobody can be asked to fulfil it', async () => {
    const lonely = await openApiBench({
      fulfil: () => Promise.reject(new Error('the queue is away')),
    })
    try {
      await lonely.call('PUT', '/v1/contacts/ab1-ovh', CONTACT)
      const placed = await lonely.call('POST', '/v1/orders', order('alone'))
      expect(placed.status).toBe(201)
      expect((await lonely.call('GET', `/v1/orders/${placed.body.id}`)).status).toBe(200)
    } finally {
      await lonely.close()
    }
  })

  it('whose line does not ask for action is not taken up again', async () => {
    const { body } = await bench.call('POST', '/v1/orders', order('three'))
    const path = `/v1/orders/${body.id}/lines/maison.com/retry`
    expect((await bench.call('POST', path)).status).toBe(409)
    const other = `/v1/orders/${body.id}/lines/palais.com/retry`
    expect((await bench.call('POST', other)).status).toBe(404)
  })
})

describe('the list of orders', () => {
  it('is read page by page, newest first, each once', async () => {
    for (let i = 0; i < 5; i++) {
      if (i > 2) bench.clock.leapTo(new Date(bench.clock.now().getTime() + 1000))
      await bench.call('POST', '/v1/orders', order(`page-${i}`))
    }
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await bench.call('GET', `/v1/orders?limit=2${cursor}`)
      seen.push(...(body.items as { reference: string }[]).map((item) => item.reference))
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`
    } while (cursor !== '')
    expect(seen.slice(0, 2)).toEqual(['page-4', 'page-3'])
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toEqual(expect.arrayContaining(['one', 'two', 'three', 'page-0', 'page-1']))
  })

  it('is found by reference and by nic-handle', async () => {
    const byReference = await bench.call('GET', '/v1/orders?reference=page-1')
    expect(byReference.body.items).toMatchObject([{ reference: 'page-1' }])
    const byHandle = await bench.call('GET', '/v1/orders?nicHandle=zz9-ovh')
    expect(byHandle.body).toEqual({ items: [], nextCursor: null })
  })
})

it('the API describes itself in OpenAPI, without a token', async () => {
  const answer = await bench.api.request('/openapi.json')
  expect(answer.status).toBe(200)
  const document = (await answer.json()) as {
    openapi: string
    paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
  }
  expect(document.openapi).toBe('3.1.0')
  expect(Object.keys(document.paths).sort()).toEqual([
    '/v1/captures',
    '/v1/captures/{id}',
    '/v1/contacts/{nicHandle}',
    '/v1/events',
    '/v1/names/{name}',
    '/v1/orders',
    '/v1/orders/{id}',
    '/v1/orders/{id}/lines/{name}/retry',
    '/v1/packs',
    '/v1/portfolio',
    '/v1/portfolio/{name}',
    '/v1/switches',
    '/v1/switches/{scope}',
    '/v1/watches',
    '/v1/watches/{id}',
    '/v1/watches/{id}/cancel',
    '/v1/watches/{id}/pause',
    '/v1/watches/{id}/resume',
    '/v1/webhooks',
    '/v1/webhooks/{id}',
  ])
  for (const [path, methods] of Object.entries(document.paths))
    for (const { responses } of Object.values(methods))
      expect(Object.keys(responses), path).toEqual(expect.arrayContaining(['401', '403', '422']))
})

it('the API can be mounted at the root of a larger one and answers its own strays', async () => {
  const larger = new Hono().get('/', (context) => context.text('dashboard'))
  larger.route('/', bench.api)
  expect(await (await larger.request('/')).text()).toBe('dashboard')
  const stray = await larger.request('/v1/nothing')
  expect([stray.status, stray.headers.get('content-type')]).toEqual([
    404,
    'application/problem+json',
  ])
  expect((await larger.request('/v1/orders')).status).toBe(401)
  expect((await larger.request('/elsewhere')).headers.get('content-type')).toMatch(/^text\/plain/)
})
