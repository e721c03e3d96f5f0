import { readDate } from './date.ts'
import { NS } from './namespaces.ts'
import { child, children, parseXml, textOf, type XmlElement, XmlError } from './xml.ts'

/** What a registry says of itself (RFC 5730 section 2.4). */
export type Greeting = {
  serverId: string
  /** The registry's clock when it wrote this; null when unreadable. */
  serverAt: Date | null
  languages: readonly string[]
  objects: readonly string[]
  extensions: readonly string[]
}

/** An answer to a command (RFC 5730 section 2.6). */
export type Response = {
  code: number
  /** The text of the first result, in the registry's words. */
  message: string
  /** Further results, values and reasons, for people. */
  reasons: readonly string[]
  clTRID: string | null
  svTRID: string | null
  /** The message queue, where the registry mentions it. */
  queue: { count: number; id: string; at: Date | null; text: string } | null
  data: XmlElement | null
  extension: XmlElement | null
}

/** Anything a registry may send. */
export type Message =
  | { kind: 'greeting'; greeting: Greeting }
  | { kind: 'response'; response: Response }

/**
 * Reads a frame from a registry. Prefixes, order and elements we do not know make no difference.
 * @throws XmlError when it is neither a greeting nor a response with a result code.
 */
export function readMessage(xml: string): Message {
  const root = parseXml(xml)
  if (root.ns !== NS.epp || root.name !== 'epp') throw new XmlError('no EPP message')
  const greeting = child(root, 'greeting', NS.epp)
  if (greeting) return { kind: 'greeting', greeting: readGreeting(greeting) }
  const response = child(root, 'response', NS.epp)
  if (response) return { kind: 'response', response: readResponse(response) }
  throw new XmlError('neither a greeting nor a response')
}

function readGreeting(el: XmlElement): Greeting {
  const menu = child(el, 'svcMenu')
  const texts = (of: XmlElement | null, name: string) =>
    children(of, name).map((c) => c.text.trim())
  return {
    serverId: textOf(el, 'svID') ?? '',
    serverAt: readDate(textOf(el, 'svDate')),
    languages: texts(menu, 'lang'),
    objects: texts(menu, 'objURI'),
    extensions: texts(child(menu, 'svcExtension'), 'extURI'),
  }
}

function readResponse(el: XmlElement): Response {
  const results = children(el, 'result')
  const [first] = results
  const code = Number(first?.attributes.code)
  if (!first || !Number.isInteger(code) || code < 1000 || code > 9999)
    throw new XmlError('a response without a result code')
  const ids = child(el, 'trID')
  return {
    code,
    message: textOf(first, 'msg') ?? '',
    reasons: results.flatMap((result, i) => readReasons(result, i > 0)),
    clTRID: textOf(ids, 'clTRID') || null,
    svTRID: textOf(ids, 'svTRID') || null,
    queue: readQueue(child(el, 'msgQ')),
    data: child(el, 'resData'),
    extension: child(el, 'extension'),
  }
}

/** `value` and `extValue` of a result (RFC 5730 section 2.6); `reason` is what people want to read. */
function readReasons(result: XmlElement, withMessage: boolean): string[] {
  const texts = [
    withMessage ? (textOf(result, 'msg') ?? '') : '',
    ...children(result, 'value').map(allText),
    ...children(result, 'extValue').map((e) =>
      [textOf(e, 'reason') ?? '', allText(child(e, 'value'))].filter(Boolean).join(': '),
    ),
  ]
  return texts.filter(Boolean)
}

/** Text of an element and all below it, but for what may be a secret. */
function allText(el: XmlElement | null): string {
  if (el === null || /^(pw|newPW|authInfo)$/.test(el.name)) return ''
  return [el.text, ...el.children.map(allText)].join(' ').replace(/\s+/g, ' ').trim()
}

function readQueue(el: XmlElement | null): Response['queue'] {
  if (el === null) return null
  return {
    count: Number(el.attributes.count) || 0,
    id: el.attributes.id ?? '',
    at: readDate(textOf(el, 'qDate')),
    text: allText(child(el, 'msg')),
  }
}
