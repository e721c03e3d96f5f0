import type { Socket } from 'node:net'
import { createServer } from 'node:tls'
import type { Clock } from '../clock.ts'
import type { Registry } from '../domain/policy/policy.ts'
import { redactFrame } from '../epp/redact.ts'
import type { Log } from '../log.ts'
import { Accounts } from './epp/accounts.ts'
import { type Bounds, Connection } from './epp/connection.ts'
import { Delegations } from './epp/delegations.ts'
import { CLOCK_FAULT_MS } from './epp/fault.ts'
import { Ledger } from './epp/ledger.ts'
import type { House } from './epp/session.ts'
import { Limiter } from './limiter.ts'
import { listen } from './listen.ts'
import type { EppManners } from './manners.ts'
import type { Books } from './registry.ts'

/** Ten minutes of silence, and frames of 64 KiB: what registries commonly allow. */
const BOUNDS: Bounds = { idleMs: 600_000, maxFrameBytes: 64 * 1024 }
/** Clients that may be connected at a time, logged in or not. */
const MOST_CONNECTIONS = 500

export type EppServerOptions = {
  books: Books
  registry: Registry
  /** PEM texts of the server's key and certificate. */
  tls: { key: string | Buffer; cert: string | Buffer }
  /** Read anew at each command: whoever changes it changes the server's behaviour at once. */
  manners: EppManners
  clock: Clock
  /** Gets each frame before it is carried out, secrets masked; null for no recording. */
  record: ((xml: string, key: string) => void) | null
  log: Log
  /** For those who cannot wait ten minutes. */
  bounds?: Partial<Bounds>
  /** The port of the last start, taken again while it is free. */
  port?: number | undefined
}

/**
 * Serves one registry by EPP (RFC 5730 to 5734, 3915, 5910, 8748, 8807) over TLS, on a port of 127.0.0.1. Commands
 * are carried out on the books one at a time, so that of many creates for one name exactly one is the first.
 */
export async function serveEpp(
  options: EppServerOptions,
): Promise<{ port: number; close(): Promise<void> }> {
  const { books, registry, tls, manners, clock, record, log } = options
  const bounds = { ...BOUNDS, ...options.bounds }
  const house: House = {
    registry,
    books,
    manners,
    accounts: new Accounts(books),
    ledger: new Ledger(manners, () => books.now()),
    delegations: new Delegations(),
    limiter: new Limiter(manners.limit),
    shownNow() {
      const faultMs = manners.faults.includes('skewed-clock') ? CLOCK_FAULT_MS : 0
      return new Date(clock.now().getTime() + manners.skewMs + faultMs)
    },
    log,
  }
  const keep = (xml: string) => record?.(redactFrame(xml), registry)
  const server = createServer({ ...tls, minVersion: 'TLSv1.2', handshakeTimeout: 10_000 })
  server.maxConnections = MOST_CONNECTIONS
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('secureConnection', (socket) => new Connection(socket, house, bounds, keep))
  // Whoever does not speak TLS is no client of ours.
  server.on('tlsClientError', (error) =>
    log.debug({ err: error, registry }, 'TLS handshake failed'),
  )
  const port = await listen(server, options.port)
  return {
    port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
