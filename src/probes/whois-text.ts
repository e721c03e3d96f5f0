/** One line of a WHOIS answer, without its comment mark. */
export type WhoisLine = { text: string; indent: number; comment: boolean }
/** One `key: value` line. `section` is the heading it stands under, `block` counts the blank lines before it. */
export type WhoisField = { key: string; value: string; section: string; block: number }
/** A WHOIS answer in pieces, the closing terms cut off. */
export type WhoisText = {
  lines: readonly WhoisLine[]
  fields: readonly WhoisField[]
  proper: string
}

/** Longer lines are prose or keys (DNSSEC), and would only feed the patterns' backtracking. */
const LONGEST_LINE = 500
/** Where the answer ends: the registries of the ICANN format, Nominet. */
const END = /^\s*(>>>.*(last )?update|-- ?$)/i
/** Terms that begin without a mark; at the top of an answer they are a preface, and the answer follows. */
const TERMS =
  /^\s*(TERMS OF USE\b|NOTICE: |For more information on Whois status codes|This WHOIS information is provided|Access to .{0,60}WHOIS information is provided|By submitting (a|this) whois query)/i

/** `Key: value` and `Key:value`, `key......: value` (Finland), `[Key] value` and `a. [Key] value` (Japan). */
const FIELD =
  /^(?:[a-z]\.\s+)?(?:\[([^\]]{1,60})\]|([^\s:[\]][^:[\]]{0,59}?)[\s.]*:(?!\/\/))\s*(.*)$/

const lowered = (key: string) =>
  key
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .replace(/[.*]+$/, '')
    .trim()

/**
 * A line that others stand under: as long as they are indented, and besides to the end of its block where it opens one
 * (Estonia), or to the next heading where it is a title without a colon (Italy, Finland).
 */
type Heading = { text: string; indent: number; block: number; lasts: 'indent' | 'block' | 'next' }
const NO_HEADING: Heading = { text: '', indent: 0, block: 0, lasts: 'next' }
function hasEnded(heading: Heading, indent: number, block: number): boolean {
  if (heading.lasts === 'next' || indent > heading.indent) return false
  return heading.lasts === 'indent' || block !== heading.block
}

/** Takes a decoded answer apart. A value may stand alone on the lines below its key (Nominet, DNS Belgium). */
export function readWhoisText(text: string): WhoisText {
  const all = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const first = all.findIndex((line) => line.trim() !== '')
  const end = all.findIndex((line, i) => END.test(line) || (i > first && TERMS.test(line)))
  const kept = end === -1 ? all : all.slice(0, end)
  const lines: WhoisLine[] = []
  const fields: WhoisField[] = []
  let block = 0
  let heading = NO_HEADING
  let opensBlock = true
  for (const raw of kept) {
    const line = raw.replace(/^\s*[%#*]+\s?/, '').trim()
    const indent = raw.length - raw.trimStart().length
    const comment = /^\s*[%#]/.test(raw)
    if (raw.trim() === '') [block, opensBlock] = [block + 1, true]
    if (line === '' || line.length > LONGEST_LINE) continue
    lines.push({ text: line, indent, comment })
    if (comment) continue
    if (hasEnded(heading, indent, block)) heading = NO_HEADING
    const field = FIELD.exec(line)
    if (field) {
      const key = lowered(field[1] ?? field[2] ?? '')
      const value = (field[3] ?? '').trim()
      fields.push({ key, value, section: heading.text, block })
      if (value === '')
        heading = { text: key, indent, block, lasts: opensBlock ? 'block' : 'indent' }
    } else if (heading.text !== '') {
      fields.push({ key: '', value: line, section: heading.text, block })
    }
    if (!field && /^[a-z][a-z ]{2,30}$/i.test(line) && indent === 0)
      heading = { text: lowered(line), indent, block, lasts: 'next' }
    opensBlock = false
  }
  return { lines, fields, proper: kept.join('\n') }
}

/** The first value of a key: its own, or the line below it. */
export function firstValue(text: WhoisText, keys: readonly string[]): string | null {
  for (const key of keys) {
    const at = text.fields.findIndex((field) => field.key === key)
    const found = text.fields[at]
    if (!found) continue
    if (found.value) return found.value
    const next = text.fields[at + 1]
    if (next && next.key === '' && next.section === key) return next.value
  }
  return null
}

/** Every value of a key, those on lines of their own below it included. */
export const allValues = (text: WhoisText, keys: readonly string[]): string[] =>
  text.fields
    .filter(({ key, section }) => keys.includes(key) || (key === '' && keys.includes(section)))
    .map(({ value }) => value)
    .filter((value) => value !== '')
