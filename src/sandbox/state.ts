import type { Registry } from '../domain/policy/policy.ts'
import type { Change, Journal } from './journal.ts'
import type { DomainFacts } from './life-cycle.ts'
import type { SandboxContact, SandboxHost } from './registry.ts'

/** A message that waits in a registrar's queue at one registry (RFC 5730 section 2.9.2.3). */
export type Message = {
  id: string
  registry: Registry
  registrar: string
  at: Date
  text: string
  name: string | null
}

/** What was fixed at the very first start. */
export type Origin = { seed: number; startAt: Date }

type Tables = {
  origin: Origin
  counter: number
  /** A label whose stories were told, and from when. */
  told: { label: string; at: Date }
  domain: DomainFacts
  contact: SandboxContact
  host: SandboxHost
  message: Message
}
type TableName = keyof Tables
const TABLES: readonly TableName[] = [
  'origin',
  'counter',
  'told',
  'domain',
  'contact',
  'host',
  'message',
]

/**
 * Everything the registries remember. Changes are seen at once by those who read, and reach the journal together at
 * `commit`. Since nothing waits in between, nobody ever sees half a transform.
 */
export class State {
  readonly #tables = new Map<TableName, Map<string, unknown>>(
    TABLES.map((name) => [name, new Map()]),
  )
  readonly #journal: Journal
  #changes: Change[] = []
  /** The latest moment of the entries found at the start, by the sandbox's clock. */
  readonly lastAt: Date

  constructor(journal: Journal) {
    this.#journal = journal
    this.lastAt = new Date(journal.entries.reduce((last, { at }) => Math.max(last, +at), 0))
    for (const { changes } of journal.entries) {
      for (const [table, key, value] of changes) this.#set(table as TableName, key, value)
    }
    // The next start reads one line an object.
    journal.compact(
      [...this.#tables].flatMap(([table, rows]) =>
        [...rows].map(([key, value]) => ({ at: this.lastAt, changes: [[table, key, value]] })),
      ),
    )
  }

  table<T extends TableName>(name: T): ReadonlyMap<string, Tables[T]> {
    return this.#tables.get(name) as ReadonlyMap<string, Tables[T]>
  }

  put<T extends TableName>(table: T, key: string, value: Tables[T] | null): void {
    this.#set(table, key, value)
    this.#changes.push([table, key, value])
  }

  /** Counts up, for ids that are never given twice. */
  next(): number {
    const count = (this.table('counter').get('all') ?? 0) + 1
    this.put('counter', 'all', count)
    return count
  }

  /** Writes what was put since the last time. @returns the names of domains among it; null when nothing was put. */
  commit(at: Date): string[] | null {
    const changes = this.#changes
    if (changes.length === 0) return null
    this.#changes = []
    this.#journal.append({ at, changes })
    return [...new Set(changes.flatMap(([table, key]) => (table === 'domain' ? [key] : [])))]
  }

  #set(table: TableName, key: string, value: unknown): void {
    const rows = this.#tables.get(table)
    if (value === null) rows?.delete(key)
    else rows?.set(key, value)
  }
}
