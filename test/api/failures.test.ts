import { type AddressInfo, connect } from 'node:net'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTokens, revokeToken } from '../../src/store/tokens.ts'
import { type ApiBench, CONTACT, openApiBench } from './support/api-bench.ts'

let bench: ApiBench
beforeAll(async () => {
  bench = await openApiBench()
  await bench.call('PUT', '/v1/contacts/ab1-ovh', CONTACT)
})
afterAll(() => bench.close())

const order = { reference: 'r-1', nicHandle: 'ab1-ovh', pack: 'francophone', label: 'maison' }
const rulesOf = (body: Record<string, unknown>) =>
  (body.errors as { field: string; rule: string }[]).map(({ field, rule }) => `${field} ${rule}`)

describe('a failure', () => {
  it('is told as problem details', async () => {
    const { status, headers, body } = await bench.call('POST', '/v1/orders', {
      ...order,
      label: '',
    })
    expect(status).toBe(422)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Unprocessable Entity',
      status: 422,
      detail: expect.any(String),
      instance: '/v1/orders',
      errors: [{ field: 'label', rule: 'label-empty', message: expect.any(String) }],
    })
  })

  it.each([
    ['an empty label', { label: '' }, 'label label-empty'],
    ['a label with a hyphen in front', { label: '-x' }, 'label label-hyphen-edge'],
    ['a label of 64 characters', { label: 'a'.repeat(64) }, 'label label-too-long'],
    ['an emoji label', { label: '💩' }, 'label label-emoji'],
    ['a label with a dot', { label: 'a.b' }, 'label label-dot'],
    ['an unknown pack', { pack: 'everything' }, 'pack pack-unknown'],
    ['a nic-handle with spaces', { nicHandle: 'ab 1' }, 'nicHandle nic-handle-characters'],
    [
      'a nic-handle with odd characters',
      { nicHandle: "ab1';--" },
      'nicHandle nic-handle-characters',
    ],
    ['an unknown contact', { nicHandle: 'zz9-ovh' }, 'nicHandle contact-unknown'],
    ['a reference with a NUL', { reference: 'a\0b' }, 'reference control-characters'],
    ['no reference', { reference: undefined }, 'reference required'],
    ['a reference that is a number', { reference: 7 }, 'reference wrong-type'],
    ['a field that is not there', { colour: 'red' }, 'colour unknown-field'],
    [
      'a name held elsewhere of no order',
      { heldElsewhere: ['other.fr'] },
      'heldElsewhere.0 not-in-pack',
    ],
  ])('names the field and the rule for %s, and changes nothing', async (_, wrong, rule) => {
    const { status, body } = await bench.call('POST', '/v1/orders', { ...order, ...wrong })
    expect(status).toBe(422)
    expect(rulesOf(body)).toContain(rule)
    expect((await bench.call('GET', '/v1/orders')).body.items).toEqual([])
  })

  it.each(['null', '[]', '7', '"order"'])('of the body %s is told, too', async (text) => {
    const { status, body } = await bench.call('POST', '/v1/orders', text)
    expect([status, rulesOf(body)]).toEqual([422, ['body wrong-type']])
  })

  it('tells all problems at once', async () => {
    const wrong = { reference: '', nicHandle: 'a b c', pack: 'x', label: '-' }
    const { body } = await bench.call('POST', '/v1/orders', wrong)
    expect((body.errors as { field: string }[]).map(({ field }) => field)).toEqual([
      'reference',
      'nicHandle',
      'pack',
      'label',
    ])
  })

  it.each([
    ['an object', '{'],
    ['a word', 'order'],
    ['nothing at all', ''],
  ])('answers 400 when %s is sent that is not JSON', async (_, text) => {
    expect((await bench.call('POST', '/v1/orders', text)).status).toBe(400)
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'answers 415 to %s',
    async (type) => {
      const { status, headers } = await bench.call('POST', '/v1/orders', order, {
        'content-type': type,
      })
      expect(status).toBe(415)
      expect(headers.get('content-type')).toBe('application/problem+json')
    },
  )

  it.each([
    ['/v1/orders/1', 'id'],
    ['/v1/watches/nope', 'id'],
    ['/v1/names/nope', 'name'],
    ['/v1/names/a%00b.com', 'name'],
    ['/v1/names/example.museum', 'name'],
    ['/v1/orders?limit=0', 'limit'],
    ['/v1/orders?limit=many', 'limit'],
    ['/v1/orders?cursor=abc', 'cursor'],
    ['/v1/orders?reference=a%00', 'reference'],
    ['/v1/watches?extension=xyz', 'extension'],
    ['/v1/watches?colour=red', 'colour'],
    ['/v1/captures?from=yesterday', 'from'],
    ['/v1/captures?outcome=great', 'outcome'],
    ['/v1/events?afterSeq=-1', 'afterSeq'],
    ['/v1/events?subject=a%00', 'subject'],
  ])('GET %s names the field %s', async (path, field) => {
    const { status, body } = await bench.call('GET', path)
    expect(status).toBe(422)
    expect((body.errors as { field: string }[])[0]?.field).toBe(field)
  })

  it.each([
    '/v1/nothing',
    '/v1/orders/00000000-0000-4000-8000-000000000000',
    '/v1/watches/00000000-0000-4000-8000-000000000000',
    '/v1/captures/00000000-0000-4000-8000-000000000000',
    '/v1/names/nobody-watches-this.com',
    '/v1/portfolio/nobody-holds-this.com',
    '/elsewhere',
  ])('answers 404 to %s', async (path) => {
    const { status, headers } = await bench.call('GET', path)
    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('application/problem+json')
  })

  it('answers 405 to a wrong method and tells the right ones', async () => {
    const { status, headers } = await bench.call('DELETE', '/v1/orders')
    expect(status).toBe(405)
    expect(headers.get('allow')).toBe('GET, HEAD, POST')
    expect((await bench.call('POST', '/openapi.json', {})).status).toBe(405)
  })

  it('inside is logged and not told', async () => {
    const broken = await openApiBench()
    await broken.close()
    const { status, body } = await broken.call('GET', '/v1/orders')
    expect(status).toBe(500)
    expect(JSON.stringify(body)).not.toMatch(/postgres|select|ECONN|CONNECTION/i)
  })
})

describe('a token', () => {
  const get = (authorization?: string) =>
    bench.api.request('/v1/orders', authorization ? { headers: { authorization } } : {})

  it.each([undefined, 'Basic dXNlcjpwdw==', 'Bearer', 'Bearer wrong', 'Bearer vigie_x y'])(
    'is asked for when %s is given',
    async (authorization) => {
      const answer = await get(authorization)
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm="vigie"/)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    },
  )

  it('without the scope is refused and told which one', async () => {
    const answer = await bench.call('POST', '/v1/orders', order, {
      authorization: `Bearer ${await bench.tokenFor('support')}`,
    })
    expect(answer.status).toBe(403)
    expect(answer.headers.get('www-authenticate')).toContain('insufficient_scope')
    expect(answer.body.detail).toBe('The token needs the scope orders.')
  })

  it('that was revoked is no token', async () => {
    const secret = await bench.tokenFor('support')
    expect((await get(`Bearer ${secret}`)).status).toBe(200)
    const newest = (await readTokens(bench.db)).at(-1)!
    await revokeToken(bench.db, newest.id, bench.clock.now())
    expect((await get(`Bearer ${secret}`)).status).toBe(401)
  })

  it('is checked before the body is looked at', async () => {
    const answer = await bench.call('POST', '/v1/orders', '{', { authorization: 'Bearer wrong' })
    expect(answer.status).toBe(401)
  })
})

describe('headers', () => {
  it('forbid caching, framing, sniffing and other origins', async () => {
    const { headers } = await bench.call('GET', '/v1/packs', undefined, {
      origin: 'https://evil.example',
    })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('stand on failures too', async () => {
    const { headers } = await bench.call('GET', '/v1/nothing')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('a body', () => {
  const serveBench = async () => {
    const server = serve({ fetch: bench.api.fetch, port: 0, hostname: '127.0.0.1' })
    await new Promise((resolve) => server.once('listening', resolve))
    return { server, port: (server.address() as AddressInfo).port }
  }
  const head = (port: number, more: string) =>
    `POST /v1/orders HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${bench.token}\r\nContent-Type: application/json\r\n${more}\r\n\r\n`

  /** Writes a request and reads until the server has answered with a whole head. */
  function exchange(
    port: number,
    parts: Iterable<string>,
  ): Promise<{ answer: string; sent: number }> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1')
      let [answer, sent] = ['', 0]
      socket.on('data', (chunk) => {
        answer += chunk
        if (answer.includes('\r\n\r\n')) {
          socket.destroy()
          resolve({ answer, sent })
        }
      })
      socket.on('error', (fault) => (answer === '' ? reject(fault) : resolve({ answer, sent })))
      const all = parts[Symbol.iterator]()
      const write = () => {
        const { value, done } = all.next()
        if (done || socket.destroyed || answer !== '') return
        sent += value.length
        socket.write(value, () => setImmediate(write))
      }
      socket.on('connect', write)
    })
  }

  it('of 10 MB is refused before any of it is sent', async ({ onTestFinished }) => {
    const { server, port } = await serveBench()
    onTestFinished(() => void server.close())
    const { answer } = await exchange(port, [head(port, `Content-Length: ${10 * 1024 * 1024}`)])
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toMatch(/application\/problem\+json/i)
  })

  it('of unsaid length is refused once it is too long, not read to its end', async ({
    onTestFinished,
  }) => {
    const { server, port } = await serveBench()
    onTestFinished(() => void server.close())
    function* parts() {
      yield head(port, 'Transfer-Encoding: chunked')
      const chunk = 'x'.repeat(16 * 1024)
      for (let i = 0; i < 640; i++) yield `${chunk.length.toString(16)}\r\n${chunk}\r\n`
    }
    const { answer, sent } = await exchange(port, parts())
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(sent).toBeLessThan(5 * 1024 * 1024)
  })

  it('of 64 KiB is still read', async () => {
    const filled = { ...order, colour: 'x'.repeat(63 * 1024) }
    const { status } = await bench.call('POST', '/v1/orders', filled)
    expect(status).toBe(422)
  })
})
