import { domainToASCII, domainToUnicode } from 'node:url'
import { type Parsed, parsed, rejected } from './problem.ts'

/** The extensions that packs are made of; each has one policy in `policy/`. */
export const EXTENSIONS = ['com', 'net', 'org', 'info', 'biz', 'fr', 'eu', 'be'] as const
export type Extension = (typeof EXTENSIONS)[number]

declare const kind: unique symbol
/** A name as registries compare it: A-labels, lower case, no trailing dot, below a TLD. RFC 5890. */
export type DomainName = string & { readonly [kind]: 'DomainName' }
/** One label as registries compare it: an A-label or LDH label in lower case. RFC 5890. */
export type Label = string & { readonly [kind]: 'Label' }

/** The LDH rule, RFC 5890 section 2.3.1. */
const LDH = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

/** No name is longer than 253 octets; text beyond a multiple of it is refused before any work is done on it. */
const LONGEST_TEXT = 1024

/**
 * Reads one label as a person types it (U-label or A-label, any case) into its A-label.
 * @returns problems with field `label` for an empty, over-long, hyphen-edged or malformed label.
 */
export function parseLabel(text: string): Parsed<Label> {
  if (text.length > LONGEST_TEXT)
    return rejected('label', 'label-too-long', 'A label has at most 63 octets.')
  const typed = text.trim().normalize('NFC')
  if (typed === '') return rejected('label', 'label-empty', 'The label is empty.')
  if (/[.。．｡]/u.test(typed))
    return rejected(
      'label',
      'label-dot',
      'The label holds a dot; give the part before the extension only.',
    )
  if (typed.startsWith('-') || typed.endsWith('-'))
    return rejected('label', 'label-hyphen-edge', 'A label neither starts nor ends with a hyphen.')
  const ascii = toALabel(typed)
  const wire = ascii === '' ? typed.toLowerCase() : ascii
  if (wire.length > 63)
    return rejected(
      'label',
      'label-too-long',
      `A label has at most 63 octets; this one has ${wire.length}.`,
    )
  if (ascii === '' || !LDH.test(ascii))
    return rejected('label', 'label-characters', 'A label holds letters, digits and hyphens only.')
  return parsed(ascii as Label)
}

/**
 * Reads a whole name as a person types it.
 * @returns problems with field `name` when it is no name of at least two labels.
 */
export function parseDomainName(text: string): Parsed<DomainName> {
  if (text.length > LONGEST_TEXT)
    return rejected('name', 'name-too-long', 'A name has at most 253 octets.')
  const typed = text.trim().replace(/\.$/, '')
  if (typed === '') return rejected('name', 'name-empty', 'The name is empty.')
  const labels = typed.split(/[.。．｡]/u)
  if (labels.length < 2)
    return rejected(
      'name',
      'name-single-label',
      'A name has a label and an extension, such as example.com.',
    )
  const wire: string[] = []
  for (const label of labels) {
    const read = parseLabel(label)
    if (!read.ok)
      return { ok: false, problems: read.problems.map((p) => ({ ...p, field: 'name' })) }
    wire.push(read.value)
  }
  const ascii = wire.join('.')
  if (ascii.length > 253) return rejected('name', 'name-too-long', 'A name has at most 253 octets.')
  if (/^\d+$/.test(wire.at(-1) ?? ''))
    return rejected('name', 'name-numeric-tld', 'A top-level domain is not a number.')
  return parsed(ascii as DomainName)
}

/** The name under one of our extensions. */
export const nameIn = (label: Label, extension: Extension): DomainName =>
  `${label}.${extension}` as DomainName

/** The extension, or null when the name is not directly below one of ours. */
export function extensionOf(name: DomainName): Extension | null {
  const [, extension, ...more] = name.split('.')
  const ours = more.length === 0 && (EXTENSIONS as readonly string[]).includes(extension ?? '')
  return ours ? (extension as Extension) : null
}

/** The leftmost label. */
export const labelOf = (name: DomainName): Label => name.slice(0, name.indexOf('.')) as Label

/** The U-label form, for people and for registries that want it on the wire (.eu). RFC 5890. */
export function unicodeOf(name: DomainName | Label): string {
  const unicode = domainToUnicode(`${name}${BELOW}`)
  return unicode.endsWith(BELOW) ? unicode.slice(0, -BELOW.length) : name
}

/** node:url reads whole hosts: below this no label is taken for an IPv4 address. */
const BELOW = '.example'

/** The A-label of a typed label, or nothing when there is none. Host syntax (`/`, `%41`, tabs) must not be interpreted. */
function toALabel(typed: string): string {
  if (/[^A-Za-z0-9\-\u0080-\u{10ffff}]/u.test(typed)) return ''
  const ascii = domainToASCII(`${typed}${BELOW}`)
  return ascii.endsWith(BELOW) ? ascii.slice(0, -BELOW.length) : ''
}
