import { gunzipSync, inflateSync } from 'node:zlib'
import { z } from 'zod'
import { type Extension, extensionOf, parseDomainName } from '../domain/name.ts'
import type { Phase } from '../domain/phase.ts'
import { phaseOf } from '../domain/phase.ts'
import { policyFor } from '../domain/policy/policies.ts'
import { type Answer, undetermined } from './answer.ts'
import { readDas } from './das-read.ts'
import { fromWire, judgeDns } from './dns-read.ts'
import { fromDig, fromDohJson } from './dns-text.ts'
import { isRegistryRdap } from './rdap-authority.ts'
import { decodeRdap } from './rdap-decode.ts'
import { decodeText } from './text.ts'
import { speaksForRegistry } from './whois-authority.ts'
import { readWhois } from './whois-read.ts'

/** An answer recorded earlier: who was asked what, and what came back. */
export const RecordedAnswer = z
  .object({
    id: z.union([z.string(), z.number()]),
    source: z.enum(['whois', 'rdap', 'das', 'dns']),
    name: z.string(),
    /** Host, host:port or RDAP base URL; absent means the registry's own. */
    server: z.string().nullish(),
    /** HTTP status. */
    status: z.coerce.number().int().nullish(),
    headers: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.number()])).nullish(),
    body: z.string().nullish(),
    bodyBase64: z.base64().nullish(),
  })
  .refine((line) => 'body' in line || 'bodyBase64' in line, {
    message: 'needs a body or a bodyBase64',
    path: ['body'],
  })
export type RecordedAnswer = z.infer<typeof RecordedAnswer>

/** What `vigie read` says of one recorded answer. */
export type Reading = {
  id: string | number
  state: 'free' | 'registered' | 'dropzone' | 'reserved' | 'invalid' | 'throttled' | 'undetermined'
  /** Only when reserved. */
  kind?: 'reserved' | 'premium' | 'blocked' | 'notOpen'
  /** Only when registered, and only where the source tells. */
  phase?: Phase
  /** RFC 3339 when the zone was printed, else the day as printed. */
  expiresAt?: string
  /** Only if printed. */
  releaseAt?: string
  sponsor?: string
  reason: string
}

/** Longer answers are refused by the probes too. */
const MOST_BYTES = { whois: 64 * 1024, das: 8 * 1024, rdap: 512 * 1024, dns: 128 * 1024 } as const

/** Judges a recorded answer with the probes' own decoders. Never depends on today's date; never throws. */
export function readAnswer(recorded: RecordedAnswer): Reading {
  return readingOf(recorded, judge(recorded))
}

function judge(recorded: RecordedAnswer): Answer {
  const { source, name } = recorded
  const server = recorded.server?.trim() || null
  const body = bodyOf(recorded)
  if (body instanceof Error) return undetermined(body.message)
  if (body.length > MOST_BYTES[source])
    return undetermined(`the answer exceeds ${MOST_BYTES[source]} bytes`)
  switch (source) {
    case 'whois': {
      const authoritative = server === null || speaksForRegistry(server, name)
      return readWhois(decodeText(body), { asked: name, authoritative })
    }
    case 'das': {
      const answer = readDas(decodeText(body), name)
      const trusted = server === null || isRegistryDas(server, name)
      return trusted || answer.kind !== 'absent'
        ? answer
        : undetermined(`“available” from ${server}, which is not the registry’s own`)
    }
    case 'rdap': {
      const extension = extensionIn(name)
      const policy = extension ? policyFor(extension) : null
      const authoritative =
        server === null ? policy?.rdap !== null : isRegistryRdap(server, name, policy)
      const headers = {
        retryAfter: headerOf(recorded, 'retry-after'),
        date: headerOf(recorded, 'date'),
      }
      const status = recorded.status ?? null
      return decodeRdap({ status, headers, body }, { asked: name, authoritative, now: null })
    }
    case 'dns':
      return judgeRecordedDns(body, name)
  }
}

/** DNS recordings are messages of the wire, with or without TCP's length, or the text of dig or of DNS over HTTPS. */
function judgeRecordedDns(body: Buffer, name: string): Answer {
  if (body.length === 0) return undetermined('the answer is empty')
  const text = decodeText(body)
  const printed = fromDig(text) ?? fromDohJson(text)
  if (printed) return judgeDns(printed, name)
  try {
    const framed = body.length > 14 && body.readUInt16BE(0) === body.length - 2
    const answer = fromWire(framed ? body.subarray(2) : body)
    return answer.truncated ? undetermined('the answer is cut (TC)') : judgeDns(answer, name)
  } catch {
    return undetermined('the answer is no DNS message')
  }
}

function bodyOf(recorded: RecordedAnswer): Buffer | Error {
  const body = recorded.bodyBase64
    ? Buffer.from(recorded.bodyBase64, 'base64')
    : Buffer.from(recorded.body ?? '', 'utf8')
  const packed = body[0] === 0x1f && body[1] === 0x8b
  const deflated = headerOf(recorded, 'content-encoding') === 'deflate' && body[0] === 0x78
  if (recorded.source !== 'rdap' || (!packed && !deflated)) return body
  try {
    const limit = { maxOutputLength: MOST_BYTES.rdap }
    return packed ? gunzipSync(body, limit) : inflateSync(body, limit)
  } catch {
    return new Error('the body is packed and cannot be unpacked')
  }
}

function headerOf({ headers }: RecordedAnswer, wanted: string): string | undefined {
  const found = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === wanted)?.[1]
  return Array.isArray(found) ? found[0] : found?.toString()
}

function extensionIn(name: string): Extension | null {
  const read = parseDomainName(name)
  if (read.ok) return extensionOf(read.value)
  // A strange label is no reason to forget whose registry was asked.
  const ending = parseDomainName(`x.${name.split('.').at(-1)}`)
  return ending.ok ? extensionOf(ending.value) : null
}

/** EURid's second host is for registrars (eurid.org, look-up services). */
function isRegistryDas(server: string, name: string): boolean {
  const host = server.toLowerCase().replace(/:\d+$/, '')
  const extension = extensionIn(name)
  const own = extension ? policyFor(extension).das?.value.host : null
  return host === own || (extension === 'eu' && host === 'das.registry.eu')
}

function readingOf({ id, name }: RecordedAnswer, answer: Answer): Reading {
  const reading = (state: Reading['state'], more: Partial<Reading> = {}): Reading => ({
    id,
    state,
    ...more,
    reason: answer.because,
  })
  switch (answer.kind) {
    case 'absent':
    case 'available':
      return reading('free')
    case 'delegated':
      return reading('registered')
    case 'undelegated':
      return reading('undetermined')
    case 'reserved':
      return reading('reserved', { kind: answer.as })
    case 'registered': {
      const { registration, expires, releases, tellsPhase } = answer
      // Other extensions are read by the gTLD life cycle, which names its stages by status.
      const policy = policyFor(extensionIn(name) ?? 'com')
      return reading('registered', {
        ...(tellsPhase && { phase: phaseOf(registration, policy) }),
        ...(expires && { expiresAt: expires.text }),
        ...(releases && { releaseAt: releases.text }),
        ...(registration.sponsor && { sponsor: registration.sponsor }),
      })
    }
    default:
      return reading(answer.kind)
  }
}
