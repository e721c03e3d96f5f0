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

/** What a connection tells its owner. */
export type ConnectionEvents = {
  /** Any bytes at all: the registry lives. */
  heard(): void
  /** A whole frame; `at` is when its last byte came. */
  frame(xml: string, at: Date): void
  /** Called once, whoever ends it; nothing comes after it. */
  end(reason: SessionError): void
}

/** A TLS connection that carries EPP frames (RFC 5734). */
export type Connection = {
  /** Sends one frame. @returns when it was handed to the network. */
  write(xml: string): Date
  /** Ends it at once. */
  end(reason: SessionError): void
}

/**
 * Connects over TLS 1.2 or newer.
 * @param signal gives up the attempt with its reason; it has no power over an open connection.
 * @throws SessionError `unreachable` or `untrusted`.
 */
export function connect(
  endpoint: Endpoint,
  { clock, maxFrameBytes }: { clock: Clock; maxFrameBytes: number },
  events: ConnectionEvents,
  signal: AbortSignal,
): Promise<Connection> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const named = endpoint.servername ?? endpoint.host
    // RFC 6066 section 3: no address as a server name; the certificate is then checked for the address.
    const servername = isIP(named) ? null : named
    const socket = connectTls({
      host: endpoint.host,
      port: endpoint.port,
      minVersion: 'TLSv1.2',
      ...(servername && { servername }),
      ...(endpoint.ca && { ca: endpoint.ca }),
      ...(endpoint.cert && { cert: endpoint.cert }),
      ...(endpoint.key && { key: endpoint.key }),
    })
    const stop = () => signal.removeEventListener('abort', giveUp)
    const giveUp = () => {
      socket.destroy()
      reject(signal.reason)
    }
    const fail = (error: Error) => {
      stop()
      reject(faultOf(error, endpoint))
    }
    signal.addEventListener('abort', giveUp, { once: true })
    socket.once('error', fail)
    socket.once('secureConnect', () => {
      stop()
      resolve(carry(socket, clock, new FrameReader(maxFrameBytes), events))
      // Only now, so that the socket is never without somebody who hears its errors.
      socket.off('error', fail)
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
  let open = true
  const end = (reason: SessionError) => {
    if (!open) return
    open = false
    socket.destroy()
    events.end(reason)
  }
  socket.setNoDelay(true)
  socket.on('data', (chunk: Buffer) => {
    const at = clock.now()
    events.heard()
    const { frames, fault } = read(reader, chunk)
    for (const xml of frames) if (open) events.frame(xml, at)
    if (fault) end(new SessionError('unreadable', `unreadable: ${fault.message}`))
  })
  const lost = (why: string) => end(new SessionError('unreachable', why))
  socket.on('end', () => lost('the registry closed the connection'))
  socket.on('error', (error) => lost(`connection lost: ${wordOf(error)}`))
  socket.on('close', () => lost('connection lost'))
  return {
    write(xml) {
      const at = clock.now()
      socket.write(encodeFrame(xml))
      return at
    },
    end,
  }
}

/** Frames that were whole before a fault are answers like any other. */
function read(reader: FrameReader, chunk: Buffer) {
  try {
    return { frames: reader.push(chunk), fault: null }
  } catch (error) {
    if (!(error instanceof FrameError)) throw error
    return { frames: error.before, fault: error }
  }
}

const wordOf = (error: NodeJS.ErrnoException): string => error.code ?? error.message

/** Faults of the network name a system call; those of TLS carry an OpenSSL or X.509 code. */
function faultOf(error: NodeJS.ErrnoException, { host, port }: Endpoint): SessionError {
  const where = `${host}:${port}`
  return error.syscall !== undefined || error.code === 'ECONNRESET'
    ? new SessionError('unreachable', `no connection to ${where}: ${wordOf(error)}`)
    : new SessionError('untrusted', `no trust in ${where}: ${wordOf(error)}`)
}
