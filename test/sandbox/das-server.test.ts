import { describe, expect, it } from 'vitest'
import { askOverTcp } from '../../src/probes/tcp.ts'
import { openBench, type ProbeBench } from '../support/probe-conformance.ts'
import { heldName } from '../support/public-books.ts'

async function ask(bench: ProbeBench, query: string): Promise<string> {
  const server = bench.endpoints.das('be')
  if (!server) throw new Error('no server')
  const signal = AbortSignal.timeout(2_000)
  return (await askOverTcp(server, `${query}\r\n`, { signal, maxBytes: 8_192 })).toString('utf8')
}

describe('the sandbox’s DAS', () => {
  it.each([
    ['get 1.0 a', 'Domain: a', 'Status: AVAILABLE'],
    ['get 2.0 a.be', 'Domain: a.be', 'Status: AVAILABLE'],
    ['a.be', 'Domain: a.be', 'Status: AVAILABLE'],
    ['get 1.0 held', 'Domain: held', 'Status: NOT AVAILABLE'],
    ['held.be', 'Domain: held.be', 'Status: NOT AVAILABLE'],
    ['get 1.0 held.eu', 'Domain: held.eu', 'Status: NOT ALLOWED'],
    ['-.be', 'Domain: -.be', 'Status: NOT ALLOWED'],
    ['get 1.0 kept', 'Domain: kept', 'Status: RESERVED'],
  ])('answers "%s"', async (query, domain, status) => {
    const bench = await openBench()
    bench.books.put('held.eu', heldName('held.eu', 'quarantine'))
    bench.books.put('held.be', heldName('held.be', 'quarantine'))
    bench.books.put('kept.eu', { kind: 'reserved', as: 'reserved', reason: '' })
    const lines = (await ask(bench, query)).split('\r\n')
    expect(lines).toEqual(expect.arrayContaining(['%% RC = 0', domain, status]))
  })

  it('limits each registry by its own count', async () => {
    const bench = await openBench()
    bench.behave({ limit: { perSecond: 0.1, burst: 1 } })
    await ask(bench, 'a.be')
    expect(await ask(bench, 'a.be')).toMatch(/%% RC = -2/)
    expect(await ask(bench, 'get 1.0 a')).toMatch(/AVAILABLE/)
    expect(await ask(bench, 'get 1.0 a')).toMatch(/-1: Still in grace period, wait 10 seconds/)
  })
})
