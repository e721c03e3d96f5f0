import { describe, expect, it } from 'vitest'
import type { Standing } from '../../src/sandbox/registry.ts'
import { openBench, type ProbeBench } from '../support/probe-conformance.ts'
import { heldName } from '../support/public-books.ts'

const originOf = (bench: ProbeBench) => new URL(bench.endpoints.rdapBootstrap ?? '').origin
const get = async (bench: ProbeBench, path: string, init?: RequestInit) => {
  const response = await fetch(`${originOf(bench)}${path}`, init)
  const text = await response.text()
  return { response, text, json: text.startsWith('{') ? JSON.parse(text) : null }
}

describe('the sandbox’s RDAP', () => {
  it('points at itself in a bootstrap file, and at nobody for .eu and .be', async () => {
    const bench = await openBench()
    const { json, response } = await get(bench, '/bootstrap.json')
    const services = Object.fromEntries(
      json.services.map(([[tld], [url]]: [string[], string[]]) => [tld, url]),
    )
    expect(services.com).toBe(`${originOf(bench)}/com/v1/`)
    expect(Object.keys(services)).toEqual(['com', 'net', 'org', 'info', 'biz', 'fr'])
    expect(response.headers.get('cache-control')).toMatch(/max-age/)
  })

  it('prints a domain as RFC 9083 has it', async () => {
    const bench = await openBench()
    bench.books.put('a.com', heldName('a.com', 'redemption'))
    const { json, response } = await get(bench, '/com/v1/domain/a.com')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/rdap+json')
    expect(json).toMatchObject({
      objectClassName: 'domain',
      ldhName: 'a.com',
      status: ['pending delete', 'inactive', 'redemption period'],
      rdapConformance: expect.arrayContaining(['rdap_level_0']),
    })
    expect(json.events).toContainEqual({
      eventAction: 'expiration',
      eventDate: '2026-05-04T10:00:00Z',
    })
    const [registrar] = json.entities
    expect(registrar).toMatchObject({
      roles: ['registrar'],
      publicIds: [{ type: 'IANA Registrar ID', identifier: '9999' }],
    })
    expect(JSON.stringify(json)).not.toContain('registrant"')
  })

  it('takes a U-label and prints both forms', async () => {
    const bench = await openBench()
    bench.books.put('xn--bcher-kva.com', heldName('xn--bcher-kva.com'))
    const { json } = await get(bench, `/com/v1/domain/${encodeURIComponent('bücher.com')}`)
    expect(json).toMatchObject({ ldhName: 'xn--bcher-kva.com', unicodeName: 'bücher.com' })
  })

  it('denies each in its registry’s form', async () => {
    const bench = await openBench()
    const com = await get(bench, '/com/v1/domain/free.com')
    expect([com.response.status, com.text]).toEqual([404, ''])
    const org = await get(bench, '/org/v1/domain/free.org')
    expect(org.json).toMatchObject({ errorCode: 404, title: 'Object not found' })
    const fr = await get(bench, '/fr/v1/domain/free.fr')
    expect(fr.json.errors[0].errorCode).toBe('NOT_FOUND_DOMAIN_NAME_WITH_NAME')
  })

  it.each<Standing>([
    { kind: 'dropzone' },
    { kind: 'reserved', as: 'reserved', reason: 'Reserved' },
  ])('does not tell a $kind name from a free one', async (standing) => {
    const bench = await openBench()
    bench.books.put('a.org', standing)
    expect((await get(bench, '/org/v1/domain/a.org')).response.status).toBe(404)
  })

  it.each([
    ['/com/v1/domain/a.net', 400],
    ['/com/v1/domain/-a.com', 400],
    ['/com/v1/domain/%E0%A4%A', 400],
    ['/com/v1/domain/a.com/b', 404],
    ['/com/v1/entity/x', 404],
    ['/be/v1/domain/a.be', 404],
    ['/com/v1/help', 200],
  ])('answers %s with %i', async (path, status) => {
    expect((await get(await openBench(), path)).response.status).toBe(status)
  })

  it('changes nothing', async () => {
    const bench = await openBench()
    expect((await get(bench, '/com/v1/domain/a.com', { method: 'DELETE' })).response.status).toBe(
      405,
    )
  })

  it('limits each client and says for how long', async () => {
    const bench = await openBench()
    bench.behave({ limit: { perSecond: 0.1, burst: 2 } })
    const statuses: number[] = []
    for (let i = 0; i < 3; i++)
      statuses.push((await get(bench, '/com/v1/domain/a.com')).response.status)
    expect(statuses).toEqual([404, 404, 429])
    const { response } = await get(bench, '/com/v1/domain/a.com')
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(10)
  })

  it('tells the wrong time when its clock is skewed', async () => {
    const bench = await openBench()
    bench.books.put('a.com', heldName('a.com'))
    bench.behave({ faults: ['skewed-clock'] })
    const { json } = await get(bench, '/com/v1/domain/a.com')
    const updated = json.events.find((e: { eventAction: string }) => /RDAP/.test(e.eventAction))
    expect(updated.eventDate).toBe('2026-03-01T11:53:00Z')
  })

  it('lies when told to', async () => {
    const bench = await openBench()
    bench.books.put('a.com', heldName('a.com'))
    bench.behave({ faults: ['lying-404'] })
    expect((await get(bench, '/com/v1/domain/a.com')).response.status).toBe(404)
  })
})
