import { connect } from 'node:net'
import { makePgArray, parsePgArray } from 'drizzle-orm/pg-core'
import postgres from 'postgres'

/** The connection is gone; what was under way on it may or may not have happened. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
  readonly code = 'CONNECTION_LOST'
}

/** The database did not answer in time; the connection was given up. */
export class DatabaseTimeout extends Error {
  override readonly name = 'DatabaseTimeout'
  readonly code = 'DATABASE_TIMEOUT'
}

/** `text[]`, by its type's number in pg_type; drizzle writes the literal itself. */
const TEXT_ARRAY = {
  to: 1009,
  from: [1009],
  serialize: (value: unknown) => (Array.isArray(value) ? makePgArray(value) : value),
  parse: parsePgArray,
}

/**
 * One connection, used for one piece of work at a time and thrown away once it is lost.
 *
 * postgres.js 3.4.9 would reconnect by itself, but it forgets to reset its write timer when a connection closes, and the
 * next statements never settle (410 of 10,800 while backends were terminated); inside its `begin()` a write to the lost
 * socket even throws where nobody can catch it. So a client here has one connection and one life, every statement is
 * rejected when the connection closes, and transactions do not use `begin()`.
 */
export class Connection {
  readonly #client: postgres.Sql
  readonly #pending = new Set<(reason: Error) => void>()
  #over: Error | null = null
  #tellGone: () => void = () => {}
  /** Resolves when the connection is over, for whatever reason. */
  readonly gone: Promise<void> = new Promise((resolve) => {
    this.#tellGone = resolve
  })

  /** Connects at the first statement. @param notified hears the notifications of every channel listened to. */
  constructor(url: string, notified: (channel: string, payload: string) => void = () => {}) {
    const settings = {
      max: 1,
      max_lifetime: null,
      connect_timeout: 10,
      // Asked at each connect otherwise, by a promise that nobody can catch when the connection is lost meanwhile.
      fetch_types: false,
      types: { textArray: TEXT_ARRAY },
      connection: { application_name: 'vigie' },
      onnotice: () => {},
      onnotify: notified,
      socket: this.#socket,
      onclose: () => this.#lose(new ConnectionLost('The connection to PostgreSQL was lost.')),
    }
    this.#client = postgres(url, settings)
  }

  /** The only socket of this life: a server that hangs up before it has said anything would be called again without end. */
  readonly #socket = ({ host, port, path }: { host: string[]; port: number[]; path: string }) => {
    if (this.#called) {
      this.#lose(new ConnectionLost('PostgreSQL closed the connection at its start.'))
      throw this.#over
    }
    this.#called = true
    // postgres.js reads the host again for TLS.
    return path
      ? connect(path)
      : Object.assign(connect(port[0]!, host[0]!), { host: host[0], port: port[0] })
  }
  #called = false

  get alive(): boolean {
    return this.#over === null
  }

  /** postgres.js' options, whose parsers drizzle replaces. */
  get options(): postgres.Sql['options'] {
    return this.#client.options
  }

  /** Sends one statement. Without parameters it may be several, separated by semicolons. */
  send(
    query: string,
    parameters: readonly unknown[] = [],
    { prepare = false, asArrays = false } = {},
  ): Promise<postgres.RowList<postgres.Row[]>> {
    return new Promise((resolve, reject) => {
      if (this.#over) return reject(this.#over)
      this.#pending.add(reject)
      const statement = this.#client.unsafe(query, parameters as never[], { prepare })
      const rows = asArrays ? statement.values() : statement
      rows.then(resolve as never, reject).finally(() => this.#pending.delete(reject))
    })
  }

  /** Gives the connection up at once: what is under way on it is rejected with the reason. */
  destroy(reason: Error): void {
    this.#lose(reason)
    this.#client.end({ timeout: 0 }).catch(() => {})
  }

  /** Says goodbye to the server. */
  async close(): Promise<void> {
    await this.#client.end({ timeout: 1 })
  }

  #lose(reason: Error): void {
    this.#over ??= reason
    for (const reject of this.#pending) reject(this.#over)
    this.#pending.clear()
    this.#tellGone()
  }
}

/** SQLSTATE and socket codes after which the same work may be tried on another connection. */
const LOST = new Set([
  'CONNECTION_LOST',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01', // the backend was terminated
  '57P02', // another backend crashed
  '57P03', // starting or stopping
])

/** Whether an error, or what caused it, says that the connection went away. */
export const isLost = (error: unknown): boolean => {
  const code = codeOf(error)
  return code !== null && (LOST.has(code) || code.startsWith('08'))
}

/** The code of the innermost error that has one: drizzle wraps what the driver threw. */
export function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const { code } = error as { code?: unknown }
  return codeOf(error.cause) ?? (typeof code === 'string' ? code : null)
}
