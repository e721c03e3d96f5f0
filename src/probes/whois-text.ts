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

/** Where the answer ends and the terms begin; seen at the registries of the ICANN format, Nominet and CNNIC. */
const END =
  /^\s*(>>>.*(last )?update|-- ?$|TERMS OF USE\b|NOTICE: |For more information on Whois status codes|This WHOIS information is provided|Access to .{0,60}WHOIS information is provided|By submitting (a|this) whois query)/i

/** `Key: value`, `key......: value` (Finland), `[Key] value` (Japan). */
const FIELD = /^\[?([^\s:[\]][^:[\]]{0,59}?)(?:\s*\.*\s*:|\])(?=\s|$)\s*(.*)$/

const lowered = (key: string) =>
  key
    .toLowerCase()
    .replace(/[\s_]+/g, ' ')
    .replace(/[.*]+$/, '')
    .trim()

/** Takes a decoded answer apart. A value may stand alone on the lines below its key (Nominet, DNS Belgium). */
export function readWhoisText(text: string): WhoisText {
  const all = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)
  const end = all.findIndex((line) => END.test(line))
  const kept = end === -1 ? all : all.slice(0, end)
  const lines: WhoisLine[] = []
  const fields: WhoisField[] = []
  let block = 0
  let section = ''
  let sectionIndent = 0
  for (const raw of kept) {
    if (raw.trim() === '') {
      block += 1
      continue
    }
    const indent = raw.length - raw.trimStart().length
    const comment = /^\s*[%#]/.test(raw)
    const line = raw.replace(/^\s*[%#*]+\s?/, '').trim()
    if (line === '') continue
    lines.push({ text: line, indent, comment })
    if (comment) continue
    if (indent <= sectionIndent) section = ''
    const field = FIELD.exec(line)
    if (field) {
      const key = lowered(field[1] ?? '')
      const value = (field[2] ?? '').trim()
      fields.push({ key, value, section, block })
      if (value === '') [section, sectionIndent] = [key, indent]
    } else if (section) {
      fields.push({ key: '', value: line, section, block })
    } else if (/^[a-z][a-z ]{2,30}$/i.test(line)) {
      ;[section, sectionIndent] = [lowered(line), indent] // a heading without a colon (.it)
    }
  }
  return { lines, fields, proper: kept.join('\n') }
}

/** The first value of a key: its own, or the line below it. */
export function valueOf(text: WhoisText, keys: readonly string[]): string | null {
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
export const valuesOf = (text: WhoisText, keys: readonly string[]): string[] =>
  text.fields
    .filter(({ key, section }) => keys.includes(key) || (key === '' && keys.includes(section)))
    .map(({ value }) => value)
    .filter((value) => value !== '')
