import { describe, expect, it } from 'vitest'
import type { Extension } from '../../src/domain/name.ts'
import { askOverTcp } from '../../src/probes/tcp.ts'
import type { Standing } from '../../src/sandbox/registry.ts'
import { openBench, type ProbeBench } from '../support/probe-conformance.ts'
import { heldName } from '../support/public-books.ts'

async function ask(bench: ProbeBench, query: string): Promise<string> {
  const server = bench.endpoints.whois('com')
  if (!server) throw new Error('no server')
  const signal = AbortSignal.timeout(2_000)
  const answer = await askOverTcp(server, `${query}\r\n`, { signal, maxBytes: 65_536 })
  return answer.toString('utf8')
}

describe('the sandbox’s WHOIS', () => {
  it.each<[string, string]>([
    ['domain a.com', 'No match for "A.COM".'],
    ['a.net', 'No match for "A.NET".'],
    ['a.org', 'Domain not found.'],
    ['a.biz', 'No Data Found'],
    ['a.fr', '%% No entries found in the AFNIC Database.'],
    ['a.eu', 'Status: AVAILABLE'],
    ['a.be', 'Status:\tAVAILABLE'],
  ])('denies having "%s" in the registry’s words', async (query, line) => {
    const answer = await ask(await openBench(), query)
    expect(answer.split(/\r?\n/)).toContain(line)
  })

  it('says nothing of .info and closes', async () => {
    expect(await ask(await openBench(), 'a.info')).toBe('')
  })

  it.each<[Extension, string, string, RegExp]>([
    ['com', 'redemption', 'domain a.com', /Domain Status: redemptionPeriod https:\/\/icann\.org/],
    ['com', 'pendingDelete', 'domain a.com', /Domain Status: pendingDelete https:\/\/icann\.org/],
    [
      'fr',
      'redemption',
      'a.fr',
      /status: {21,}REDEMPTION[\s\S]*pending: +DELETE[\s\S]*deleted: +2026-02-01T10:00:00\.000Z/,
    ],
    ['be', 'quarantine', 'a.be', /Status:\tQUARANTINE\nAvailable:\t2026-03-13T16:00:00\.000Z/],
    ['be', 'registered', 'a.be', /Status:\tNOT AVAILABLE\nRegistered:\tSat May 04 2019/],
  ])('prints a .%s name in %s', async (extension, stage, query, format) => {
    const bench = await openBench()
    const name = `a.${extension}`
    bench.books.put(name, heldName(name, stage as 'registered'))
    expect(await ask(bench, query)).toMatch(format)
  })

  it('prints no status of a held .eu name', async () => {
    const bench = await openBench()
    bench.books.put('a.eu', heldName('a.eu', 'quarantine'))
    expect(await ask(bench, 'a.eu')).not.toMatch(/^Status:/m)
  })

  it.each<[string, Standing, RegExp]>([
    ['a.org', { kind: 'dropzone' }, /application via the PIR Dropzone service/],
    ['a.org', { kind: 'reserved', as: 'reserved', reason: '' }, /reserved by the Registry/],
    ['a.biz', { kind: 'reserved', as: 'premium', reason: '' }, /premium domain/],
    ['a.fr', { kind: 'reserved', as: 'notOpen', reason: '' }, /NOT_OPEN/],
    ['a.eu', { kind: 'reserved', as: 'blocked', reason: '' }, /Status: BLOCKED/],
    ['_a.eu', { kind: 'free' }, /-7: %Invalid pattern/],
    ['-.be', { kind: 'free' }, /NOT ALLOWED/],
  ])('withholds %s where the registry does', async (name, standing, format) => {
    const bench = await openBench()
    bench.books.put(name, standing)
    expect(await ask(bench, name)).toMatch(format)
  })

  it.each([
    ['a.fr', /%% Too many requests\.\.\.[\s\S]*No entries found/],
    ['a.org', /^WHOIS LIMIT EXCEEDED/],
    ['a.be', /% Excessive querying, grace period of 30 seconds/],
    ['a.eu', /-1: Still in grace period, wait 30 seconds/],
  ])('refuses %s in the registry’s words', async (name, format) => {
    const bench = await openBench()
    bench.behave({ faults: ['throttled'] })
    expect(await ask(bench, name)).toMatch(format)
  })

  it('does not know other extensions', async () => {
    expect(await ask(await openBench(), 'a.de')).toMatch(/knows \.com/)
  })

  it('answers a client that sends its question in pieces, and outlives one that sends none', async () => {
    const bench = await openBench()
    const server = bench.endpoints.whois('com')
    if (!server) throw new Error('no server')
    const long = askOverTcp(server, 'x'.repeat(5_000), {
      signal: AbortSignal.timeout(2_000),
      maxBytes: 65_536,
    })
    expect((await long).toString()).toMatch(/knows/)
    expect(await ask(bench, 'a.com')).toMatch(/No match/)
  })
})
