/**
 * One EPP session: what was sent and waits for its answer, and whose answer just came. Answers are known by the clTRID
 * they echo; one that echoes none belongs to the oldest command that waits (RFC 5734 section 3: answers keep the order).
 *
 * A command always settles: with its answer, or without one after its deadline or when the connection is lost. One that
 * ran out of time keeps its place in the order, so that a late answer is never taken for another command's. A whole
 * deadline of silence ends the session.
 */
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { clTRIDs } from './cltrid.ts'
import { type Command, HELLO, login, logout } from './command.ts'
import { type Connection, connect, type Endpoint } from './connection.ts'
import { InFlight, type Reply, type Waiting } from './in-flight.ts'
import { type Greeting, type Message, type Response, readMessage } from './response.ts'
import { endsSession, isSuccess, resultText } from './result-code.ts'
import { SessionError } from './session-error.ts'
import { XmlError } from './xml.ts'

export type SessionOptions = {
  clock: Clock
  log: Log
  /** Names the session in logs. */
  id: string
  /** The registry answers what is sent without waiting; else one command is under way at a time. */
  pipelined: boolean
  /** Least time between two commands, in wall time: a registry's limits know no other. Hello is no command. */
  spacingMs: number
  /** Until the greeting is here, and until each answer. */
  openDeadlineMs: number
  deadlineMs: number
  /** A hello after so much idleness; registries close what is idle for some minutes. */
  keepAliveMs: number
  /** How long a close waits for the answer to its logout. */
  closeDeadlineMs: number
  maxFrameBytes: number
}

export const SESSION_DEFAULTS = {
  pipelined: false,
  spacingMs: 0,
  openDeadlineMs: 15_000,
  deadlineMs: 30_000,
  keepAliveMs: 60_000,
  closeDeadlineMs: 2_000,
  maxFrameBytes: 1024 * 1024,
} as const

export class Session {
  readonly #options: SessionOptions
  readonly #logoutId = clTRIDs('logout')
  #connection: Connection | null = null
  #greeting: Greeting | null = null
  #queue: Waiting[] = []
  readonly #inFlight = new InFlight()
  #ended: SessionError | null = null
  #closing = false
  #closed: Promise<void> | null = null
  #heardWallMs = 0
  #commandWallMs = Number.NEGATIVE_INFINITY
  #pacer: NodeJS.Timeout | null = null
  #keeper: NodeJS.Timeout | null = null

  private constructor(options: SessionOptions) {
    this.#options = options
  }

  /**
   * Connects and reads the greeting.
   * @returns the session and its first greeting, `sentAt` being when the connection was begun.
   * @throws SessionError; nothing is left open then.
   */
  static async open(
    endpoint: Endpoint,
    options: SessionOptions,
    signal: AbortSignal,
  ): Promise<{ session: Session; greeted: Reply<Greeting> }> {
    const session = new Session(options)
    const late = AbortSignal.timeout(options.openDeadlineMs)
    const either = AbortSignal.any([signal, late])
    const giveUp = () =>
      session.#end(
        late.aborted
          ? new SessionError('silent', `no greeting within ${options.openDeadlineMs} ms`)
          : new SessionError('closed', 'given up before the session was open'),
      )
    const greeted = session.#exchange('greeting', null, null)
    either.addEventListener('abort', giveUp, { once: true })
    if (either.aborted) giveUp()
    try {
      const events = {
        heard: () => {
          session.#heardWallMs = performance.now()
        },
        frame: (xml: string, at: Date) => session.#receive(xml, at),
        end: (reason: SessionError) => session.#end(reason),
      }
      session.#connection = await connect(endpoint, options, events, either)
      const reply = greetingOf(await greeted)
      if (session.#ended) throw session.#ended
      session.#greeting = reply.answer
      session.#rest()
      return { session, greeted: reply }
    } catch (error) {
      if (error instanceof SessionError) session.#end(error)
      throw session.#ended ?? error
    } finally {
      either.removeEventListener('abort', giveUp)
    }
  }

  get id(): string {
    return this.#options.id
  }

  /** What the registry offered when the session was opened. */
  get greeting(): Greeting {
    if (this.#greeting === null) throw new SessionError('closed', 'the session was never open')
    return this.#greeting
  }

  /** False once nothing can be sent any more. */
  get alive(): boolean {
    return this.#ended === null && !this.#closing
  }

  /** Why the session ended; null while it lives. */
  get ended(): SessionError | null {
    return this.#ended
  }

  /**
   * Logs in with what the greeting offers.
   * @param extensions groups of extension URIs; of each group the first that is offered is asked for.
   * @throws SessionError `refused` with the result code, or what ended the session; it is closed then.
   */
  async login(
    account: { id: string; password: string },
    extensions: readonly (readonly string[])[],
    clTRID: string,
  ): Promise<void> {
    const { answer, why } = await this.send(login(account, this.greeting, extensions), clTRID)
    if (answer && isSuccess(answer.code)) return
    const words = answer ? answer.message || resultText(answer.code) : why
    const safe = words.replaceAll(account.password, '…')
    const error = answer
      ? new SessionError('refused', `login refused: ${answer.code} ${safe}`, answer.code)
      : (this.#ended ?? new SessionError('silent', `login not answered: ${safe}`))
    this.#end(error)
    throw error
  }

  /** Sends a command as soon as the dialect allows. Always resolves. */
  async send(command: Command, clTRID: string): Promise<Reply<Response>> {
    const reply = await this.#exchange('response', clTRID, command(clTRID))
    return { ...reply, answer: reply.answer?.kind === 'response' ? reply.answer.response : null }
  }

  /** Asks for the greeting again: proof of life, and the registry's clock. Always resolves. */
  async hello(): Promise<Reply<Greeting>> {
    return greetingOf(await this.#exchange('greeting', null, HELLO))
  }

  /** Logs out, waits a moment for the answer, and closes whatever the registry does. */
  close(): Promise<void> {
    this.#closed ??= this.#logOut()
    return this.#closed
  }

  async #logOut(): Promise<void> {
    if (!this.alive) return
    const closed = new SessionError('closed', 'closed')
    const answered = this.send(logout(), this.#logoutId())
    this.#closing = true
    const timer = setTimeout(() => this.#end(closed), this.#options.closeDeadlineMs)
    await answered
    clearTimeout(timer)
    this.#end(closed)
  }

  /** @param xml null for the first greeting, which nobody has to ask for. */
  #exchange(
    expects: Message['kind'],
    clTRID: string | null,
    xml: string | null,
  ): Promise<Reply<Message>> {
    return new Promise((resolve) => {
      const waiting: Waiting = {
        expects,
        clTRID,
        xml: xml ?? '',
        sentAt: null,
        sentWallMs: 0,
        timer: null,
        settle(answer, answeredAt, why) {
          if (this.timer) clearTimeout(this.timer)
          this.settle = null
          resolve({ clTRID, sentAt: this.sentAt, answeredAt, answer, why })
        },
      }
      if (xml === null) {
        waiting.sentAt = this.#options.clock.now()
        this.#inFlight.add(waiting)
      } else if (this.alive) {
        this.#queue.push(waiting)
        this.#pump()
      } else waiting.settle?.(null, null, this.#ended?.message ?? 'the session is closing')
    })
  }

  /** Sends what may be sent now. */
  #pump(): void {
    const { pipelined, spacingMs } = this.#options
    for (;;) {
      const [next] = this.#queue
      if (!next || !this.#connection || this.#ended || this.#pacer) return
      if (!pipelined && this.#inFlight.busy) return
      const paceMs = this.#commandWallMs + spacingMs - performance.now()
      if (next.expects === 'response' && paceMs > 0) {
        this.#pacer = setTimeout(() => {
          this.#pacer = null
          this.#pump()
        }, Math.ceil(paceMs))
        return
      }
      this.#queue.shift()
      this.#write(next, this.#connection)
    }
  }

  #write(waiting: Waiting, connection: Connection): void {
    waiting.sentWallMs = performance.now()
    waiting.sentAt = connection.write(waiting.xml)
    if (waiting.expects === 'response') this.#commandWallMs = waiting.sentWallMs
    waiting.timer = setTimeout(() => this.#expire(waiting), this.#options.deadlineMs)
    this.#inFlight.add(waiting)
    this.#rest()
  }

  #receive(xml: string, at: Date): void {
    let message: Message
    try {
      message = readMessage(xml)
    } catch (error) {
      if (!(error instanceof XmlError)) throw error
      this.#end(new SessionError('unreadable', `unreadable answer: ${error.message}`))
      return
    }
    const waiting = this.#inFlight.take(message)
    const code = message.kind === 'response' ? message.response.code : null
    if (waiting?.settle) waiting.settle(message, at, '')
    else
      this.#options.log.warn(
        { session: this.id, clTRID: waiting?.clTRID ?? null, code },
        waiting ? 'answer after its deadline' : 'answer to nothing of ours',
      )
    if (code !== null && endsSession(code))
      this.#end(
        new SessionError(
          'refused',
          `the registry closed the session: ${code} ${resultText(code)}`,
          code,
        ),
      )
    else this.#pump()
  }

  #expire(waiting: Waiting): void {
    const silent = this.#heardWallMs < waiting.sentWallMs
    waiting.settle?.(null, null, `no answer within ${this.#options.deadlineMs} ms`)
    if (silent) this.#end(new SessionError('silent', `silent for ${this.#options.deadlineMs} ms`))
    else this.#pump()
  }

  /** Says hello when nothing else was said for long. */
  #rest(): void {
    if (this.#keeper) clearTimeout(this.#keeper)
    this.#keeper = setTimeout(() => void this.hello(), this.#options.keepAliveMs)
    this.#keeper.unref()
  }

  #end(reason: SessionError): void {
    if (this.#ended) return
    this.#ended = reason
    for (const timer of [this.#pacer, this.#keeper]) if (timer) clearTimeout(timer)
    this.#connection?.end(reason)
    for (const waiting of [...this.#inFlight.drain(), ...this.#queue.splice(0)])
      waiting.settle?.(null, null, reason.message)
    if (reason.fault !== 'closed' && !this.#closing)
      this.#options.log.warn(
        { session: this.id, fault: reason.fault, code: reason.code },
        reason.message,
      )
  }
}

const greetingOf = (reply: Reply<Message>): Reply<Greeting> => ({
  ...reply,
  answer: reply.answer?.kind === 'greeting' ? reply.answer.greeting : null,
})
