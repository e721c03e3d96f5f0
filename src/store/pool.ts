import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import type postgres from 'postgres'
import { Connection, DatabaseTimeout, isLost } from './connection.ts'
import * as capturing from './schema/capturing.ts'
import * as customers from './schema/customers.ts'
import * as telling from './schema/telling.ts'
import * as watching from './schema/watching.ts'

const schema = { ...customers, ...watching, ...capturing, ...telling }

/** The database as every query of ours takes it; inside a transaction it is the transaction. */
export type Database = PostgresJsDatabase<typeof schema>

type Taker = { take(connection: Connection): void; refuse(reason: Error): void }

/**
 * Connections shared by the statements of a process. Each piece of work, a statement or a transaction, has a connection
 * for itself and a deadline, waiting included; nothing is tried twice here.
 */
export class Pool {
  readonly db: Database
  readonly #url: string
  readonly #max: number
  readonly #deadlineMs: number
  readonly #all = new Set<Connection>()
  readonly #idle: Connection[] = []
  readonly #takers = new Set<Taker>()
  #closed = false

  constructor(url: string, { max, deadlineMs }: { max: number; deadlineMs: number }) {
    this.#url = url
    this.#max = max
    this.#deadlineMs = deadlineMs
    this.db = asDrizzle({
      options: { parsers: {}, serializers: {} },
      send: (...statement) => this.use((connection) => connection.send(...statement)),
      begin: (work) => this.begin((connection) => work(inTransaction(connection)), deadlineMs),
    })
    POOLS.set(this.db, this)
  }

  /** Does a piece of work on a connection of its own. @throws DatabaseTimeout past the deadline, when the connection is given up. */
  async use<T>(
    work: (connection: Connection) => Promise<T>,
    deadlineMs = this.#deadlineMs,
  ): Promise<T> {
    const endMs = performance.now() + deadlineMs
    const connection = await this.#take(deadlineMs)
    let timer: NodeJS.Timeout | undefined
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const reason = new DatabaseTimeout(`PostgreSQL did not answer within ${deadlineMs} ms.`)
        reject(reason)
        connection.destroy(reason)
      }, endMs - performance.now())
    })
    try {
      return await Promise.race([work(connection), deadline])
    } finally {
      clearTimeout(timer)
      this.#give(connection)
    }
  }

  /**
   * Does a piece of work in a transaction, once.
   * @throws CommitUnknown when the connection was lost while the commit was under way.
   */
  begin<T>(work: (connection: Connection) => Promise<T>, deadlineMs: number): Promise<T> {
    const limit = Math.ceil(deadlineMs)
    return this.use(async (connection) => {
      // The server gives up by itself, too: it may not see that we are gone.
      await connection.send(
        `begin; set local statement_timeout = ${limit}; set local idle_in_transaction_session_timeout = ${limit}`,
      )
      let result: T
      let id: string | null
      try {
        result = await work(connection)
        // This also fails, as it must, when a statement failed and the work kept silent about it.
        const [row] = await connection.send('select pg_current_xact_id_if_assigned()::text as id')
        id = row?.id
      } catch (error) {
        await connection.send('rollback').catch((reason) => connection.destroy(reason))
        throw error
      }
      try {
        await connection.send('commit')
      } catch (error) {
        throw id !== null && isLost(error) ? new CommitUnknown(id, result, error) : error
      }
      return result
    }, deadlineMs)
  }

  /** Lets what is under way end, for at most `deadlineMs`, then closes every connection. */
  async close(deadlineMs: number): Promise<void> {
    this.#closed = true
    for (const taker of this.#takers) taker.refuse(new Error('The database is closed.'))
    const endMs = performance.now() + deadlineMs
    while (this.#idle.length < this.#all.size && performance.now() < endMs)
      await new Promise((resolve) => setTimeout(resolve, 5))
    const reason = new Error('The database was closed.')
    for (const connection of this.#all)
      if (!this.#idle.includes(connection)) connection.destroy(reason)
    await Promise.all(this.#idle.map((connection) => connection.close()))
  }

  #take(deadlineMs: number): Promise<Connection> {
    if (this.#closed) return Promise.reject(new Error('The database is closed.'))
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if (idle.alive) return Promise.resolve(idle)
      this.#all.delete(idle)
    }
    if (this.#all.size < this.#max) return Promise.resolve(this.#connect())
    return new Promise((resolve, reject) => {
      const taker: Taker = {
        take: (connection) => {
          done()
          resolve(connection)
        },
        refuse: (reason) => {
          done()
          reject(reason)
        },
      }
      const timer = setTimeout(
        () =>
          taker.refuse(
            new DatabaseTimeout(
              `None of ${this.#max} connections to PostgreSQL became free within ${deadlineMs} ms.`,
            ),
          ),
        deadlineMs,
      )
      const done = () => {
        clearTimeout(timer)
        this.#takers.delete(taker)
      }
      this.#takers.add(taker)
    })
  }

  #connect(): Connection {
    const connection = new Connection(this.#url)
    // Gives every connection drizzle's own parsers, so that a value reads the same on all of them.
    asDrizzle(inTransaction(connection))
    this.#all.add(connection)
    return connection
  }

  #give(connection: Connection): void {
    if (!connection.alive) this.#all.delete(connection)
    const [next] = this.#takers
    if (next) next.take(connection.alive ? connection : this.#connect())
    else if (connection.alive) this.#idle.push(connection)
  }
}

/** The transaction may have been committed: its connection was lost while the commit was under way. */
export class CommitUnknown<T> extends Error {
  override readonly name = 'CommitUnknown'
  /** Transaction id for `pg_xact_status`. */
  readonly id: string
  /** What the transaction's work returned. */
  readonly result: T

  constructor(id: string, result: T, cause: unknown) {
    super('The connection was lost while a transaction was being committed.', { cause })
    this.id = id
    this.result = result
  }
}

const POOLS = new WeakMap<Database, Pool>()

/** The pool behind a database. */
export function poolOf(db: Database): Pool {
  const pool = POOLS.get(db)
  if (!pool) throw new Error('A transaction cannot be begun inside another one.')
  return pool
}

/** A connection inside a transaction, as a database. */
export const databaseOn = (connection: Connection): Database => asDrizzle(inTransaction(connection))

type Client = {
  options: object
  send: Connection['send']
  begin<T>(work: (client: Client) => Promise<T>): Promise<T>
}

/** A transaction in a transaction is a savepoint. */
function inTransaction(connection: Connection): Client {
  let savepoints = 0
  const client: Client = {
    options: connection.options,
    send: (...statement) => connection.send(...statement),
    async begin(work) {
      const name = `nested_${savepoints++}`
      await connection.send(`savepoint ${name}`)
      try {
        const result = await work(client)
        await connection.send(`release savepoint ${name}`)
        return result
      } catch (error) {
        await connection.send(`rollback to savepoint ${name}`)
        throw error
      }
    },
  }
  return client
}

/** The part of postgres.js that drizzle uses, done by our own connections. */
function asDrizzle(client: Client): Database {
  const stand = (of: Client): object => ({
    options: of.options,
    unsafe(query: string, parameters: unknown[], { prepare = false } = {}) {
      let asArrays = false
      // Sent one microtask on, when drizzle has said which form of rows it wants.
      const rows = Promise.resolve().then(() => of.send(query, parameters, { prepare, asArrays }))
      return Object.assign(rows, {
        values() {
          asArrays = true
          return rows
        },
      })
    },
    begin: (work: (inner: object) => Promise<unknown>) => of.begin((inner) => work(stand(inner))),
    savepoint: (work: (inner: object) => Promise<unknown>) =>
      of.begin((inner) => work(stand(inner))),
  })
  return drizzle(stand(client) as postgres.Sql, { schema })
}
