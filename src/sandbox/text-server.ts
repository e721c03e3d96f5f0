import { createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Registry } from '../domain/policy/policy.ts'
import type { Log } from '../log.ts'
import { Limiter } from './limiter.ts'
import { listen } from './listen.ts'
import type { Manners } from './manners.ts'

/** A server that listens on a free port of 127.0.0.1. */
export type Listening = { port: number; close(): Promise<void> }

/** What a one-question server says: one line in, one text out. */
export type TextDesk = {
  /** Whose manners the question meets. */
  registryOf(question: string): Registry
  /** @param denying a server that lies about names it has. @returns null to close without a word. */
  answer(question: string, denying: boolean): string | null
  /** The registry's own words for "slow down". */
  refuse(registry: Registry, question: string, waitMs: number): string
}

/** What `slow` adds to each answer. */
export const SLOW_MS = 5_000
/** Told to those who are refused by a fault and not by a limit. */
export const FAULT_WAIT_MS = 30_000
const LONGEST_QUESTION = 1_024
/** A connection on which nothing moves for so long is closed. */
export const IDLE_MS = 60_000

/** Serves one question a connection over TCP, as WHOIS (RFC 3912) and DAS do, with the manners of each registry. */
export async function serveText(
  desk: TextDesk,
  manners: (registry: Registry) => Manners,
  log: Log,
  wantedPort?: number,
): Promise<Listening> {
  const closing = new AbortController()
  const limiters = limitersOf(manners)
  const sockets = new Set<Socket>()

  const answer = async (socket: Socket, question: string) => {
    const registry = desk.registryOf(question)
    const { faults, latencyMs } = manners(registry)
    if (faults.includes('silent')) return
    const waitMs = limiters(registry).take(socket.remoteAddress ?? '')
    const refused = waitMs > 0 || faults.includes('throttled')
    const text = refused
      ? desk.refuse(registry, question, waitMs || FAULT_WAIT_MS)
      : desk.answer(question, faults.includes('lying-404'))
    await delay(latencyMs + (faults.includes('slow') ? SLOW_MS : 0), null, {
      signal: closing.signal,
    })
    if (text === null) socket.end()
    else if (faults.includes('garbled')) socket.end(garble(Buffer.from(text)))
    else if (faults.includes('cut')) socket.end(text.slice(0, text.length / 2))
    else socket.end(text)
  }

  // A client may close its side once it has asked: it still gets its answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.setTimeout(IDLE_MS, () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', (error) => log.debug({ error: error.message }, 'client went away'))
    let asked = ''
    socket.setEncoding('utf8')
    const ask = () => {
      socket.off('data', read)
      socket.off('end', ask)
      const [question = ''] = asked.slice(0, LONGEST_QUESTION).split(/\r?\n/)
      answer(socket, question.trim()).catch(() => socket.destroy())
    }
    const read = (chunk: string) => {
      asked += chunk
      if (asked.includes('\n') || asked.length >= LONGEST_QUESTION) ask()
    }
    socket.on('data', read)
    socket.on('end', ask)
  })
  const port = await listen(server, wantedPort)
  return {
    port,
    close: () => {
      closing.abort()
      for (const socket of sockets) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** One limiter a registry, made when it is first met and again when the registry's limit is another. */
export function limitersOf(
  manners: (registry: Registry) => Manners,
): (registry: Registry) => Limiter {
  const made = new Map<Registry, { limit: Manners['limit']; limiter: Limiter }>()
  return (registry) => {
    const { limit } = manners(registry)
    const kept = made.get(registry)
    if (kept && kept.limit === limit) return kept.limiter
    const limiter = new Limiter(limit)
    made.set(registry, { limit, limiter })
    return limiter
  }
}

/** Bytes that mean nothing: each one turned around. */
export const garble = (bytes: Buffer): Buffer => bytes.map((byte) => byte ^ 0xa5) as Buffer
