import { resultText } from '../../epp/result-code.ts'
import { el, renderDocument, type XmlNode } from '../../epp/xml.ts'
import type { Refusal } from './refusal.ts'

/** What a command is answered with (RFC 5730 section 2.6), transaction ids aside. */
export type Answer = {
  code: number
  /** Why not, with the element at fault where one can be named. */
  fault: { reason: string; about: XmlNode | null } | null
  /** State of the message queue; `at` and `text` only with the message itself. */
  queue: { count: number; id: string; at: Date | null; text: string | null } | null
  data: XmlNode | null
  extensions: readonly XmlNode[]
}

/** The answer to a command that was carried out. Null extensions are left out. */
export const done = (
  code: number,
  data: XmlNode | null = null,
  extensions: readonly (XmlNode | null)[] = [],
): Answer => ({
  code,
  fault: null,
  queue: null,
  data,
  extensions: extensions.filter((extension) => extension !== null),
})

/** The answer to a command that was not. */
export const refused = ({ code, message, about, extension }: Refusal): Answer => ({
  ...done(code, null, [extension]),
  fault: { reason: message, about },
})

/** The answer as it goes over the wire. `clTRID` null: the client gave none, or none that could be read. */
export const renderAnswer = (answer: Answer, clTRID: string | null, svTRID: string): string =>
  renderDocument(
    el(
      'epp',
      {},
      el(
        'response',
        {},
        result(answer),
        queueOf(answer),
        answer.data && el('resData', {}, answer.data),
        answer.extensions.length > 0 ? el('extension', {}, ...answer.extensions) : null,
        el('trID', {}, clTRID === null ? null : el('clTRID', {}, clTRID), el('svTRID', {}, svTRID)),
      ),
    ),
  )

const result = ({ code, fault }: Answer): XmlNode =>
  el(
    'result',
    { code },
    el('msg', {}, resultText(code)),
    // `value` has to hold an element; Verisign writes `undef` where there is none to quote.
    fault &&
      el(
        'extValue',
        {},
        el('value', {}, fault.about ?? el('undef')),
        el('reason', { lang: 'en' }, fault.reason.replace(/[\r\n\t]+/g, ' ')),
      ),
  )

const queueOf = ({ queue }: Answer): XmlNode | null =>
  queue &&
  el(
    'msgQ',
    { count: queue.count, id: queue.id },
    queue.at && el('qDate', {}, queue.at.toISOString()),
    queue.text === null ? null : el('msg', {}, queue.text),
  )
