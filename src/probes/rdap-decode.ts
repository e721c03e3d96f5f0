import type { Registration } from '../domain/observation.ts'
import { fromRdapStatus, fromWhoisStatus, type Status } from '../domain/status.ts'
import {
  type Answer,
  absent,
  registered,
  reserved,
  throttled,
  undetermined,
  waitIn,
} from './answer.ts'
import { type PrintedDate, readPrintedDate } from './printed-date.ts'
import { RdapShape } from './rdap-shape.ts'
import { isHtml, saysThrottled } from './refusal-text.ts'
import { retryAfterMs } from './retry-after.ts'
import { isSubject } from './subject.ts'

/** One HTTP answer of an RDAP server, as it came. `status` null: a recording that does not say. */
export type RdapAnswer = {
  status: number | null
  headers: { retryAfter?: string | undefined; date?: string | undefined }
  body: Buffer
}
export type RdapContext = {
  asked: string
  /** Whether the host is the registry's own (RFC 9224): only its 404 is believed. */
  authoritative: boolean
  /** Real time of the answer, or null when reading a recording. */
  now: Date | null
}

/** Judges one RDAP answer (RFC 9083, statuses per RFC 8056). Lenient in what it takes, strict in what it believes. */
export function decodeRdap(answer: RdapAnswer, context: RdapContext): Answer {
  const text = answer.body.toString('utf8').replace(/^\uFEFF/, '')
  const shape = parse(text)
  const code = answer.status ?? (shape?.errorCode || (shape ? 200 : null))
  const words = shape
    ? [shape.title ?? '', ...shape.description].join(' ').trim()
    : text.slice(0, 2_000)
  const wait = retryAfterMs(answer.headers.retryAfter, answer.headers.date, context.now)
  const said = code === null ? 'an answer without HTTP status' : `HTTP ${code}`

  if (code === 429 || shape?.errorCode === 429)
    return throttled(`${said}: too many requests`, wait ?? waitIn(words))
  if (code !== null && code >= 400 && code !== 404) {
    if (wait !== null && (code === 503 || code === 403))
      return throttled(`${said} with Retry-After`, wait)
    if (!isHtml(text) && saysThrottled(words))
      return throttled(`${said}: ${clip(words)}`, waitIn(words))
    if (code === 400 && context.authoritative && isAboutTheName(words))
      return { kind: 'invalid', because: clip(words) }
    return undetermined(`${said} says nothing about the name`)
  }
  if (code === 404) return denied(text, shape, words, context)
  if (code !== 200) return undetermined(`${said} says nothing about the name`)
  if (text.trim() === '') return undetermined('the body is empty')
  if (isHtml(text)) return undetermined('the body is a web page, not RDAP')
  if (!shape) {
    const refused = text.length < 2_000 && saysThrottled(text)
    return refused ? throttled(clip(text), waitIn(text)) : undetermined('the body is not JSON')
  }
  if (shape.errorCode) return undetermined(`HTTP 200 with RDAP error ${shape.errorCode}`)
  return found(shape, context.asked)
}

function parse(text: string): RdapShape | null {
  try {
    const json: unknown = JSON.parse(text)
    return RdapShape.safeParse(json).data ?? null
  } catch {
    return null
  }
}

const clip = (words: string) => words.replace(/\s+/g, ' ').trim().slice(0, 160)
const isAboutTheName = (words: string) =>
  /\b(domain|name|label|idn|ldh)\b/i.test(words) &&
  /invalid|not valid|malformed|syntax|illegal/i.test(words)

/** A 404 (RFC 7480 section 5.3): believed of the registry's own host when it speaks RDAP or says nothing at all. */
function denied(
  text: string,
  shape: RdapShape | null,
  words: string,
  context: RdapContext,
): Answer {
  if (!context.authoritative)
    return undetermined('HTTP 404 from a host that is not the registry’s own')
  if (text.trim() === '') return absent('HTTP 404 without a body, from the registry')
  if (!shape) return undetermined('HTTP 404 whose body is not RDAP')
  if (shape.objectClassName) return undetermined('HTTP 404 that carries an object')
  if (/dropzone/i.test(words)) return { kind: 'dropzone', because: clip(words) }
  if (/\breserved\b/i.test(words)) return reserved('reserved', clip(words))
  if (/not supported|not authoritative|unknown (tld|zone)|no rdap|not served/i.test(words))
    return undetermined(`HTTP 404: ${clip(words)}`)
  const afnic = shape.errors.some((e) => e.errorCode.startsWith('NOT_FOUND_DOMAIN_NAME'))
  const rfc = shape.errorCode === 404 || (!shape.errorCode && shape.rdapConformance.length > 0)
  return afnic || rfc
    ? absent('HTTP 404 with an RDAP error, from the registry')
    : undetermined('HTTP 404 whose body is not an RDAP error')
}

function found(shape: RdapShape, asked: string): Answer {
  if (shape.objectClassName !== 'domain')
    return undetermined(`the object is ${shape.objectClassName ?? 'of no class'}, not a domain`)
  const names = [shape.ldhName, shape.unicodeName].filter((name) => name !== undefined)
  if (!names.some((name) => isSubject(name, asked)))
    return undetermined(`the answer is about ${names[0] ?? 'no name'}, not ${asked}`)

  const events = new Map<string, PrintedDate>()
  for (const { eventAction, eventDate } of shape.events) {
    const date = readPrintedDate(eventDate)
    if (date) events.set(eventAction.toLowerCase(), date)
  }
  const at = (action: string) => events.get(action)?.at ?? null
  const registrar = shape.entities.find((entity) => entity.roles.includes('registrar'))
  const sponsor = registrar ? (fullNameOf(registrar.vcardArray) ?? registrar.handle ?? null) : null
  const statuses = statusesOf(shape.status)
  if (shape.status.some((s) => /^reserved$/i.test(s)) && !registrar && !events.has('registration'))
    return reserved('reserved', 'the registry lists the name as reserved')

  const registration: Registration = {
    roid: shape.handle ?? null,
    statuses,
    stage: shape.status.some((s) => /^(frozen|blocked)$/i.test(s)) ? 'hold' : null,
    createdAt: at('registration'),
    updatedAt: at('last changed'),
    expiresAt: at('expiration'),
    deletedAt: at('deletion'),
    releaseAt: null,
    sponsor,
    sponsorIanaId: registrar?.publicIds.find((id) => /iana/i.test(id.type))?.identifier ?? null,
    deletedByRegistry: isRegistryItself(sponsor),
  }
  const printed = shape.status.join(', ') || 'no status'
  return registered(`the registry has it: ${printed}`, registration, {
    expires: events.get('expiration') ?? null,
  })
}

/** RDAP spelling (RFC 8056), or EPP's own where a server kept it. Unknown ones are left out. */
const statusesOf = (printed: readonly string[]): Status[] => [
  ...new Set(printed.flatMap((text) => fromRdapStatus(text) ?? fromWhoisStatus(text) ?? [])),
]

/** `fn` of a jCard (RFC 7095), or `org` where it is empty. */
function fullNameOf(card: RdapShape['entities'][number]['vcardArray']): string | null {
  const values = ['fn', 'org'].map((wanted) => card?.[1].find(([name]) => name === wanted)?.[3])
  const named = values.find((value) => typeof value === 'string' && value.trim() !== '')
  return typeof named === 'string' ? named.trim() : null
}

/** AFNIC shows itself as registrar where it deletes by itself; such names skip redemption (guide des procédures). */
export const isRegistryItself = (sponsor: string | null): boolean =>
  /^AFNIC\b.*\b(op[eé]ration interne|internal operation|registry operations?)/iu.test(sponsor ?? '')
