/** A date as a source printed it: an instant where the zone was printed too, else a day without one. */
export type PrintedDate = {
  /** RFC 3339 when zoned, else `YYYY-MM-DD`. */
  text: string
  /** The instant; midnight UTC of the day where no zone was printed, so good to a day or so. */
  at: Date
}
/** Order of the numbers where the printing does not show it. */
export type DateOrder = 'day-first' | 'month-first'

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?'
const TIME = '[T ]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d+))?)?'
const ZONE = '\\s*\\(?(Z|UTC|GMT|CEST|CET|JST|KST|MSK|[+-]\\d{2}:?\\d{2})\\b\\)?'

/** Zones that registries print by name. */
const OFFSETS: Readonly<Record<string, string>> = {
  Z: 'Z',
  UTC: 'Z',
  GMT: 'Z',
  CET: '+01:00',
  CEST: '+02:00',
  MSK: '+03:00',
  JST: '+09:00',
  KST: '+09:00',
}

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i
const YEAR_FIRST = /^(\d{4})([-./])\s*(\d{1,2})\2\s*(\d{1,2})\b/
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?!\d)/
const YEAR_LAST = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4})\b/
const NAMED = [
  // 14-Sep-2028, 14 September 2028, 2nd of Sep 2028
  {
    pattern: new RegExp(
      `^(?:[a-z]{3},?\\s+)?(\\d{1,2})(?:st|nd|rd|th)?(?:[-/. ]|\\s+of\\s+)${MONTH}[-/. ,]*(\\d{4})\\b`,
      'i',
    ),
    day: 1,
    month: 2,
    year: 3,
  },
  // Tue Dec 12 2000, September 14, 2028, Tue Dec 12 10:00:00 UTC 2000
  {
    pattern: new RegExp(
      `^(?:[a-z]{3,9},?\\s+)?${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?,?(?:\\s+\\d{1,2}:\\d{2}(?::\\d{2})?)?(?:\\s+[A-Z]{3,4})?\\s+(\\d{4})\\b`,
      'i',
    ),
    day: 2,
    month: 1,
    year: 3,
  },
  // 2028-Sep-14
  {
    pattern: new RegExp(`^(\\d{4})[-/. ]${MONTH}[-/. ](\\d{1,2})\\b`, 'i'),
    day: 3,
    month: 2,
    year: 1,
  },
] as const

/** No date is longer; what is longer begins with one or is none. */
const LONGEST = 64

const two = (n: number) => String(n).padStart(2, '0')

function dayOf(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day))
  const real =
    at.getUTCMonth() === month - 1 && at.getUTCDate() === day && year >= 1980 && year < 2200
  return real ? `${year}-${two(month)}-${two(day)}` : null
}

/** Day and length of its printing, or null where it is no date or could be two. */
function readDay(text: string, order: DateOrder | null): string | null {
  const first = YEAR_FIRST.exec(text) ?? COMPACT.exec(text)
  if (first) {
    const [month, day] = first.length === 5 ? [first[3], first[4]] : [first[2], first[3]]
    return dayOf(Number(first[1]), Number(month), Number(day))
  }
  const last = YEAR_LAST.exec(text)
  if (last) {
    const [a, b, year] = [Number(last[1]), Number(last[3]), Number(last[4])]
    // Dots are written by people who put the day first.
    const dayFirst = a > 12 || (b <= 12 && (order === 'day-first' || (!order && last[2] === '.')))
    const monthFirst = b > 12 || (a <= 12 && order === 'month-first')
    if (dayFirst === monthFirst && a !== b) return null
    return monthFirst ? dayOf(year, a, b) : dayOf(year, b, a)
  }
  for (const { pattern, day, month, year } of NAMED) {
    const found = pattern.exec(text)
    if (!found) continue
    const name = (found[month] ?? '').slice(0, 3).toLowerCase()
    return dayOf(Number(found[year]), MONTHS.indexOf(name) + 1, Number(found[day]))
  }
  return null
}

/**
 * Reads a printed date. Never guesses: `03/04/2020` without a known order, a day that does not exist and words are null.
 * @param order how this source writes dates, where it is known.
 */
export function readPrintedDate(
  printed: string,
  order: DateOrder | null = null,
): PrintedDate | null {
  const text = printed
    .slice(0, LONGEST)
    .trim()
    .replace(/^before\s+/i, '')
  if (ISO.test(text)) {
    const at = new Date(text)
    return Number.isNaN(at.getTime()) ||
      !dayOf(+text.slice(0, 4), +text.slice(5, 7), +text.slice(8, 10))
      ? null
      : { text: text.toUpperCase(), at }
  }
  const day = readDay(text, order)
  if (!day) return null
  const zoned = new RegExp(`${TIME}${ZONE}`, 'i').exec(text)
  if (zoned) {
    const [, hour = '', minute, second = '00', fraction, zone = ''] = zoned
    const offset = OFFSETS[zone.toUpperCase()] ?? zone.replace(/^(...)(\d\d)$/, '$1:$2')
    const rfc = `${day}T${hour.padStart(2, '0')}:${minute}:${second}${fraction ? `.${fraction}` : ''}${offset}`
    const at = new Date(rfc)
    if (!Number.isNaN(at.getTime())) return { text: rfc, at }
  }
  return { text: day, at: new Date(`${day}T00:00:00Z`) }
}
