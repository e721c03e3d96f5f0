import { CAPTURE_STATES, MISS_REASONS } from '../domain/capture-state.ts'
import { EXTENSIONS } from '../domain/name.ts'
import { PHASES } from '../domain/phase.ts'
import type { Parsed, Problem } from '../domain/problem.ts'
import type { CaptureFilter } from '../store/capture-list.ts'
import { NAME_ORDERS, NAME_STATES, type NameFilter } from '../store/name-list.ts'

/** Most pages deep: beyond it a filter serves people better. */
const DEEPEST = 10_000
const DAY_MS = 86_400_000

/** Reads the filters of `/names`. An empty field is no filter. @returns a problem for each field that makes no sense. */
export function readNameQuery(
  query: URLSearchParams,
): Parsed<{ filter: NameFilter; page: number }> {
  const read = new Fields(query)
  const filter: NameFilter = {
    text: read.text('q', 253),
    extension: read.oneOf('extension', EXTENSIONS),
    stage: read.oneOf('phase', [...PHASES, ...NAME_STATES]),
    order: read.oneOf('order', NAME_ORDERS) ?? 'drop',
  }
  return read.done({ filter, page: read.page() })
}

/** Reads the filters of `/captures` and `/captures.csv`. Days are whole days of UTC, both ends included. */
export function readCaptureQuery(
  query: URLSearchParams,
): Parsed<{ filter: CaptureFilter; page: number }> {
  const read = new Fields(query)
  const to = read.day('to')
  const filter: CaptureFilter = {
    extension: read.oneOf('extension', EXTENSIONS),
    outcome: read.oneOf('outcome', [...CAPTURE_STATES, 'under-way']),
    reason: read.oneOf('reason', MISS_REASONS),
    from: read.day('from'),
    before: to && new Date(to.getTime() + DAY_MS),
  }
  if (filter.from && to && to < filter.from)
    read.refuse('to', 'day-order', 'The last day lies before the first.')
  return read.done({ filter, page: read.page() })
}

class Fields {
  readonly #query: URLSearchParams
  readonly #problems: Problem[] = []

  constructor(query: URLSearchParams) {
    this.#query = query
  }

  text(field: string, longest: number): string {
    const text = (this.#query.get(field) ?? '').trim()
    if (text.length <= longest) return text
    this.refuse(field, 'too-long', `${field} has at most ${longest} characters.`)
    return ''
  }

  oneOf<const T extends string>(field: string, values: readonly T[]): T | null {
    const text = this.text(field, 100)
    if (text === '') return null
    const value = values.find((known) => known === text)
    if (value === undefined)
      this.refuse(field, 'unknown-value', `${field} is one of ${values.join(', ')}.`)
    return value ?? null
  }

  day(field: string): Date | null {
    const text = this.text(field, 100)
    if (text === '') return null
    const at = new Date(`${text}T00:00:00Z`)
    const isDay =
      /^\d{4}-\d{2}-\d{2}$/.test(text) &&
      !Number.isNaN(at.getTime()) &&
      at.toISOString().startsWith(text)
    if (isDay) return at
    this.refuse(field, 'malformed-day', `${field} is a day such as 2026-11-23.`)
    return null
  }

  page(): number {
    const text = this.text('page', 100)
    if (text === '') return 1
    const page = /^\d{1,6}$/.test(text) ? Number(text) : 0
    if (page >= 1 && page <= DEEPEST) return page
    this.refuse('page', 'malformed-page', `page is a whole number from 1 to ${DEEPEST}.`)
    return 1
  }

  refuse(field: string, rule: string, message: string): void {
    this.#problems.push({ field, rule, message })
  }

  done<T>(value: T): Parsed<T> {
    return this.#problems.length > 0 ? { ok: false, problems: this.#problems } : { ok: true, value }
  }
}
