import { SaxesParser } from 'saxes'
import { NS } from './namespaces.ts'

/** An element as read: namespace and local name resolved, comments and processing instructions gone. */
export type XmlElement = {
  ns: string
  name: string
  /** By local name; an attribute with a prefix of its own keeps it, as in `xsi:type`. Declarations are left out. */
  attributes: Readonly<Record<string, string>>
  children: XmlElement[]
  /** The element's own text, untrimmed, without that of its children. */
  text: string
}

/** A text that is no well-formed XML, or more than we take. The message never quotes the text. */
export class XmlError extends Error {
  override readonly name = 'XmlError'
}

/** How much XML one document may hold. */
export type XmlLimits = { maxChars: number; maxDepth: number; maxElements: number }
const LIMITS: XmlLimits = { maxChars: 8 * 1024 * 1024, maxDepth: 64, maxElements: 100_000 }

/**
 * Reads one document. No DTD is taken, so that the five entities of XML are all there is.
 * @throws XmlError when it is malformed, holds a DTD, or exceeds a limit.
 */
export function parseXml(text: string, limits: Partial<XmlLimits> = {}): XmlElement {
  const { maxChars, maxDepth, maxElements } = { ...LIMITS, ...limits }
  if (text.length > maxChars) throw new XmlError(`more than ${maxChars} characters`)
  const path: XmlElement[] = []
  let root: XmlElement | null = null
  let elements = 0
  const parser = new SaxesParser({ xmlns: true })
  const append = (piece: string) => {
    const open = path.at(-1)
    if (open) open.text += piece
  }
  parser.on('error', (error) => {
    throw new XmlError(`not well-formed at character ${parser.position}: ${faultOf(error)}`)
  })
  parser.on('doctype', () => {
    throw new XmlError('a document type declaration is not taken')
  })
  parser.on('text', append)
  parser.on('cdata', append)
  parser.on('opentag', (tag) => {
    elements += 1
    if (path.length >= maxDepth) throw new XmlError(`nested deeper than ${maxDepth}`)
    if (elements > maxElements) throw new XmlError(`more than ${maxElements} elements`)
    const attributes = Object.values(tag.attributes)
      .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
      .map(({ name, value }) => [name, value])
    const element: XmlElement = {
      ns: tag.uri,
      name: tag.local,
      attributes: Object.fromEntries(attributes),
      children: [],
      text: '',
    }
    const open = path.at(-1)
    if (open) open.children.push(element)
    else root = element
    path.push(element)
  })
  parser.on('closetag', () => path.pop())
  parser.write(text).close()
  if (root === null) throw new XmlError('no element')
  return root
}

/** Saxes quotes names from the text after its first words; only the words are kept. */
const faultOf = (error: Error): string =>
  /^\d+:\d+: ([a-z ]+)/i.exec(error.message)?.[1]?.trim() ?? 'malformed'

const matches = (el: XmlElement, name: string, ns: string | undefined): boolean =>
  el.name === name && (ns === undefined || el.ns === ns)

/** The first child of that name, in whatever namespace unless one is given. */
export const child = (el: XmlElement | null, name: string, ns?: string): XmlElement | null =>
  el?.children.find((c) => matches(c, name, ns)) ?? null

/** All children of that name. */
export const children = (el: XmlElement | null, name: string, ns?: string): XmlElement[] =>
  el?.children.filter((c) => matches(c, name, ns)) ?? []

/** The trimmed text of the first child of that name; null when there is no such child. */
export const textOf = (el: XmlElement | null, name: string, ns?: string): string | null =>
  child(el, name, ns)?.text.trim() ?? null

/** An element to be written. */
export type XmlNode = {
  name: string
  attributes: Readonly<Record<string, string>>
  children: readonly (XmlNode | string)[]
}

/**
 * Makes an element to be written.
 * @param name local name in EPP's own namespace, or `prefix:name` with a prefix of `NS`.
 * @param attributes null leaves one out. Namespaces of `NS` need no declaration.
 * @param nested elements and texts; null leaves one out.
 */
export function el(
  name: string,
  attributes: Readonly<Record<string, string | number | boolean | null>> = {},
  ...nested: readonly (XmlNode | string | null)[]
): XmlNode {
  const kept = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : [[key, String(value)] as const],
  )
  return {
    name,
    attributes: Object.fromEntries(kept),
    children: nested.filter((piece) => piece !== null),
  }
}

/**
 * Writes a node, declaring each prefix of `NS` where it first appears.
 * @throws XmlError for a prefix nobody declared and for characters that XML cannot carry (section 2.2).
 */
export const render = (node: XmlNode): string => write(node, new Map([['xml', '']]))

/** A whole document: the XML declaration, then the node. */
export const renderDocument = (node: XmlNode): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="no"?>${render(node)}`

function write(node: XmlNode, outer: ReadonlyMap<string, string>): string {
  const scope = new Map(outer)
  const attributes = { ...node.attributes }
  for (const [key, uri] of Object.entries(attributes))
    if (key === 'xmlns' || key.startsWith('xmlns:')) scope.set(key.slice(6), uri)
  const declare = (prefix: string) => {
    if (scope.has(prefix)) return
    const uri = known.get(prefix)
    if (uri === undefined) throw new XmlError(`the prefix ${prefix} is declared nowhere`)
    scope.set(prefix, uri)
    attributes[prefix === '' ? 'xmlns' : `xmlns:${prefix}`] = uri
  }
  declare(prefixOf(node.name))
  for (const key of Object.keys(node.attributes))
    if (prefixOf(key) !== '' && prefixOf(key) !== 'xmlns') declare(prefixOf(key))
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`)
  const body = node.children.map((piece) =>
    typeof piece === 'string' ? escapeXml(piece) : write(piece, scope),
  )
  const tag = `<${node.name}${head.join('')}`
  return body.length === 0 ? `${tag}/>` : `${tag}>${body.join('')}</${node.name}>`
}

const known: ReadonlyMap<string, string> = new Map([['', NS.epp], ...Object.entries(NS)])
const prefixOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(':')))

/** XML 1.0 section 2.2: what no document can hold, escaped or not. */
const UNWRITABLE = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A parser would turn these into spaces or line feeds (XML 1.0 sections 2.11 and 3.3.3).
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

function escapeXml(text: string): string {
  if (UNWRITABLE.test(text)) throw new XmlError('a text holds a character that XML cannot carry')
  return text.replace(/[&<>"'\t\n\r]/g, (c) => ESCAPES[c] ?? c)
}
