import { isIP } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Clock } from '../clock.ts'
import { encodeFrame, FrameError, FrameReader } from './frame.ts'
import { SessionError } from './session-error.ts'

/** Where a registry listens and how both sides prove who they are. */
export type Endpoint = {
  host: string
  port: number
  /** Name in the registry's certificate when it differs from `host`. */
  servername?: string
  /** PEM of the only CA that is trusted; null trusts the system's. */
  ca: string | null
  /** PEM of our client certificate and its key, where the registry wants one. */
  cert: string | null
  key: string | null
}

/** What becomes of a connection. `end` is called once, whoever ends it; no frame comes after it. */
export type ConnectionEvents = {
  /** A whole frame; `at` is when its last byte came. */
  frame(xml: string, at: Date): void
  /** Any bytes at all: the registry lives. */
  heard(): void
  end(reason: string): void
}

/** A TLS connection that carries EPP frames (RFC 5734). */
export type Connection = {
  /** Sends one frame. @returns when it was handed to the network. */
  write(xml: string): Date
  /** Ends it at once. */
  destroy(reason: string): void
}

/**
 * Connects over TLS 1.2 or newer.
 * @param signal gives up the attempt; it has no power over an open connection.
 * @throws SessionError `unreachable`, `untrusted` or `aborted`.
 */
export function connect(
  endpoint: Endpoint,
  { clock, maxFrameBytes }: { clock: Clock; maxFrameBytes: number },
  events: ConnectionEvents,
  signal: AbortSignal,
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(aborted())
    const servername = endpoint.servername ?? (isIP(endpoint.host) ? undefined : endpoint.host)
    const socket = connectTls({
      host: endpoint.host,
      port: endpoint.port,
      minVersion: 'TLSv1.2',
      ...(servername && { servername }),
      ...(endpoint.ca && { ca: endpoint.ca }),
      ...(endpoint.cert && { cert: endpoint.cert }),
      ...(endpoint.key && { key: endpoint.key }),
    })
    const giveUp = () => socket.destroy(aborted())
    signal.addEventListener('abort', giveUp, { once: true })
    const fail = (error: Error) => {
      signal.removeEventListener('abort', giveUp)
      reject(error instanceof SessionError ? error : faultOf(error, endpoint))
    }
    socket.once('error', fail)
    socket.once('secureConnect', () => {
      signal.removeEventListener('abort', giveUp)
      socket.off('error', fail)
      socket.setNoDelay(true)
      resolve(carry(socket, clock, new FrameReader(maxFrameBytes), events))
    })
  })
}

/** Carries frames until either side ends it. */
function carry(
  socket: TLSSocket,
  clock: Clock,
  reader: FrameReader,
  events: ConnectionEvents,
): Connection {
  let reason: string | null = null
  const end = (why: string) => {
    if (reason !== null) return
    reason = why
    socket.destroy()
    events.end(why)
  }
  socket.on('data', (chunk: Buffer) => {
    const at = clock.now()
    events.heard()
    let fault: FrameError | null = null
    let frames: readonly string[] = []
    try {
      frames = reader.push(chunk)
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      fault = error
      frames = error.before
    }
    for (const xml of frames) if (reason === null) events.frame(xml, at)
    if (fault) end(`unreadable: ${fault.message}`)
  })
  socket.on('end', () => end('the registry closed the connection'))
  socket.on('error', (error: NodeJS.ErrnoException) => end(`connection lost: ${wordOf(error)}`))
  socket.on('close', () => end('connection lost'))
  return {
    write(xml) {
      const at = clock.now()
      socket.write(encodeFrame(xml))
      return at
    },
    destroy: end,
  }
}

const aborted = () => new SessionError('aborted', 'given up before the session was open')
const wordOf = (error: NodeJS.ErrnoException): string => error.code ?? error.message

/** Errors of the TLS layer carry an OpenSSL or X.509 code; those of the network a system call. */
function faultOf(error: NodeJS.ErrnoException, { host, port }: Endpoint): SessionError {
  const where = `${host}:${port}`
  return error.syscall !== undefined || error.code === 'ECONNRESET'
    ? new SessionError('unreachable', `no connection to ${where}: ${wordOf(error)}`)
    : new SessionError('untrusted', `no trust in ${where}: ${wordOf(error)}`)
}
