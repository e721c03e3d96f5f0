import type { Registration } from '../domain/observation.ts'
import {
  type Answer,
  absent,
  registered,
  reserved,
  throttled,
  undetermined,
  waitIn,
} from './answer.ts'
import { isHtml, saysThrottled } from './refusal-text.ts'
import { isSubject } from './subject.ts'

/**
 * What a DAS status says. DNS Belgium prints three (docs.dnsbelgium.be, WHOIS and DAS); EURid's older list has the rest
 * (registrar.eurid.eu, Domain Availability Service).
 */
function statusSays(status: string): Answer {
  const because = `the registry says ${status}`
  const held = (stage: Registration['stage'], tellsPhase = true) =>
    registered(because, { stage }, {}, tellsPhase)
  switch (
    status
      .toUpperCase()
      .replace(/[\s_]+/g, ' ')
      .trim()
  ) {
    case 'AVAILABLE':
    case 'FREE':
      return absent(because)
    case 'NOT AVAILABLE':
    case 'REGISTERED':
    case 'DELAYED':
      return held(null, false)
    case 'QUARANTINE':
    case 'IN QUARANTINE':
    case 'SUSPENDED (QUARANTINE)':
      return held('quarantine')
    case 'ON HOLD':
    case 'SUSPENDED':
    case 'SEIZED':
    case 'OUT OF SERVICE':
      return held('hold')
    case 'RESERVED':
      return reserved('reserved', because)
    case 'BLOCKED':
    case 'WITHDRAWN':
      return reserved('blocked', because)
    case 'NOT ALLOWED':
    case 'NOT VALID':
    case 'INVALID':
      return { kind: 'invalid', because }
    default:
      return undetermined(`the registry says ${status}, which means nothing to us`)
  }
}

/** Return codes: 0 done, -1 error, -2 and -3 limits (docs.dnsbelgium.be); -6 to -9 from Net-DRI, of the older service. */
function codeSays(code: string, line: string): Answer | null {
  switch (Number(code)) {
    case 0:
      return null
    case -2:
      return throttled('excessive querying', waitIn(line))
    case -3:
    case -9:
      return throttled('the address is blocked', waitIn(line))
    case -7:
      return { kind: 'invalid', because: 'the registry calls it an invalid pattern' }
    default:
      // EURid's -1 is a grace period; DNS Belgium's is an internal error.
      return saysThrottled(line)
        ? throttled(line.trim(), waitIn(line))
        : undetermined(`return code ${code}`)
  }
}

const CODE = /^%*\s*RC\s*[=:]\s*(-?\d+)(.*)$/im
const BARE_CODE = /^\s*(-\d+)\s*:\s*(.*)$/m
const fieldOf = (text: string, key: string) =>
  new RegExp(`^[ \\t]*${key}[ \\t]*:[ \\t]*(\\S.*?)[ \\t]*\\r?$`, 'im').exec(text)?.[1] ?? null

/** Judges one answer of a Domain Availability Service (.eu, .be). */
export function readDas(text: string, asked: string): Answer {
  if (text.trim() === '') return undetermined('the answer is empty')
  if (isHtml(text)) return undetermined('the answer is a web page')
  const code = CODE.exec(text) ?? BARE_CODE.exec(text)
  const refusal = code ? codeSays(code[1] ?? '', code[0] ?? '') : null
  if (refusal) return refusal
  const [domain, aLabel] = [fieldOf(text, 'Domain'), fieldOf(text, '(?:A-label|IDNA Domain)')]
  const status = fieldOf(text, 'Status')
  if (!domain || !status) {
    const line = text.split('\n').find((l) => saysThrottled(l))
    return line
      ? throttled(line.replace(/^[%\s]+/, '').trim(), waitIn(line))
      : undetermined('the answer has no domain or no status')
  }
  if (![domain, aLabel].some((printed) => printed && isSubject(printed, asked)))
    return undetermined(`the answer is about ${domain}, not ${asked}`)
  return statusSays(status)
}
