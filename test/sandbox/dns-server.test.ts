import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import {
  type DecodedPacket,
  decode,
  encode,
  type RecordType,
  streamDecode,
  streamEncode,
} from 'dns-packet'
import { describe, expect, it } from 'vitest'
import type { HostPort } from '../../src/probes/endpoints.ts'
import { openBench, type ProbeBench } from '../support/probe-conformance.ts'
import { heldName } from '../support/public-books.ts'

const serverOf = (bench: ProbeBench) => bench.endpoints.dns('com')[0] as HostPort
const question = (name: string, type: RecordType, flags = 0) => ({
  type: 'query' as const,
  id: 99,
  flags,
  questions: [{ type, name, class: 'IN' as const }],
})

function ask(
  bench: ProbeBench,
  name: string,
  type: RecordType = 'NS',
  flags = 0,
): Promise<DecodedPacket> {
  const { host, port } = serverOf(bench)
  const socket = createSocket('udp4')
  return new Promise((resolve) => {
    socket.on('message', (reply) => {
      socket.close()
      resolve(decode(reply))
    })
    socket.send(encode(question(name, type, flags)), port, host)
  })
}

function askOverTcp(bench: ProbeBench, name: string): Promise<DecodedPacket | null> {
  const socket = connect(serverOf(bench))
  return new Promise((resolve, reject) => {
    let read = Buffer.alloc(0)
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => {
      read = Buffer.concat([read, chunk])
      if (read.length < 2 + read.readUInt16BE(0)) return
      socket.destroy()
      resolve(streamDecode(read) as DecodedPacket)
    })
    socket.end(streamEncode(question(name, 'NS')))
  })
}
const rcodeOf = (packet: DecodedPacket | null) => (packet as { rcode?: string } | null)?.rcode

describe('the sandbox’s DNS', () => {
  it('refers to the servers of a delegated name, without authority', async () => {
    const bench = await openBench()
    bench.books.put('a.com', heldName('a.com'))
    for (const asked of ['a.com', 'A.COM', 'www.a.com']) {
      const packet = await ask(bench, asked, 'A')
      expect(packet).toMatchObject({ id: 99, flag_qr: true, flag_aa: false, rcode: 'NOERROR' })
      expect(packet.answers).toEqual([])
      expect(packet.authorities).toMatchObject([
        { type: 'NS', name: 'a.com', data: 'ns1.rival.example' },
        { type: 'NS', name: 'a.com', data: 'ns2.rival.example' },
      ])
    }
  })

  it('denies with authority and its SOA what is not in the zone', async () => {
    const bench = await openBench()
    bench.books.put('gone.com', heldName('gone.com', 'pendingDelete'))
    for (const name of ['free.com', 'gone.com', '_x.com']) {
      const packet = await ask(bench, name)
      expect(packet).toMatchObject({ flag_aa: true, rcode: 'NXDOMAIN' })
      expect(packet.authorities).toMatchObject([{ type: 'SOA', name: 'com' }])
    }
  })

  it('answers for the zone itself', async () => {
    const bench = await openBench()
    expect((await ask(bench, 'be', 'SOA')).answers).toMatchObject([{ type: 'SOA', name: 'be' }])
    expect((await ask(bench, 'be', 'NS')).answers).toMatchObject([{ type: 'NS', name: 'be' }])
    const other = await ask(bench, 'be', 'A')
    expect(other).toMatchObject({ rcode: 'NOERROR', answers: [], flag_aa: true })
  })

  it('refuses other zones and does nothing but queries', async () => {
    const bench = await openBench()
    expect(rcodeOf(await ask(bench, 'a.de'))).toBe('REFUSED')
    expect(rcodeOf(await ask(bench, 'a.com', 'NS', 5 << 11))).toBe('NOTIMP')
  })

  it('answers the same over TCP', async () => {
    const bench = await openBench()
    bench.books.put('a.fr', heldName('a.fr'))
    expect((await askOverTcp(bench, 'a.fr'))?.authorities).toHaveLength(2)
    expect(rcodeOf(await askOverTcp(bench, 'b.fr'))).toBe('NXDOMAIN')
  })

  it('cuts what does not fit a datagram, and tells it all over TCP', async () => {
    const bench = await openBench()
    const nameServers = Array.from({ length: 13 }, (_, i) => `${'n'.repeat(50)}${i}.example.net`)
    bench.books.put('a.com', heldName('a.com', 'registered', { nameServers }))
    const cut = await ask(bench, 'a.com')
    expect(cut).toMatchObject({ flag_tc: true, authorities: [] })
    expect((await askOverTcp(bench, 'a.com'))?.authorities).toHaveLength(13)
  })

  it('does not answer noise, and lives on', async () => {
    const bench = await openBench()
    const { host, port } = serverOf(bench)
    const socket = createSocket('udp4')
    for (const noise of ['', 'x', '\0'.repeat(11), '\xff'.repeat(40)])
      await new Promise((resolve) => socket.send(Buffer.from(noise, 'latin1'), port, host, resolve))
    socket.close()
    expect(rcodeOf(await ask(bench, 'a.com'))).toBe('NXDOMAIN')
  })
})
