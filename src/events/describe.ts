import type { DomainEvent, EventData, EventType } from '../domain/event.ts'
import { type DomainName, unicodeOf } from '../domain/name.ts'
import { findPack } from '../domain/pack.ts'
import { durationWords, gapWords, instantWords, spanWords } from './time-words.ts'
import { PHASE_WORDS, REASON_WORDS, scopeWords } from './words.ts'

/** One event in plain words. */
export type Telling = {
  /** What it happened to: a name as people write it, an order, a host, a switch. */
  about: string
  /** What happened, without the subject: `caught 84 ms after the drop (3 creates)`. */
  what: string
  /** Both in one line: `maison.com — caught 84 ms after the drop (3 creates)`. */
  title: string
  /** Why, or what follows from it; empty when the title says it all. */
  detail: string
}

type Tell = { about: string; what: string; detail?: string }

/** Says an event in plain words, for the terminal, the dashboard and mail. Pure; all instants are said in UTC. */
export function describeEvent(event: DomainEvent): Telling {
  const tell = TELL[event.type] as (data: DomainEvent['data']) => Tell
  const { about, what, detail = '' } = tell(event.data)
  return { about, what, title: `${about} — ${what}`, detail }
}

const TELL: { [T in EventType]: (data: EventData[T]) => Tell } = {
  'order.placed': ({ reference, pack, label, nicHandle }) => ({
    about: `Order ${reference}`,
    what: `${findPack(pack)?.title ?? pack} ordered for “${written(label)}”`,
    detail: `For nic-handle ${nicHandle}.`,
  }),
  'order.action-needed': ({ name, reason }) => ({
    about: written(name),
    what: 'somebody has to decide',
    detail: reason,
  }),
  'name.registered': ({ name, expiresAt }) => ({
    about: written(name),
    what: 'registered with the order: it was free',
    detail: expiresAt ? `Until ${day(expiresAt)}.` : '',
  }),
  'name.joined': ({ name, how }) => ({
    about: written(name),
    what: 'joined its pack',
    detail:
      how === 'portfolio'
        ? 'The same nic-handle already held it with us.'
        : 'Captured when it fell back into the public pool.',
  }),
  'watch.opened': ({ name }) => ({
    about: written(name),
    what: 'watched from now on',
    detail: 'Somebody else holds it.',
  }),
  'watch.ended': ({ name, reason }) => ({
    about: written(name),
    what: 'watch ended',
    detail: sentence(reason),
  }),
  'name.stage': ({ name, from, to, sponsor, reason }) => ({
    about: written(name),
    what: from ? `${PHASE_WORDS[from]} → ${PHASE_WORDS[to]}` : `found ${PHASE_WORDS[to]}`,
    detail: join(reason, sponsor && `Sponsored by ${sponsor}.`),
  }),
  'name.restored': ({ name, sponsor, reason }) => ({
    about: written(name),
    what: 'restored by its holder: no drop this time',
    detail: join(reason, sponsor && `Sponsored by ${sponsor}.`),
  }),
  'name.renewed': ({ name, expiresAt, reason }) => ({
    about: written(name),
    what: expiresAt ? `renewed until ${day(expiresAt)}` : 'renewed',
    detail: reason,
  }),
  'name.dropping': ({ name, from, to, reason }) => ({
    about: written(name),
    what: `can drop ${span(from, to)}`,
    detail: reason,
  }),
  'capture.armed': ({ name, from, to, shots, reason }) => ({
    about: written(name),
    what: `armed: ${count(shots, 'create')} planned, ${span(from, to)}`,
    detail: reason,
  }),
  'capture.finalised': ({ name, nicHandle }) => ({
    about: written(name),
    what: `will go to ${nicHandle}`,
    detail: 'The oldest eligible watch; a cancel is refused from here on.',
  }),
  'capture.won': ({ name, delayMs, creates }) => ({
    about: written(name),
    what:
      delayMs === null
        ? `caught (${count(creates, 'create')})`
        : `caught ${durationWords(Math.max(0, delayMs))} after the drop (${count(creates, 'create')})`,
  }),
  'capture.lost': ({ name, reason, rival, gapMs, explanation }) => ({
    about: written(name),
    what: `lost: ${reason === 'beaten' ? beatenBy(rival, gapMs) : REASON_WORDS[reason]}`,
    detail: explanation,
  }),
  'capture.refused': ({ name, reason }) => ({
    about: written(name),
    what: 'refused by the registry',
    detail: reason,
  }),
  'capture.undetermined': ({ name, reason }) => ({
    about: written(name),
    what: 'no answer that counts: the registry is being asked',
    detail: reason,
  }),
  'capture.stood-down': ({ name, reason, explanation }) => ({
    about: written(name),
    what: `stood down: ${REASON_WORDS[reason]}`,
    detail: explanation,
  }),
  'source.paused': ({ host, until, reason }) => ({
    about: host,
    what: `paused for everybody until ${instantWords(new Date(until))} UTC`,
    detail: reason,
  }),
  'switch.changed': ({ scope, stopped, by, reason }) => ({
    about: `Switch ${scope}`,
    what: `${scopeWords(scope)} ${stopped ? 'stopped' : 'may go again'}`,
    detail: join(reason, `By ${by}.`),
  }),
}

/** The winner and the lead, as exactly as they are known: `beaten by Rapid Names, 0.1 to 1.1 s earlier`. */
export function beatenBy(rival: string | null, gapMs: { from: number; to: number } | null): string {
  const who = rival === null ? 'somebody else was faster' : `beaten by ${rival}`
  return gapMs === null ? who : `${who}, ${gapWords(gapMs)} earlier`
}

const written = (name: string): string => unicodeOf(name as DomainName)
const day = (instant: string): string => instant.slice(0, 10)
const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`

function span(from: string, to: string): string {
  const [first, last] = [new Date(from), new Date(to)]
  return first.getTime() === last.getTime()
    ? `at ${instantWords(first)} UTC`
    : spanWords(first, last)
}

function sentence(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return ''
  return `${trimmed[0]!.toUpperCase()}${trimmed.slice(1)}${/[.!?…]$/.test(trimmed) ? '' : '.'}`
}

const join = (...parts: (string | null)[]): string =>
  parts
    .map((part) => sentence(part ?? ''))
    .filter(Boolean)
    .join(' ')
