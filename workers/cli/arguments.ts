import { InvalidArgumentError } from 'commander'
import { type DomainName, parseDomainName } from '../../src/domain/name.ts'
import { SOURCES, type Source } from '../../src/domain/observation.ts'
import type { Parsed } from '../../src/domain/problem.ts'
import { parseSwitchScope } from '../../src/domain/switch-scope.ts'
import type { HostPort } from '../../src/probes/endpoints.ts'

/*
 * Readers of what is typed. Commander names the option or argument and exits with 2; the readers say the rule.
 */

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/i

export const isUuid = (text: string): boolean => UUID.test(text)

export function readId(text: string): string {
  if (isUuid(text)) return text.toLowerCase()
  throw new InvalidArgumentError('An id is a UUID, as the lists print it.')
}

export const readName = (text: string): DomainName => told(parseDomainName(text))

/** One more name of a list. */
export const readNames = (text: string, before: DomainName[] = []): DomainName[] => [
  ...before,
  readName(text),
]

export const readScope = (text: string): string => told(parseSwitchScope(text))

export function readInstant(text: string): Date {
  const instant = new Date(text)
  if (INSTANT.test(text) && !Number.isNaN(instant.getTime())) return instant
  throw new InvalidArgumentError(
    'An instant is a day or RFC 3339, such as 2026-11-23 or 2026-11-23T10:00:00Z.',
  )
}

/** Text that says something: reasons and names that others will read. */
export function readText(text: string): string {
  const typed = text.trim()
  if (typed !== '' && typed.length <= 500 && !/[\p{Cc}\p{Cs}]/u.test(typed)) return typed
  throw new InvalidArgumentError('It is one line of 1 to 500 characters.')
}

export function readUrl(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text
  throw new InvalidArgumentError('A base is a URL, such as https://rdap.example.net/.')
}

/** `host:port`, an IPv6 address in brackets. */
export function readHostPort(text: string): HostPort {
  const [, host, port] = /^(\[[^\]]+\]|[^:\s]+):(\d{1,5})$/.exec(text) ?? []
  if (host && Number(port) >= 1 && Number(port) <= 65_535)
    return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
  throw new InvalidArgumentError('A server is HOST:PORT, such as 127.0.0.1:4343.')
}

/** One more way of looking. */
export function readSources(text: string, before: Source[] = []): Source[] {
  const source = SOURCES.find((known) => known === text)
  if (source) return [...before, source]
  throw new InvalidArgumentError(`A source is one of ${SOURCES.join(', ')}.`)
}

function told<T>(read: Parsed<T>): T {
  if (read.ok) return read.value
  throw new InvalidArgumentError(read.problems.map(({ message }) => message).join(' '))
}
