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
import {
  DROPZONE,
  FREE,
  INVALID,
  OUTAGES,
  type Phrase,
  RESERVED,
  THROTTLED,
} from './whois-phrases.ts'
import { readRecord, SUBJECT_KEYS, type WhoisRecord } from './whois-record.ts'
import { ruleFor, type WhoisRule } from './whois-rules.ts'
import { allValues, readWhoisText, type WhoisText } from './whois-text.ts'

export type WhoisContext = {
  asked: string
  /** Whether the server speaks for the registry: only then is a denial believed. */
  authoritative: boolean
}

/** An answer of so few lines is nothing but its message. */
const TERSE_LINES = 4

/**
 * Judges one WHOIS answer by what it prints, never by its terms. Where no record is printed, refusals come first, since some
 * servers add "no entries found" to them; then what the registry withholds; then a record; and a denial last, of the registry only and
 * where nothing of a registration is printed. What nobody described, and says nothing plain, is undetermined.
 */
export function readWhois(answer: string, { asked, authoritative }: WhoisContext): Answer {
  if (answer.trim() === '') return undetermined('the answer is empty')
  if (isHtml(answer)) return undetermined('the answer is a web page')
  const rule = ruleFor(asked)
  const text = readWhoisText(answer)
  const others = subjectsOf(text).filter((subject) => !isSubject(subject, asked))
  const about = subjectsOf(text).some((subject) => isSubject(subject, asked))
  const record = readRecord(text, rule)
  if (record.signs < 2) {
    const refusal = find(text, THROTTLED)
    if (refusal) return throttled(refusal.line, waitIn(text.proper))
    const outage = find(text, OUTAGES)
    if (outage) return undetermined(`the server is out of order: ${outage.line}`)
  }
  if (others.length > 0 && !about)
    return undetermined(`the answer is about ${others[0]}, not ${asked}`)

  return (
    withheld(text, record, asked) ??
    (about ? held(text, record, rule) : null) ??
    (record.signs === 0 ? denied(text, record, rule, { asked, authoritative }) : null) ??
    terse(text) ??
    undetermined(
      about ? 'the record is too short to tell' : 'the answer says nothing plain about the name',
    )
  )
}

/** Names that the answer gives as its subject. */
const subjectsOf = (text: WhoisText): string[] =>
  [...allValues(text, SUBJECT_KEYS), ...allNamesIn(text)]
    .slice(0, 4)
    .map((value) => value.split(/\s+/)[0] ?? '')
    .filter((name) => name !== '')

/** `name:` under `Domain:` (Estonia). */
const allNamesIn = (text: WhoisText): string[] =>
  text.fields.filter((f) => f.section === 'domain' && f.key === 'name').map((f) => f.value)

type Found = { line: string; phrase: Phrase; name: string | null }
function find(text: WhoisText, phrases: readonly Phrase[]): Found | null {
  for (const { text: line } of text.lines) {
    for (const phrase of phrases) {
      const match = phrase.pattern.exec(line)
      if (match) return { line, phrase, name: match.groups?.name ?? null }
    }
  }
  return null
}

/** In the Dropzone, reserved, or impossible: the registry's own words for what is neither held nor to be had. */
function withheld(text: WhoisText, record: WhoisRecord, asked: string): Answer | null {
  if (DROPZONE.test(text.proper.replace(/\s+/g, ' ')))
    return { kind: 'dropzone', because: 'the registry says that the name is in its Dropzone' }
  if (record.signs >= 2) return null
  const phrase = find(text, RESERVED)
  if (phrase && (!phrase.name || isSubject(phrase.name, asked)))
    return reserved(phrase.phrase.as ?? 'reserved', phrase.line)
  const invalid = find(text, INVALID)
  if (invalid) return { kind: 'invalid', because: invalid.line }
  const word = record.words.find((w) => w.says === 'reserved')
  if (word) return reserved(word.as, `the registry says ${record.printed[0]}`)
  return record.words.some((w) => w.says === 'invalid')
    ? { kind: 'invalid', because: `the registry says ${record.printed[0]}` }
    : null
}

/** A record of the name: by its state line, by the sections only a held name has, or by two signs of a registration. */
function held(text: WhoisText, record: WhoisRecord, rule: WhoisRule | null): Answer | null {
  const { registration, expires, releases, words, printed, signs } = record
  const stated = words.some(
    ({ says }) => says === 'registered' || says === 'status' || says === 'stage',
  )
  const sections = (rule?.heldBy ?? []).filter((key) =>
    text.fields.some((field) => field.key === key),
  )
  if (!stated && sections.length < 2 && signs < 2) return null
  if (words.some(({ says }) => says === 'free')) return null
  const because =
    printed.length > 0
      ? `the registry says ${printed.map(withoutAddress).join(', ')}`
      : 'the registry prints a record of it'
  const tellsPhase = !rule?.hidesStages || record.delegated || registration.stage !== null
  return registered(because, registration, { expires, releases }, tellsPhase)
}

/** A status without ICANN's page about it. */
const withoutAddress = (status: string) => status.replace(/\s*\(?https?:\S*$/i, '')

/** A denial: by a state line or a phrase of its own, about this name. */
function denied(
  text: WhoisText,
  record: WhoisRecord,
  rule: WhoisRule | null,
  context: WhoisContext,
): Answer | null {
  const own: Phrase[] = (rule?.free ?? []).map((pattern) => ({ pattern }))
  const phrase = find(text, [...own, ...FREE])
  if (phrase?.name && !isSubject(phrase.name, context.asked))
    return undetermined(`the answer is about ${phrase.name}, not ${context.asked}`)
  const said = record.words.every(({ says }) => says === 'free') && record.words.length > 0
  if (!phrase && !said) return null
  const line = phrase?.line ?? `${record.printed[0]}`
  return context.authoritative
    ? absent(`the registry says: ${line}`)
    : undetermined(`“${line}” from a server that does not speak for the registry`)
}

/** A few lines that speak of limits and of nothing else. */
function terse(text: WhoisText): Answer | null {
  const lines = text.lines.filter((line) => !line.comment)
  const refusal =
    lines.length <= TERSE_LINES &&
    text.lines.find(({ text: line }) => line.length < 120 && saysThrottled(line))
  return refusal ? throttled(refusal.text, waitIn(refusal.text)) : null
}
