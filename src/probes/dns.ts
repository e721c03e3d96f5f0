import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { connect, isIPv6 } from 'node:net'
import { encode, type Packet } from 'dns-packet'
import type { Probe } from '../domain/observation.ts'
import { type Answer, undetermined } from './answer.ts'
import { type DnsAnswer, fromWire, judgeDns } from './dns-read.ts'
import type { Endpoints, HostPort } from './endpoints.ts'
import { faultOf, type ProbeDeps, pacedProbe, type Send } from './paced-probe.ts'

type Exchange = (server: HostPort, query: Buffer, signal: AbortSignal) => Promise<Buffer>

/** Servers tried for one look: a silent one says nothing, and the next may answer. */
const MOST_SERVERS = 2
/** RFC 1035 section 4.2.2: a message over TCP has its length in two octets. */
const MOST_TCP_BYTES = 65_535
/** Size that passes the internet without fragments (DNS flag day 2020). */
const UDP_BYTES = 1_232

/**
 * Asks the zone's own servers for the name's NS records, without recursion (RFC 1034 section 4.2.1), by UDP and by TCP
 * where the answer is cut. Servers take turns, so that none has all the load.
 * @param queryId gives the 16-bit id of each query. Default: unguessable ones.
 */
export function dnsProbe({
  endpoints,
  queryId = () => randomInt(65_536),
  ...deps
}: ProbeDeps & { endpoints: Endpoints; queryId?: () => number }): Probe {
  let turn = Math.floor(deps.random() * 1_000)
  return pacedProbe('dns', deps, async ({ name, extension, send }) => {
    const servers = extension ? endpoints.dns(extension) : []
    if (servers.length === 0) return undetermined('no name server of the zone is known')
    turn += 1
    let answer: Answer = undetermined('no name server answered')
    for (let i = 0; i < Math.min(MOST_SERVERS, servers.length); i++) {
      const server = servers[(turn + i) % servers.length] as HostPort
      answer = await ask(server, name, queryId(), send)
      if (answer.kind !== 'undetermined') return answer
    }
    return answer
  })
}

async function ask(server: HostPort, name: string, id: number, send: Send): Promise<Answer> {
  const query: Packet = {
    type: 'query',
    id,
    flags: 0,
    questions: [{ type: 'NS', name, class: 'IN' }],
    additionals: [
      {
        type: 'OPT',
        name: '.',
        udpPayloadSize: UDP_BYTES,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: 0,
        flag_do: false,
        options: [],
      },
    ],
  }
  const wire = encode(query)
  // A fault of one server is a value here, so that the next one is tried; a denied permit still ends the look.
  const over = (exchange: Exchange): Promise<DnsAnswer | Error> =>
    send((signal) => exchange(server, wire, signal).then(fromWire).catch(asError))
  const first = await over(overUdp)
  const last = !(first instanceof Error) && first.truncated ? await over(overTcp) : first
  return last instanceof Error ? undetermined(faultOf(last)) : judgeDns(last, name)
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

/** Whether the message answers this very query: same id, same question. Anything else is somebody else's. */
function answers(message: Buffer, query: Buffer): boolean {
  if (message.length < 12 || message.readUInt16BE(0) !== query.readUInt16BE(0)) return false
  if (((message[2] ?? 0) & 0x80) === 0) return false
  const nameEnd = query.indexOf(0, 12) + 5
  return (
    message.subarray(12, nameEnd).toString('latin1').toLowerCase() ===
    query.subarray(12, nameEnd).toString('latin1').toLowerCase()
  )
}

/** One datagram each way; datagrams that answer something else are passed over until the deadline. */
const overUdp: Exchange = ({ host, port }, query, signal) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4')
    const finish = (settle: () => void) => {
      signal.removeEventListener('abort', onAbort)
      socket.close()
      settle()
    }
    const onAbort = () => finish(() => reject(signal.reason))
    signal.addEventListener('abort', onAbort, { once: true })
    socket.on('error', (error) => finish(() => reject(error)))
    socket.on('message', (message) => {
      if (answers(message, query)) finish(() => resolve(message))
    })
    // Connected, so that the kernel takes datagrams from this server only and reports a closed port.
    socket.connect(port, host, () => socket.send(query))
  })

const overTcp: Exchange = ({ host, port }, query, signal) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const socket = connect({ host, port, noDelay: true })
    const onAbort = () => socket.destroy(new Error('no answer in time over TCP'))
    let read = Buffer.alloc(0)
    const finish = (settle: () => void) => {
      signal.removeEventListener('abort', onAbort)
      socket.destroy()
      settle()
    }
    signal.addEventListener('abort', onAbort, { once: true })
    socket.on('connect', () => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(query.length)
      socket.write(Buffer.concat([length, query]))
    })
    socket.on('data', (chunk: Buffer) => {
      read = Buffer.concat([read, chunk])
      if (read.length > MOST_TCP_BYTES + 2) return finish(() => reject(new Error('too long')))
      if (read.length < 2 || read.length < 2 + read.readUInt16BE(0)) return
      const message = read.subarray(2, 2 + read.readUInt16BE(0))
      finish(() =>
        answers(message, query)
          ? resolve(Buffer.from(message))
          : reject(new Error('the answer is to another question')),
      )
    })
    socket.on('error', (error) => finish(() => reject(error)))
    socket.on('close', () => finish(() => reject(new Error('connection closed before the answer'))))
  })
