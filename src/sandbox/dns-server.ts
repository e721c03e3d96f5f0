import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { createServer, type Server, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Registry } from '../domain/policy/policy.ts'
import type { Log } from '../log.ts'
import type { PublicBooks } from './asked.ts'
import { answerQuery, type DnsQuery, fitUdp, readQuery, refuseQuery } from './dns-message.ts'
import { listen } from './listen.ts'
import type { Manners } from './manners.ts'
import { garble, IDLE_MS, type Listening, limitersOf, SLOW_MS } from './text-server.ts'

export type DnsServerDeps = {
  books: PublicBooks
  manners: (registry: Registry) => Manners
  log: Log
  /** The port of the last start, taken again while it is free. */
  port?: number | undefined
}

/** Ports tried until one is free for UDP and TCP both. */
const MOST_TRIES = 20

/** The zones of the eight extensions, on UDP and TCP of one port. */
export async function serveDns({
  books,
  manners,
  log,
  port: wanted,
}: DnsServerDeps): Promise<Listening> {
  const closing = new AbortController()
  const limiters = limitersOf(manners)
  const sockets = new Set<Socket>()

  /** @returns the answer and what is wrong with it, or null for silence. */
  const answer = async (query: DnsQuery, client: string) => {
    if (!query.zone) return { bytes: refuseQuery(query), cut: false }
    const registry = books.policyOf(query.zone).registry
    const { faults, latencyMs } = manners(registry)
    if (faults.includes('silent')) return null
    const refused = limiters(registry).take(client) > 0 || faults.includes('throttled')
    const bytes = refused
      ? refuseQuery(query)
      : answerQuery(books, query, faults.includes('lying-404'))
    await delay(latencyMs + (faults.includes('slow') ? SLOW_MS : 0), null, {
      signal: closing.signal,
    })
    return {
      bytes: faults.includes('garbled') ? garble(bytes) : bytes,
      cut: faults.includes('cut'),
    }
  }

  const serveUdp = (udp: UdpSocket) =>
    udp.on('message', (bytes, client) => {
      const query = readQuery(bytes)
      if (!query) return
      answer(query, client.address).then((given) => {
        if (!given) return
        const fitting = fitUdp(given.bytes, query)
        const sent = given.cut ? fitting.subarray(0, fitting.length / 2) : fitting
        udp.send(sent, client.port, client.address)
      }, ignore)
    })

  const serveTcp = (socket: Socket) => {
    sockets.add(socket)
    socket.setTimeout(IDLE_MS, () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', (error) => log.debug({ error: error.message }, 'client went away'))
    let read: Buffer = Buffer.alloc(0)
    let pending: Promise<void> = Promise.resolve()
    const reply = (query: DnsQuery) =>
      answer(query, socket.remoteAddress ?? '').then((given) => {
        if (!given) return
        const length = Buffer.alloc(2)
        length.writeUInt16BE(given.bytes.length)
        const framed = Buffer.concat([length, given.bytes])
        if (given.cut) socket.end(framed.subarray(0, framed.length / 2))
        else socket.write(framed)
      }, ignore)
    socket.on('data', (chunk) => {
      read = Buffer.concat([read, chunk])
      while (read.length >= 2 && read.length >= 2 + read.readUInt16BE(0)) {
        const end = 2 + read.readUInt16BE(0)
        const query = readQuery(read.subarray(2, end))
        read = read.subarray(end)
        if (query) pending = pending.then(() => reply(query))
        else socket.destroy()
      }
    })
    // A client may close its side once it has asked: it still gets its answers.
    socket.on('end', () => void pending.then(() => socket.end()))
  }

  const { tcp, udp, port } = await listenOnBoth(serveTcp, wanted)
  serveUdp(udp)
  udp.on('error', (error) => log.warn({ error: error.message }, 'DNS over UDP'))
  return {
    port,
    close: async () => {
      closing.abort()
      for (const socket of sockets) socket.destroy()
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise<void>((resolve) => tcp.close(() => resolve())),
      ])
    },
  }
}

/** A server that closes while an answer waits has nobody to tell. */
const ignore = () => undefined

async function listenOnBoth(
  onConnection: (socket: Socket) => void,
  wanted?: number,
): Promise<{ tcp: Server; udp: UdpSocket; port: number }> {
  for (let tries = 1; ; tries++) {
    const tcp = createServer({ allowHalfOpen: true }, onConnection)
    const port = await listen(tcp, tries === 1 ? wanted : 0)
    const udp = createSocket('udp4')
    try {
      await new Promise<void>((resolve, reject) => {
        udp.once('error', reject)
        udp.bind(port, '127.0.0.1', () => {
          udp.off('error', reject)
          resolve()
        })
      })
      return { tcp, udp, port }
    } catch (error) {
      tcp.close()
      if (tries === MOST_TRIES) throw error
    }
  }
}
