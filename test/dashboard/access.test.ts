import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { localPath, openAccess } from '../../src/dashboard/access.ts'
import type { Visitor } from '../../src/dashboard/sessions.ts'

const TOKENS = new Map<string, Visitor>()
TOKENS.set('reader', { scopes: ['ops:read'] })
TOKENS.set('actor', { scopes: ['ops:read', 'ops:act'], name: 'camille' })
TOKENS.set('orders', { scopes: ['orders'] })

function gate(open = false, tokens = new Map(TOKENS)) {
  let ticks = 0
  const access = openAccess(
    { open, authenticate: async (token) => tokens.get(token) ?? null },
    () => ticks,
  )
  const app = new Hono()
  app.post('/in', async (c) => c.json(await access.signIn(c, await c.req.text())))
  app.post('/out', (c) => {
    access.signOut(c)
    return c.text('')
  })
  app.all('/inside', access.require('ops:read'), (c) => c.text('inside'))
  const signIn = async (token: string) => {
    const answer = await app.request('/in', { method: 'POST', body: token })
    return {
      result: (await answer.json()) as { kind: string },
      cookie: answer.headers.get('set-cookie') ?? '',
    }
  }
  const get = (cookie: string, init: RequestInit = {}) =>
    app.request('/inside', {
      ...init,
      headers: { cookie: cookie.split(';')[0] ?? '', ...(init.headers as Record<string, string>) },
    })
  const pass = (ms: number) => {
    ticks += ms
  }
  return { app, signIn, get, pass, tokens }
}

describe('a dashboard open to its own machine', () => {
  it('lets its people in under a loopback name only', async () => {
    const { app } = gate(true)
    for (const host of ['localhost:8080', '127.0.0.1', '[::1]:8080'])
      expect((await app.request(`http://${host}/inside`)).status).toBe(200)
    expect((await app.request('http://rebound.example/inside')).status).toBe(403)
  })

  it('takes a change from its own pages only', async () => {
    const { app } = gate(true)
    const post = async (headers: Record<string, string>) =>
      (await app.request('http://localhost/inside', { method: 'POST', headers })).status
    expect(await post({ host: 'localhost', origin: 'http://localhost' })).toBe(200)
    expect(await post({ 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await post({ host: 'localhost', origin: 'https://evil.example' })).toBe(403)
    expect(await post({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await post({ host: 'localhost', origin: 'null' })).toBe(403)
    expect(await post({})).toBe(403)
  })
})

describe('a dashboard for others', () => {
  it('leads a person to the form and back, and tells a program plainly', async () => {
    const { app } = gate()
    const page = await app.request('/inside?x=1', { headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('location')]).toEqual([
      303,
      '/sign-in?next=%2Finside%3Fx%3D1',
    ])
    expect((await app.request('/inside')).status).toBe(401)
    const fragment = await app.request('/inside?fragment=1', { headers: { accept: 'text/html' } })
    expect(fragment.status).toBe(401)
  })

  it('opens a session that no script can read and no other site can send', async () => {
    const { signIn, get } = gate()
    const { result, cookie } = await signIn('reader')
    expect(result.kind).toBe('in')
    expect(cookie).toMatch(/^vigie_session=[\w-]{43};/)
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Strict')
    expect(cookie).not.toContain('reader')
    expect(await (await get(cookie)).text()).toBe('inside')
  })

  it('refuses a token that is unknown or may not read for ops', async () => {
    const { signIn, get } = gate()
    expect((await signIn('nobody')).result.kind).toBe('unknown-token')
    const { result, cookie } = await signIn('orders')
    expect(result.kind).toBe('no-scope')
    expect((await get(cookie)).status).toBe(401)
    expect((await get('vigie_session=made-up')).status).toBe(401)
  })

  it('lets nobody change anything without ops:act', async () => {
    const { signIn, get } = gate()
    const post = { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } }
    expect((await get((await signIn('reader')).cookie, post)).status).toBe(403)
    expect((await get((await signIn('actor')).cookie, post)).status).toBe(200)
  })

  it('ends a session half a minute after its token was revoked', async () => {
    const { signIn, get, pass, tokens } = gate()
    const { cookie } = await signIn('reader')
    tokens.delete('reader')
    pass(29_000)
    expect((await get(cookie)).status).toBe(200)
    pass(2_000)
    expect((await get(cookie)).status).toBe(401)
    tokens.set('reader', { scopes: ['ops:read'] })
    expect((await get(cookie)).status).toBe(401)
  })

  it('ends a session after twelve hours, and at once when its owner leaves', async () => {
    const { app, signIn, get, pass } = gate()
    const { cookie } = await signIn('reader')
    const other = await signIn('reader')
    await app.request('/out', { method: 'POST', headers: { cookie: other.cookie.split(';')[0]! } })
    expect((await get(other.cookie)).status).toBe(401)
    pass(12 * 3_600_000 + 1)
    expect((await get(cookie)).status).toBe(401)
  })

  it('makes whoever guesses wait, and lets him in again after a minute', async () => {
    const { signIn, pass } = gate()
    for (let i = 0; i < 5; i++)
      expect((await signIn(`guess-${i}`)).result.kind).toBe('unknown-token')
    expect((await signIn('reader')).result).toEqual({ kind: 'limited', seconds: 60 })
    pass(60_000)
    expect((await signIn('reader')).result.kind).toBe('in')
  })
})

describe('localPath', () => {
  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:1',
    '',
    '/a b',
    '/\n/evil',
  ])('does not lead away by %j', (path) => {
    expect(localPath(path)).toBe('/')
  })

  it('leads back to a page of ours', () => {
    expect(localPath('/names?q=a%20b')).toBe('/names?q=a%20b')
    expect(localPath(undefined)).toBe('/')
  })
})
