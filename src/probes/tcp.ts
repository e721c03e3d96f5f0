import { connect } from 'node:net'
import type { HostPort } from './endpoints.ts'

/**
 * Sends one query and reads until the server closes, as WHOIS (RFC 3912) and DAS do.
 * @param signal the deadline: a connection that drips, or never ends, ends with it.
 * @throws when refused, reset, aborted, or when the answer exceeds `maxBytes`.
 */
export function askOverTcp(
  { host, port }: HostPort,
  query: string,
  { signal, maxBytes }: { signal: AbortSignal; maxBytes: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const chunks: Buffer[] = []
    let size = 0
    const socket = connect({ host, port, noDelay: true })
    const onAbort = () =>
      socket.destroy(signal.reason instanceof Error ? signal.reason : new Error('given up'))
    signal.addEventListener('abort', onAbort, { once: true })
    socket.on('connect', () => socket.write(query))
    socket.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) socket.destroy(new Error(`the answer exceeds ${maxBytes} bytes`))
      else chunks.push(chunk)
    })
    socket.on('end', () => resolve(Buffer.concat(chunks)))
    socket.on('error', reject)
    socket.on('close', () => {
      signal.removeEventListener('abort', onAbort)
      reject(new Error('connection closed before the answer ended'))
    })
  })
}
