import { decode, encode, type Packet } from 'dns-packet'
import { EXTENSIONS, type Extension, extensionOf, parseDomainName } from '../domain/name.ts'
import type { PublicBooks } from './asked.ts'

/** RCODEs in the flags of a message (RFC 1035 section 4.1.1). dns-packet reads them but does not write them by name. */
const RCODE = { NOERROR: 0, FORMERR: 1, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const
const AUTHORITATIVE = 1 << 10
const TRUNCATED = 1 << 9

/** Largest answer over UDP to who does not say otherwise (RFC 1035 section 4.2.1). */
const PLAIN_UDP_BYTES = 512
const NEGATIVE_TTL = 900
const DELEGATION_TTL = 3_600

export type DnsQuery = { packet: Packet; zone: Extension | null; name: string; udpBytes: number }

/** Reads a question. @returns null for bytes that deserve no answer: too short, a response, or nothing readable. */
export function readQuery(bytes: Buffer): DnsQuery | null {
  try {
    const packet = decode(bytes)
    if (packet.type !== 'query') return null
    const name = (packet.questions?.[0]?.name ?? '').toLowerCase().replace(/\.$/, '')
    const ending = name.split('.').at(-1)
    const opt = packet.additionals?.find((record) => record.type === 'OPT')
    const offered = opt && 'udpPayloadSize' in opt ? opt.udpPayloadSize : PLAIN_UDP_BYTES
    return {
      packet,
      zone: EXTENSIONS.find((e) => e === ending) ?? null,
      name,
      udpBytes: Math.max(PLAIN_UDP_BYTES, offered),
    }
  } catch {
    return null
  }
}

type Content = Pick<Packet, 'answers' | 'authorities'> & { flags: number }

/** What the zone's server says: a referral, its own SOA and NS, or NXDOMAIN (RFC 1034 section 4.3.2). */
export function answerQuery(books: PublicBooks, query: DnsQuery, denying: boolean): Buffer {
  return message(query, contentOf(books, query, denying))
}

/** The answer without its records and marked as cut, when it is longer than the datagram may be (RFC 2181 section 9). */
export const fitUdp = (answer: Buffer, query: DnsQuery): Buffer =>
  answer.length <= query.udpBytes ? answer : message(query, { flags: TRUNCATED })

export const refuseQuery = (query: DnsQuery): Buffer => message(query, { flags: RCODE.REFUSED })

function message({ packet }: DnsQuery, { flags, answers = [], authorities = [] }: Content): Buffer {
  const questions = packet.questions ?? []
  return encode({ type: 'response', id: packet.id ?? 0, flags, questions, answers, authorities })
}

function contentOf(
  books: PublicBooks,
  { packet, zone, name }: DnsQuery,
  denying: boolean,
): Content {
  const question = packet.questions?.[0]
  if (!question || packet.questions?.length !== 1) return { flags: RCODE.FORMERR }
  if (opcodeOf(packet) !== 0) return { flags: RCODE.NOTIMP }
  if (!zone) return { flags: RCODE.REFUSED }
  if (name === zone) {
    const wanted =
      question.type === 'SOA' ? [soa(zone)] : question.type === 'NS' ? [apex(zone)] : []
    const authorities = wanted.length > 0 ? [] : [soa(zone)]
    return { flags: AUTHORITATIVE, answers: wanted, authorities }
  }
  const owner = name.split('.').slice(-2).join('.')
  const read = parseDomainName(owner)
  const known = read.ok && extensionOf(read.value) === zone ? read.value : null
  const servers = known && !denying ? books.delegation(known) : null
  if (!servers || servers.length === 0)
    return { flags: AUTHORITATIVE | RCODE.NXDOMAIN, authorities: [soa(zone)] }
  // A referral: not authoritative, the child's NS in the authority section.
  const authorities = servers.map((data) => ({
    type: 'NS' as const,
    name: owner,
    ttl: DELEGATION_TTL,
    data,
  }))
  return { flags: RCODE.NOERROR, authorities }
}

/** Zero is a plain query (RFC 1035 section 4.1.1). */
const opcodeOf = (packet: Packet): number => ((packet.flags ?? 0) >> 11) & 0xf

const apex = (zone: Extension) =>
  ({ type: 'NS', name: zone, ttl: DELEGATION_TTL, data: `a.nic.${zone}` }) as const

const soa = (zone: Extension) =>
  ({
    type: 'SOA',
    name: zone,
    ttl: NEGATIVE_TTL,
    data: {
      mname: `a.nic.${zone}`,
      rname: `hostmaster.nic.${zone}`,
      serial: 1,
      refresh: 1_800,
      retry: 900,
      expire: 604_800,
      minimum: NEGATIVE_TTL,
    },
  }) as const
