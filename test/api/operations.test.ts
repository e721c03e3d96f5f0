import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stoppedBy } from '../../src/store/switches.ts'
import { type ApiBench, openApiBench } from './support/api-bench.ts'

let bench: ApiBench
beforeAll(async () => {
  bench = await openApiBench()
})
afterAll(() => bench.close())

describe('the portfolio', () => {
  it('is put, read, listed and dropped', async () => {
    const held = { nicHandle: 'AB1-OVH', expiresAt: '2027-05-01' }
    const put = await bench.call('PUT', '/v1/portfolio/Maison.FR', held)
    expect([put.status, put.body]).toEqual([
      201,
      {
        name: 'maison.fr',
        unicode: 'maison.fr',
        nicHandle: 'ab1-ovh',
        expiresAt: '2027-05-01T00:00:00.000Z',
        orderId: null,
        updatedAt: '2026-11-23T10:00:00.000Z',
      },
    ])
    expect((await bench.call('PUT', '/v1/portfolio/maison.fr', held)).status).toBe(200)
    expect((await bench.call('GET', '/v1/portfolio/maison.fr')).body).toEqual(put.body)
    expect((await bench.call('DELETE', '/v1/portfolio/maison.fr')).status).toBe(204)
    expect((await bench.call('DELETE', '/v1/portfolio/maison.fr')).status).toBe(404)
  })

  it('is listed page by page', async () => {
    for (const label of ['c', 'a', 'b'])
      await bench.call('PUT', `/v1/portfolio/${label}1.be`, { nicHandle: 'cd2-ovh' })
    const first = await bench.call('GET', '/v1/portfolio?nicHandle=cd2-ovh&limit=2')
    expect(first.body).toMatchObject({
      items: [{ name: 'a1.be' }, { name: 'b1.be' }],
      nextAfter: 'b1.be',
    })
    const rest = await bench.call('GET', '/v1/portfolio?nicHandle=cd2-ovh&limit=2&after=b1.be')
    expect(rest.body).toMatchObject({ items: [{ name: 'c1.be' }], nextAfter: null })
  })

  it.each([
    ['/v1/portfolio/maison.museum', { nicHandle: 'ab1-ovh' }, 'name', 'name-extension'],
    ['/v1/portfolio/maison.fr', { nicHandle: 'a b' }, 'nicHandle', 'nic-handle-characters'],
    ['/v1/portfolio/maison.fr', { nicHandle: 'ab1', expiresAt: 'soon' }, 'expiresAt', 'malformed'],
    ['/v1/portfolio/maison.fr', {}, 'nicHandle', 'required'],
  ])('refuses %s with %o', async (path, body, field, rule) => {
    const answer = await bench.call('PUT', path, body)
    expect([answer.status, answer.body.errors]).toMatchObject([422, [{ field, rule }]])
  })
})

describe('a webhook', () => {
  it('shows its secret once, and is listed, disabled, enabled and removed', async () => {
    const made = await bench.call('POST', '/v1/webhooks', { url: 'http://127.0.0.1:9/hook' })
    expect(made.status).toBe(201)
    expect(() => new Webhook(made.body.secret as string)).not.toThrow()
    const path = made.headers.get('location')!
    const read = await bench.call('GET', path)
    expect(read.body).not.toHaveProperty('secret')
    expect(JSON.stringify((await bench.call('GET', '/v1/webhooks')).body)).not.toContain('whsec_')

    const disabled = await bench.call('PATCH', path, { enabled: false })
    expect(disabled.body).toMatchObject({
      disabledAt: '2026-11-23T10:00:00.000Z',
      reason: 'Disabled on request.',
    })
    expect((await bench.call('PATCH', path, { enabled: true })).body.disabledAt).toBeNull()
    expect((await bench.call('DELETE', path)).status).toBe(204)
    expect((await bench.call('GET', path)).status).toBe(404)
  })

  it('stands alone at its address', async () => {
    const url = 'https://example.org/vigie'
    await bench.call('POST', '/v1/webhooks', { url })
    const again = await bench.call('POST', '/v1/webhooks', { url })
    expect([again.status, again.body.errors]).toMatchObject([409, [{ rule: 'url-taken' }]])
  })

  it('must be a public https address in live mode', async () => {
    const live = await openApiBench({ allowPrivate: false })
    try {
      const plain = await live.call('POST', '/v1/webhooks', { url: 'http://example.org/' })
      const inner = await live.call('POST', '/v1/webhooks', { url: 'https://10.0.0.1/' })
      expect([plain.body.errors, inner.body.errors]).toMatchObject([
        [{ field: 'url', rule: 'url-https' }],
        [{ field: 'url', rule: 'url-private' }],
      ])
    } finally {
      await live.close()
    }
  })
})

describe('a switch', () => {
  it('stops and lets go, in the name of the token', async () => {
    const stop = { stopped: true, reason: 'maintenance' }
    const put = await bench.call('PUT', '/v1/switches/registry:verisign', stop)
    expect([put.status, put.body]).toEqual([
      200,
      { scope: 'registry:verisign', ...stop, by: 'token test', at: '2026-11-23T10:00:00.000Z' },
    ])
    expect(await stoppedBy(bench.db, ['registry:verisign'])).toMatchObject({
      reason: 'maintenance',
    })
    await bench.call('PUT', '/v1/switches/registry:verisign', { stopped: false, reason: 'over' })
    expect(await stoppedBy(bench.db, ['registry:verisign'])).toBeNull()
    expect((await bench.call('GET', '/v1/switches')).body.items).toMatchObject([
      { scope: 'registry:verisign', stopped: false, reason: 'over' },
    ])
  })

  it.each(['nothing', 'registry:nobody', 'extension:museum', 'name:x', 'all:more', 'channel:ovh'])(
    'of the scope %s is refused: nothing would read it',
    async (scope) => {
      const put = await bench.call('PUT', `/v1/switches/${scope}`, { stopped: true, reason: 'x' })
      expect([put.status, put.body.errors]).toMatchObject([422, [{ field: 'scope' }]])
    },
  )

  it('of a name is read by its A-label', async () => {
    const path = `/v1/switches/name:${encodeURIComponent('Crème.fr')}`
    const put = await bench.call('PUT', path, { stopped: true, reason: 'court order' })
    expect(put.body.scope).toBe('name:xn--crme-6oa.fr')
  })

  it('needs the scope to act', async () => {
    const token = await bench.tokenFor('ops:read')
    const headers = { authorization: `Bearer ${token}` }
    const put = await bench.call('PUT', '/v1/switches/all', { stopped: true, reason: 'x' }, headers)
    expect(put.status).toBe(403)
  })
})

describe('events', () => {
  it('are read in their order, from where one stopped', async () => {
    const first = await bench.call('GET', '/v1/events?limit=1')
    expect(first.body.items).toMatchObject([
      {
        type: 'switch.changed',
        subject: 'switch:registry:verisign',
        subjectSeq: 1,
        at: '2026-11-23T10:00:00.000Z',
        data: { stopped: true, reason: 'maintenance' },
      },
    ])
    const rest = await bench.call('GET', `/v1/events?afterSeq=${first.body.nextAfterSeq}`)
    const seqs = (rest.body.items as { seq: number }[]).map(({ seq }) => seq)
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
    expect(seqs[0]).toBeGreaterThan(first.body.nextAfterSeq as number)
    const end = await bench.call('GET', `/v1/events?afterSeq=${rest.body.nextAfterSeq}`)
    expect(end.body).toEqual({ items: [], nextAfterSeq: rest.body.nextAfterSeq })
  })

  it('are found by subject', async () => {
    const { body } = await bench.call('GET', '/v1/events?subject=switch:name:xn--crme-6oa.fr')
    expect(body.items).toHaveLength(1)
  })
})
