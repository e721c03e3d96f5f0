import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { DomainName } from '../../src/domain/name.ts'
import type { Endpoints } from '../../src/probes/endpoints.ts'
import { rdapProbe, rdapUrl } from '../../src/probes/rdap.ts'
import { stoppedClock } from '../support/probe-conformance.ts'
import { type TestPermits, testPermits } from '../support/test-permits.ts'
import { serveWeb } from '../support/web-server.ts'

const held = JSON.stringify({ objectClassName: 'domain', ldhName: 'a.com', status: ['active'] })
const bootstrap = (base: string) =>
  JSON.stringify({ version: '1.0', services: [[['com'], [base]]] })

/** Looks at a.com with a server that holds its own bootstrap file. */
async function look(
  listener: RequestListener,
  {
    allowPrivate = true,
    permits = testPermits(),
  }: { allowPrivate?: boolean; permits?: TestPermits } = {},
) {
  let origin = ''
  const seen: string[] = []
  origin = await serveWeb((request, response) => {
    if (request.url === '/bootstrap.json') return response.end(bootstrap(`${origin}/com/v1`))
    seen.push(request.url ?? '')
    return listener(request, response)
  })
  const nobody = { whois: () => null, das: () => null, dns: () => [] }
  const endpoints: Endpoints = {
    ...nobody,
    rdapBootstrap: `${origin}/bootstrap.json`,
    allowPrivate,
  }
  const deps = { permits, clock: stoppedClock, random: () => 0, timeoutMs: 500, endpoints }
  const probe = rdapProbe(deps)
  const observation = await probe('a.com' as DomainName, new AbortController().signal)
  return { observation, seen, permits, probe }
}

describe('the RDAP probe', () => {
  it('joins base and name with one slash', () => {
    expect(rdapUrl('https://r.example/v1', 'a.com').href).toBe('https://r.example/v1/domain/a.com')
    expect(rdapUrl('https://r.example/v1//', 'a.com').href).toBe(
      'https://r.example/v1/domain/a.com',
    )
  })

  it('follows a redirect to the record, with a permit for each step', async () => {
    const { observation, permits } = await look((request, response) => {
      if (request.url?.startsWith('/com/'))
        response.writeHead(302, { location: '/moved/a.com' }).end()
      else response.end(held)
    })
    expect(observation.kind).toBe('registered')
    expect(permits.taken.filter((host) => host === 'rdap:verisign')).toHaveLength(2)
  })

  it('does not believe a 404 from where a redirect led', async () => {
    const { observation } = await look((request, response) => {
      if (request.url?.startsWith('/com/'))
        response.writeHead(301, { location: '/moved/a.com' }).end()
      else response.writeHead(404).end()
    })
    expect(observation.kind).toBe('undetermined')
  })

  it('stops at a ring of redirects', async () => {
    const { observation, seen } = await look((request, response) => {
      response.writeHead(307, { location: request.url }).end()
    })
    expect(observation).toMatchObject({
      kind: 'undetermined',
      reason: expect.stringContaining('redirected'),
    })
    expect(seen).toHaveLength(4)
  })

  it('asks no loopback address in live mode', async () => {
    const { observation, seen } = await look((_, response) => response.end(held), {
      allowPrivate: false,
    })
    expect(observation).toMatchObject({
      kind: 'undetermined',
      reason: expect.stringContaining('not a public'),
    })
    expect(seen).toEqual([])
  })

  it('unpacks gzip', async () => {
    const { observation } = await look((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(held))
    })
    expect(observation.kind).toBe('registered')
  })

  it.each([
    ['a body of 20 MB', Buffer.alloc(20 * 1024 * 1024, 32), {}],
    ['a gzip bomb', gzipSync(Buffer.alloc(20 * 1024 * 1024, 32)), { 'content-encoding': 'gzip' }],
    ['a broken gzip', Buffer.from('no gzip'), { 'content-encoding': 'gzip' }],
  ])('gives up on %s', async (_, body, headers) => {
    const { observation } = await look((_request, response) => {
      response.writeHead(200, headers as Record<string, string>).end(body)
    })
    expect(observation.kind).toBe('undetermined')
  })

  it('pauses the host as long as it asks', async () => {
    const { permits, observation } = await look((_, response) => {
      response.writeHead(429, { 'retry-after': '120' }).end()
    })
    if (observation.kind !== 'throttled') throw new Error(observation.kind)
    expect(observation.retryAt?.getTime()).toBe(stoppedClock.now().getTime() + 120_000)
    const pausedMs = (permits.paused.get('rdap:verisign')?.getTime() ?? 0) - Date.now()
    expect(pausedMs).toBeGreaterThan(110_000)
    expect(pausedMs).toBeLessThanOrEqual(120_000)
  })

  it('pauses longer each time a host throttles without saying how long', async () => {
    const { permits, probe } = await look((_, response) => response.writeHead(429).end())
    const pauses: number[] = []
    for (let i = 0; i < 3; i++) {
      pauses.push((permits.paused.get('rdap:verisign')?.getTime() ?? 0) - Date.now())
      permits.paused.clear()
      await probe('a.com' as DomainName, new AbortController().signal)
    }
    expect(pauses.map((ms) => Math.round(ms / 1_000))).toEqual([15, 30, 60])
  })

  it('says undetermined of an extension that no bootstrap entry ends', async () => {
    const { probe } = await look((_, response) => response.end(held))
    const seen = await probe('a.eu' as DomainName, new AbortController().signal)
    expect(seen).toMatchObject({ kind: 'undetermined', host: 'rdap:eurid' })
  })
})
