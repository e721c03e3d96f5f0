import { type Answer as DnsRecord, decode, type Packet } from 'dns-packet'
import { type Answer, undetermined } from './answer.ts'
import { isSubject } from './subject.ts'

/** The parts of a DNS answer that say whether a name is delegated, from the wire, from dig's text or from DNS over HTTPS. */
export type DnsAnswer = {
  rcode: string
  /** AA: said by a server of the zone itself; null where the form does not show it. */
  authoritative: boolean | null
  truncated: boolean
  question: { name: string; type: string } | null
  /** Owners of NS records in the answer and authority sections. */
  nsOwners: readonly string[]
}

const codeOf = (packet: Packet): string => String((packet as { rcode?: string }).rcode ?? '')

/** Reads a message (RFC 1035 section 4). @throws when it is none. */
export function fromWire(body: Buffer): DnsAnswer {
  const packet = decode(body)
  if (packet.type !== 'response') throw new Error('the message is a question')
  const question = packet.questions?.[0]
  const records: readonly DnsRecord[] = [...(packet.answers ?? []), ...(packet.authorities ?? [])]
  return {
    rcode: codeOf(packet),
    authoritative: packet.flag_aa ?? null,
    truncated: packet.flag_tc ?? false,
    question: question ? { name: question.name, type: question.type } : null,
    nsOwners: records.filter((record) => record.type === 'NS').map((record) => record.name),
  }
}

/**
 * Judges a DNS answer for a name directly below a zone whose server was asked. A referral with NS for exactly the name
 * proves that it is held; NXDOMAIN proves nothing about availability, and everything else is no answer.
 */
export function judgeDns(answer: DnsAnswer, asked: string): Answer {
  const { question, rcode } = answer
  if (question && !isFull(question.name, asked))
    return undetermined(`the answer is about ${question.name}, not ${asked}`)
  if (rcode === 'REFUSED') return undetermined('the server refuses to answer (REFUSED)')
  if (rcode === 'NXDOMAIN') {
    if (answer.authoritative === false)
      return undetermined('NXDOMAIN from a server that does not speak for the zone')
    return { kind: 'undelegated', because: 'NXDOMAIN: not in the zone, which proves nothing' }
  }
  if (rcode !== 'NOERROR') return undetermined(`the server answers ${rcode || 'nothing readable'}`)
  if (answer.nsOwners.some((owner) => isFull(owner, asked)))
    return { kind: 'delegated', because: 'the zone delegates the name' }
  return undetermined('no error, and no delegation of exactly this name')
}

/** Equal as whole names: a bare label is not enough here, since DNS always prints all of it. */
const isFull = (printed: string, asked: string): boolean =>
  printed.replace(/\.$/, '').includes('.') && isSubject(printed, asked)
