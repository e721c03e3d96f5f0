import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Anchor, AnchoredClock } from '../clock.ts'

/** Answers a request for the clock and says so; false leaves it to others. */
export type ClockRoutes = (request: IncomingMessage, response: ServerResponse) => boolean

/**
 * The sandbox's clock over HTTP: `GET /clock` gives its anchor as JSON, `GET /clock/stream` a stream of anchors
 * (server-sent events), the present one at once and one more at each move.
 */
export function clockRoutes(clock: AnchoredClock): ClockRoutes {
  return (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://sandbox')
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
    response.on('close', clock.onMove(send))
    return true
  }
}
