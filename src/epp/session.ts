/**
 * One EPP session: what was sent and waits for its answer, and whose answer just came. Answers are known by the clTRID
 * they echo; one that echoes none belongs to the oldest command that waits (servers answer in order, RFC 5734 section 3).
 *
 * A command always settles: with its answer, or without one after its deadline or when the connection is lost. One that
 * ran out of time keeps its place in the order, so that a late answer is never taken for another command's. A whole
 * deadline of silence ends the session.
 */
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { type Command, HELLO, login, logout } from './command.ts'
import { clTRIDs } from './cltrid.ts'
import { type Connection, connect, type Endpoint } from './connection.ts'
import { type Greeting, type Message, readMessage, type Response } from './response.ts'
import { endsSession, isSuccess } from './result-code.ts'
import { SessionError } from './session-error.ts'
import { XmlError } from './xml.ts'

export type SessionOptions = {
  clock: Clock
  log: Log
  /** Names the session in logs. */
  id: string
  /** The registry answers in order what is sent without waiting; else one command is under way at a time. */
  pipelined: boolean
  /** Least time between two commands of the session. Wall time: a registry's limits know no other. */
  spacingMs: number
  /** How long to wait for the connection with its greeting, and for each answer. */
  openDeadlineMs: number
  deadlineMs: number
  /** A hello after so much idleness; registries close what is idle for some minutes. */
  keepAliveMs: number
  /** How long a close waits for the answer to its logout. */
  closeDeadlineMs: number
  maxFrameBytes: number
}

export const SESSION_DEFAULTS = {
  openDeadlineMs: 15_000,
  deadlineMs: 30_000,
  keepAliveMs: 60_000,
  closeDeadlineMs: 2_000,
  maxFrameBytes: 1024 * 1024,
} as const

/** What became of a command or hello. */
export type Reply<T> = {
  clTRID: string | null
  /** Null: it never left, so the registry cannot have executed it. */
  sentAt: Date | null
  answeredAt: Date | null
  /** Null: no answer; `why` says what happened instead. */
  answer: T | null
  why: string
}

type Waiting = {
  kind: Message['kind']
  clTRID: string | null
  xml: string
  sentAt: Date | null
  sentWallMs: number
  timer: NodeJS.Timeout | null
  /** Null once settled: the place in the order is kept for an answer that nobody waits for. */
  settle: ((reply: Reply<Message>) => void) | null
}

export class Session {
  readonly id: string
  readonly #options: SessionOptions
  readonly #nextId = clTRIDs('session')
  #connection: Connection | null = null
  #queue: Waiting[] = []
  #sent: Waiting[] = []
  #ended: string | null = null
  #heardWallMs = Number.NEGATIVE_INFINITY
  #lastCommandWallMs = Number.NEGATIVE_INFINITY
  #pacer: NodeJS.Timeout | null = null
  #keeper: NodeJS.Timeout | null = null
  #greeting: Greeting | null = null
  #opened: Reply<Greeting> | null = null

  private constructor(options: SessionOptions) {
    this.#options = options
    this.id = options.id
  }

  /**
   * Connects and reads the greeting.
   * @throws SessionError; nothing is left open then.
   */
  static async open(
    endpoint: Endpoint,
    options: SessionOptions,
    signal: AbortSignal,
  ): Promise<Session> {
    const session = new Session(options)
    const deadline = AbortSignal.timeout(options.openDeadlineMs)
    const begunAt = options.clock.now()
    const greeted = session.#expectGreeting(begunAt)
    try {
      session.#connection = await connect(
        endpoint,
        options,
        {
          frame: (xml, at) => session.#receive(xml, at),
          heard: () => {
            session.#heardWallMs = performance.now()
          },
          end: (reason) => session.#end(reason),
        },
        AbortSignal.any([signal, deadline]),
      )
      session.#opened = await greeted
      if (session.#opened.answer === null) throw new SessionError(faultOf(session.#opened.why), session.#opened.why)
      session.#greeting = session.#opened.answer
      session.#keepAlive()
      return session
    } catch (error) {
      session.#end('not opened')
      if (signal.aborted) throw new SessionError('aborted', 'given up before the session was open')
      if (deadline.aborted)
        throw new SessionError('silent', `no connection within ${options.openDeadlineMs} ms`)
      throw error
    }
  }
}
