import type { DnsAnswer } from './dns-read.ts'

const TYPES: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  28: 'AAAA',
}
const CODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED']

/** A page of dig has a few kilobytes. */
const LONGEST = 16_384

/** Reads what dig prints. @returns null for text that is not dig's. */
export function fromDig(printed: string): DnsAnswer | null {
  const text = printed.slice(0, LONGEST)
  const rcode = /->>HEADER<<-.*\bstatus: (\w+)/.exec(text)?.[1]
  if (!rcode) return null
  const flags = /^;; flags:([^;]*);/m.exec(text)?.[1]?.trim().split(/\s+/) ?? []
  const asked = /^;; QUESTION SECTION:\s*\n;(\S+)\s+\S+\s+(\S+)/m.exec(text)
  const records = text.matchAll(/^([^;\s]\S*)\s+\d+\s+IN\s+NS\s+\S+/gm)
  return {
    rcode,
    authoritative: flags.includes('aa'),
    truncated: flags.includes('tc'),
    question: asked ? { name: asked[1] ?? '', type: asked[2] ?? '' } : null,
    nsOwners: [...records].map((record) => record[1] ?? ''),
  }
}

/** Reads the JSON of DNS over HTTPS as public resolvers print it. @returns null for anything else. */
export function fromDohJson(text: string): DnsAnswer | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof json !== 'object' || json === null || !('Status' in json)) return null
  const { Status, AA, TC, Question, Answer, Authority } = json as Record<string, unknown>
  const question = recordsIn(Question)[0]
  return {
    rcode: CODES[Number(Status)] ?? `RCODE${String(Status)}`,
    // A resolver passes on what it was told: its NXDOMAIN is taken as the zone's.
    authoritative: AA === true ? true : null,
    truncated: TC === true,
    question: question ? { name: question.name, type: TYPES[question.type] ?? '' } : null,
    nsOwners: [...recordsIn(Answer), ...recordsIn(Authority)]
      .filter((record) => TYPES[record.type] === 'NS')
      .map((record) => record.name),
  }
}

const recordsIn = (section: unknown): { name: string; type: number }[] =>
  (Array.isArray(section) ? section : []).flatMap((record: unknown) => {
    if (typeof record !== 'object' || record === null) return []
    const { name, type } = record as Record<string, unknown>
    return typeof name === 'string' ? [{ name, type: Number(type) }] : []
  })
