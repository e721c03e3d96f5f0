import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Anchor, AnchoredClock } from '../clock.ts'

/** A stream that is silent for five minutes is taken for dead by Node's own fetch. */
const HEARTBEAT_MS = 25_000

/** Answers a request and says so; false leaves it to others. */
export type Routes = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * The sandbox's clock over HTTP: `GET /clock` gives its anchor as JSON, `GET /clock/stream` a stream of anchors
 * (server-sent events), the present one at once and one more at each move.
 */
export function clockRoutes(clock: AnchoredClock): Routes {
  return (request, response) => {
    const [pathname] = (request.url ?? '').split('?')
    if (pathname !== '/clock' && pathname !== '/clock/stream') return false
    if (request.method !== 'GET') {
      response.writeHead(405, { allow: 'GET' }).end()
      return true
    }
    const headers = { 'cache-control': 'no-store' }
    if (pathname === '/clock') {
      const body = JSON.stringify(clock.anchor)
      response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(body)
      return true
    }
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' })
    const send = (anchor: Anchor) => response.write(`data: ${JSON.stringify(anchor)}\n\n`)
    send(clock.anchor)
    const unlisten = clock.onMove(send)
    const beat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS)
    response.on('close', () => {
      unlisten()
      clearInterval(beat)
    })
    return true
  }
}

/**
 * One RDAP base for all the TLDs, for those who ask without the bootstrap file: `/domain/NAME` is led to the base of the
 * name's own TLD. A slash too many before it, as joining two texts makes it, does no harm.
 */
export const leadToTld: Routes = (request) => {
  const path = (request.url ?? '').replace(/^\/+/, '')
  const tld = /^domain\/[^/?]*?([a-z]+)\.?(?:\?|$)/i.exec(path)?.[1]
  if (tld) request.url = `/${tld.toLowerCase()}/v1/${path}`
  return false
}
