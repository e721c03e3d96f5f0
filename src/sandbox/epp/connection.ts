import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import { encodeFrame, FrameError, FrameReader } from '../../epp/frame.ts'
import { type Act, HONEST, misbehave } from './fault.ts'
import { readRequest } from './request.ts'
import { type House, type Reply, Session } from './session.ts'

/** How long a connection may be idle and how much one frame may hold, header included. */
export type Bounds = { idleMs: number; maxFrameBytes: number }

/** Frames that may wait for their turn; while there are more, nothing is read from the client. */
const MOST_WAITING = 64

/** One thing that came in: a frame, or the news that nothing more can be read. */
type Arrival = { atMs: number } & ({ xml: string } | { broken: string })

/**
 * One client's connection. Frames are carried out one after the other in the order of their arrival, and answered in that
 * order, but the way there and back takes each of them its time: a frame is carried out half the latency after it came, and
 * its answer leaves another half later, so that pipelined commands overlap on the way as they do in life. Commands that come
 * faster than `spacingMs` wait for their turn: AFNIC's notice of 2009 speaks of waiting times, not of refusals. All of this
 * is real time (`performance.now`), which the sandbox's clock never scales.
 */
export class Connection {
  readonly #socket: TLSSocket
  readonly #house: House
  readonly #record: (xml: string) => void
  readonly #reader: FrameReader
  readonly #session: Session
  readonly #waiting: Arrival[] = []
  readonly #gone = new AbortController()
  #serving = false
  #ending = false
  /** Resolves once the answer before has left. */
  #sent: Promise<void> = Promise.resolve()
  #lastCommandMs = Number.NEGATIVE_INFINITY
  #ageTimer: NodeJS.Timeout | undefined

  constructor(socket: TLSSocket, house: House, bounds: Bounds, record: (xml: string) => void) {
    this.#socket = socket
    this.#house = house
    this.#record = record
    this.#reader = new FrameReader(bounds.maxFrameBytes)
    this.#session = new Session(house)
    socket.setNoDelay(true)
    socket.setTimeout(bounds.idleMs, () => socket.destroy())
    socket.on('data', (chunk) => this.#take(chunk))
    // A reset by the client is its own affair; `close` follows.
    socket.on('error', () => {})
    socket.on('close', () => this.#leave())
    this.#send(this.#session.greet(), performance.now())
  }

  #take(chunk: Buffer): void {
    const atMs = performance.now()
    if (this.#ending) return
    try {
      for (const xml of this.#reader.push(chunk)) this.#waiting.push({ atMs, xml })
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      for (const xml of error.before) this.#waiting.push({ atMs, xml })
      this.#waiting.push({ atMs, broken: error.message })
      this.#ending = true
    }
    if (this.#waiting.length > MOST_WAITING) this.#socket.pause()
    if (!this.#serving) void this.#serve()
  }

  async #serve(): Promise<void> {
    this.#serving = true
    try {
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
        if (this.#waiting.length <= MOST_WAITING / 2) this.#socket.resume()
        await this.#serveOne(next)
      }
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#serving = false
    }
  }

  async #serveOne(arrival: Arrival): Promise<void> {
    const { latencyMs, spacingMs } = this.#house.manners
    await this.#until(arrival.atMs + latencyMs / 2)
    if ('broken' in arrival) {
      this.#send(this.#session.breakOff(arrival.broken), performance.now())
      return
    }
    const request = readRequest(arrival.xml)
    // A hello is no command, and the clock it asks for should not be late.
    if (request.kind !== 'hello') await this.#until(this.#lastCommandMs + spacingMs)
    if (this.#socket.writableEnded) return
    this.#record(arrival.xml)
    const before = this.#session.account
    const reply = this.#session.answer(request)
    const doneMs = performance.now()
    if (request.kind !== 'hello') this.#lastCommandMs = doneMs
    if (before === null && this.#session.account !== null) this.#startAging()
    this.#send(reply, doneMs)
    if (reply.ends) {
      this.#ending = true
      this.#waiting.length = 0
    }
    // A client that does not read its answers gets no more of them made.
    if (this.#socket.writableNeedDrain)
      await once(this.#socket, 'drain', { signal: this.#gone.signal })
  }

  /** Sends an answer behind those before it, half the latency after `fromMs`. */
  #send(reply: Reply, fromMs: number): void {
    const { latencyMs, faults } = this.#house.manners
    const act = reply.kind === 'object' ? misbehave(faults) : HONEST
    this.#sent = this.#deliver(this.#sent, reply, act, fromMs + latencyMs / 2 + act.afterMs)
  }

  async #deliver(before: Promise<void>, reply: Reply, act: Act, dueMs: number): Promise<void> {
    try {
      await before
      await this.#until(dueMs)
      if (this.#socket.writableEnded) return
      if (act.kind === 'cut') this.#socket.destroy()
      else if (act.kind === 'garble') this.#socket.write(act.bytes)
      else if (act.kind === 'answer') this.#socket.write(encodeFrame(reply.xml))
      if (reply.ends) this.#socket.end()
    } catch (error) {
      this.#fail(error)
    }
  }

  /** An abort says that the client has gone. Anything else is our fault, and costs this client alone its connection. */
  #fail(error: unknown): void {
    if (this.#gone.signal.aborted) return
    this.#house.log.error({ err: error }, 'EPP connection failed')
    this.#socket.destroy()
  }

  async #until(atMs: number): Promise<void> {
    const leftMs = atMs - performance.now()
    if (leftMs > 0) await sleep(leftMs, undefined, { signal: this.#gone.signal })
  }

  /** Closes the session when it is too old, behind whatever answer is under way. */
  #startAging(): void {
    const { sessionMaxAgeMs } = this.#house.manners
    if (sessionMaxAgeMs === null) return
    this.#ageTimer = setTimeout(() => {
      this.#ending = true
      this.#waiting.length = 0
      void this.#sent.then(() => this.#socket.end())
    }, sessionMaxAgeMs)
  }

  #leave(): void {
    clearTimeout(this.#ageTimer)
    this.#ending = true
    this.#waiting.length = 0
    this.#session.end()
    this.#gone.abort()
  }
}
