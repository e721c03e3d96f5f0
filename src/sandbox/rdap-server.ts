import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { type Clock, systemClock } from '../clock.ts'
import { EXTENSIONS, type Extension } from '../domain/name.ts'
import type { Registry } from '../domain/policy/policy.ts'
import type { Log } from '../log.ts'
import type { PublicBooks } from './asked.ts'
import { lookUp } from './asked.ts'
import { listen } from './listen.ts'
import type { Manners } from './manners.ts'
import { rdapDomain, rdapError, rdapHelp } from './rdap-object.ts'
import { FAULT_WAIT_MS, garble, limitersOf, SLOW_MS } from './text-server.ts'

export type RdapServerDeps = {
  books: PublicBooks
  clock: Clock
  manners: (registry: Registry) => Manners
  log: Log
  /** The port of the last start, taken again while it is free. */
  port?: number | undefined
  /** Answers paths that are no RDAP, such as the sandbox's clock; called first. True when it did. */
  extra: (request: IncomingMessage, response: ServerResponse) => boolean
}

/** .eu and .be have no RDAP, and so no entry in the bootstrap file. */
const SERVED: readonly Extension[] = EXTENSIONS.filter((e) => e !== 'eu' && e !== 'be')
/** How far a skewed clock is off. */
const SKEW_MS = 7 * 60_000

type Reply = { status: number; body: string; headers: Record<string, string> }
const json = (status: number, body: object | null): Reply => ({
  status,
  body: body ? JSON.stringify(body) : '',
  headers: { 'content-type': 'application/rdap+json' },
})

/**
 * RDAP of all the registries that have it (RFC 7480, 9082, 9083), one base a TLD, and the bootstrap file (RFC 9224) that
 * points at them.
 * @returns the origin, without a slash at its end.
 */
export async function serveRdap(
  deps: RdapServerDeps,
): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const { books, manners, log, extra } = deps
  const closing = new AbortController()
  const limiters = limitersOf(manners)
  let origin = ''

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (extra(request, response)) return
    const { pathname } = new URL(request.url ?? '/', origin)
    if (pathname === '/bootstrap.json') return send(response, bootstrapFile(origin))
    const [, tld = '', version, ...path] = pathname.split('/')
    const extension = SERVED.find((e) => e === tld)
    if (!extension || version !== 'v1')
      return send(response, json(404, rdapError(404, 'Not Found', 'No such service.')))
    const registry = books.policyOf(extension).registry
    const { faults, latencyMs } = manners(registry)
    if (faults.includes('silent')) return
    const waitMs = limiters(registry).take(request.socket.remoteAddress ?? '')
    const refused = waitMs > 0 || faults.includes('throttled')
    const reply = refused
      ? tooMany(waitMs || FAULT_WAIT_MS)
      : answerPath(deps, `${origin}${pathname}`, extension, path, request.method ?? 'GET')
    const waits = latencyMs + (faults.includes('slow') ? SLOW_MS : 0)
    await delay(waits, null, { signal: closing.signal })
    send(response, reply, faults)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (!closing.signal.aborted) log.warn({ error }, 'RDAP request failed')
      response.destroy()
    })
  })
  const port = await listen(server, deps.port)
  origin = `http://127.0.0.1:${port}`
  return {
    url: origin,
    port,
    close: () => {
      closing.abort()
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function send(
  response: ServerResponse,
  { status, body, headers }: Reply,
  faults: Manners['faults'] = [],
): void {
  const skewed = faults.includes('skewed-clock')
  const date = skewed ? { date: new Date(systemClock.now().getTime() - SKEW_MS).toUTCString() } : {}
  const bytes = faults.includes('garbled') ? garble(Buffer.from(body)) : Buffer.from(body)
  response.writeHead(status, { ...headers, ...date, 'content-length': bytes.length })
  if (!faults.includes('cut')) response.end(bytes)
  else response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy())
}

const tooMany = (waitMs: number): Reply => {
  const reply = json(429, rdapError(429, 'Too Many Requests', 'Slow down.'))
  return {
    ...reply,
    headers: { ...reply.headers, 'retry-after': String(Math.ceil(waitMs / 1_000)) },
  }
}

const bootstrapFile = (origin: string): Reply => ({
  ...json(200, {
    version: '1.0',
    publication: '2026-01-01T00:00:00Z',
    description: 'RDAP bootstrap file of the sandbox',
    services: SERVED.map((tld) => [[tld], [`${origin}/${tld}/v1/`]]),
  }),
  headers: { 'content-type': 'application/json', 'cache-control': 'max-age=86400' },
})

/** What one path below a registry's base is answered (RFC 9082 section 3). */
function answerPath(
  { books, clock, manners }: RdapServerDeps,
  self: string,
  extension: Extension,
  path: readonly string[],
  method: string,
): Reply {
  if (method !== 'GET' && method !== 'HEAD')
    return json(405, rdapError(405, 'Method Not Allowed', 'Only GET and HEAD are answered.'))
  const [kind, text, ...more] = path
  if (kind === 'help' && text === undefined) return json(200, rdapHelp())
  if (kind !== 'domain' || !text || more.length > 0)
    return json(404, rdapError(404, 'Not Found', 'The path is no query that is answered here.'))
  const { faults } = manners(books.policyOf(extension).registry)
  const asked = decoded(text)
  const { standing, name } = lookUp(books, asked, extension, faults.includes('lying-404'))
  if (standing.kind === 'invalid')
    return json(400, rdapError(400, 'Bad Request', `Invalid domain name: ${standing.reason}`))
  if (standing.kind !== 'registered') return notFound(extension, name ?? asked)
  const skewMs = faults.includes('skewed-clock') ? -SKEW_MS : 0
  const at = new Date(clock.now().getTime() + skewMs)
  return json(200, rdapDomain(books, standing.domain, self, at))
}

/** Free, reserved and in the Dropzone look the same here, each registry in its own form of 404. */
function notFound(extension: Extension, name: string): Reply {
  switch (extension) {
    case 'com':
    case 'net':
      return json(404, null)
    case 'fr':
      return {
        ...json(404, {
          errors: [
            {
              errorCode: 'NOT_FOUND_DOMAIN_NAME_WITH_NAME',
              errorMessage: `Domain name ${name} not found`,
            },
          ],
        }),
        headers: { 'content-type': 'application/json' },
      }
    default:
      return json(404, rdapError(404, 'Object not found', `${name} is not in the registry.`))
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
