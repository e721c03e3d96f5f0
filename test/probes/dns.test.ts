import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { decode, encode } from 'dns-packet'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { DomainName } from '../../src/domain/name.ts'
import { dnsProbe } from '../../src/probes/dns.ts'
import type { HostPort } from '../../src/probes/endpoints.ts'
import { openBench, stoppedClock } from '../support/probe-conformance.ts'
import { heldName } from '../support/public-books.ts'
import { testPermits } from '../support/test-permits.ts'

const name = 'a.com' as DomainName

/** A name server that answers by UDP (and TCP) whatever the test wants, given the query's bytes. */
async function serveNames(
  answer: (query: Buffer) => Buffer[],
  overTcp?: (query: Buffer) => Buffer,
) {
  const tcp = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      const reply = overTcp?.(chunk.subarray(2)) ?? Buffer.alloc(0)
      socket.end(Buffer.concat([Buffer.from([reply.length >> 8, reply.length & 255]), reply]))
    })
  })
  await new Promise<void>((resolve) => {
    tcp.listen(0, '127.0.0.1', resolve)
  })
  const address = tcp.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const udp = createSocket('udp4')
  udp.on('message', (query, client) => {
    for (const reply of answer(query)) udp.send(reply, client.port, client.address)
  })
  await new Promise<void>((resolve) => {
    udp.bind(port, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    udp.close()
    tcp.close()
  })
  return { host: '127.0.0.1', port }
}

const referral = (query: Buffer, change: { id?: number; flags?: number; asked?: string } = {}) => {
  const { id = 0 } = decode(query)
  return encode({
    type: 'response',
    id: change.id ?? id,
    flags: change.flags ?? 0,
    questions: [{ type: 'NS', name: change.asked ?? 'a.com', class: 'IN' }],
    authorities: [{ type: 'NS', name: 'a.com', ttl: 60, data: 'ns.example.net' }],
  })
}

const look = (servers: HostPort[], permits = testPermits()) => {
  const endpoints = {
    rdapBootstrap: null,
    allowPrivate: true,
    whois: () => null,
    das: () => null,
    dns: () => servers,
  }
  const deps = { permits, clock: stoppedClock, random: () => 0, timeoutMs: 300, endpoints }
  return dnsProbe({ ...deps, queryId: () => 4_242 })(name, new AbortController().signal)
}

describe('the DNS probe', () => {
  it('asks without recursion, for the NS of the name, with the id it was given', async () => {
    const asked: Buffer[] = []
    const server = await serveNames((query) => {
      asked.push(Buffer.from(query))
      return [referral(query)]
    })
    expect((await look([server])).kind).toBe('delegated')
    const query = decode(asked[0] ?? Buffer.alloc(0))
    expect(query).toMatchObject({ id: 4_242, flag_rd: false })
    expect(query.questions?.[0]).toMatchObject({ name: 'a.com', type: 'NS' })
  })

  it('passes over answers to somebody else’s question', async () => {
    const server = await serveNames((query) => [
      referral(query, { id: 1 }),
      referral(query, { asked: 'b.com' }),
      Buffer.from('noise'),
    ])
    expect((await look([server])).kind).toBe('undetermined')
  })

  it('asks again over TCP when the answer is cut, with a permit of its own', async () => {
    const cut = 1 << 9
    const permits = testPermits()
    const server = await serveNames(
      (query) => [referral(query, { flags: cut })],
      (query) => referral(query),
    )
    expect((await look([server], permits)).kind).toBe('delegated')
    expect(permits.taken).toEqual(['dns:verisign', 'dns:verisign'])
  })

  it('goes to the next server when one is silent', async () => {
    const silent = await serveNames(() => [])
    const speaking = await serveNames((query) => [referral(query)])
    expect((await look([silent, speaking])).kind).toBe('delegated')
    expect((await look([speaking, silent])).kind).toBe('delegated')
  })

  it('lets servers take turns', async () => {
    const counts = [0, 0]
    const servers = await Promise.all(
      counts.map((_, i) =>
        serveNames((query) => {
          counts[i] = (counts[i] ?? 0) + 1
          return [referral(query)]
        }),
      ),
    )
    const bench = await openBench()
    const endpoints = { ...bench.endpoints, dns: () => servers }
    const probe = dnsProbe({ ...bench, endpoints })
    for (let i = 0; i < 4; i++) await probe(name, new AbortController().signal)
    expect(counts).toEqual([2, 2])
  })

  it('sees a name leave the zone when it is deleted', async () => {
    const bench = await openBench()
    const probe = dnsProbe(bench)
    bench.books.put(name, heldName(name))
    expect((await probe(name, new AbortController().signal)).kind).toBe('delegated')
    bench.books.put(name, heldName(name, 'redemption'))
    expect((await probe(name, new AbortController().signal)).kind).toBe('undelegated')
  })
})
