import { systemClock } from '../clock.ts'
import type { Probe } from '../domain/observation.ts'
import { type Answer, undetermined } from './answer.ts'
import { openBootstrap } from './bootstrap.ts'
import type { Endpoints } from './endpoints.ts'
import { type HttpAnswer, httpGet } from './http-get.ts'
import { type ProbeDeps, pacedProbe, type Question, type Send } from './paced-probe.ts'
import { decodeRdap } from './rdap-decode.ts'

/** A domain object has some ten kilobytes; RFC 9083 sets no bound. */
const MOST_BYTES = 512 * 1024
/** The IANA file has about 100 kilobytes. */
const MOST_BOOTSTRAP_BYTES = 4 * 1024 * 1024
const MOST_REDIRECTS = 3
/** The file is one for all extensions and kept for hours. */
const BOOTSTRAP_LIMIT = { perSecond: 0.1, burst: 3, concurrency: 1 }
/** RFC 7480 section 4.2. */
const ACCEPT = { accept: 'application/rdap+json, application/json;q=0.9' }

/** `base` and `domain/NAME` with exactly one slash between: a doubled one is answered 404 by some servers. */
export const rdapUrl = (base: string, name: string): URL =>
  new URL(`${base.replace(/\/+$/, '')}/domain/${encodeURIComponent(name)}`)

/**
 * Looks a name up by RDAP (RFC 7480, 9082, 9083) at the registry that the bootstrap file (RFC 9224) names, or that the
 * policy names where there is no bootstrap file. An extension without a server is `undetermined`, never free.
 */
export function rdapProbe({ endpoints, ...deps }: ProbeDeps & { endpoints: Endpoints }): Probe {
  const { rdapBase, rdapBootstrap, allowPrivate } = endpoints
  const bootstrap = rdapBootstrap
    ? openBootstrap(async (headers) => {
        const signal = AbortSignal.timeout(deps.timeoutMs ?? 10_000)
        const wait = { maxWaitMs: deps.maxWaitMs ?? 5_000, signal }
        const permit = await deps.permits.take('rdap:bootstrap', BOOTSTRAP_LIMIT, wait)
        if (!permit.granted) throw new Error(permit.reason)
        const options = { signal, headers, maxBytes: MOST_BOOTSTRAP_BYTES, allowPrivate }
        return httpGet(new URL(rdapBootstrap), options)
      }, deps.clock)
    : null

  return pacedProbe('rdap', deps, async ({ name, policy, send }: Question): Promise<Answer> => {
    const known = () => (bootstrap ? bootstrap.baseOf(name) : (policy?.rdap?.value ?? null))
    const base = rdapBase ?? (await known())
    if (!base) return undetermined('no RDAP server is known for the extension')
    const answer = await follow(rdapUrl(base, name), send, allowPrivate)
    if ('because' in answer) return answer
    return decodeRdap(
      {
        status: answer.status,
        headers: { retryAfter: answer.headers['retry-after'], date: answer.headers.date },
        body: answer.body,
      },
      { asked: name, authoritative: isUnder(answer.url, base), now: systemClock.now() },
    )
  })
}

/** Redirects are followed a few steps, each with its own permit, and never from https to http (RFC 7480 section 5.2). */
async function follow(start: URL, send: Send, allowPrivate: boolean): Promise<HttpAnswer | Answer> {
  let url = start
  for (let step = 0; step <= MOST_REDIRECTS; step++) {
    const answer = await send((signal) =>
      httpGet(url, { signal, headers: ACCEPT, maxBytes: MOST_BYTES, allowPrivate }),
    )
    const { location } = answer.headers
    if (![301, 302, 303, 307, 308].includes(answer.status) || !location) return answer
    if (!URL.canParse(location, url.href))
      return undetermined('redirected to an address that is none')
    const next = new URL(location, url)
    if (url.protocol === 'https:' && next.protocol !== 'https:')
      return undetermined(`redirected from https to ${next.protocol}//${next.host}`)
    url = next
  }
  return undetermined(`redirected more than ${MOST_REDIRECTS} times`)
}

/** Whether the answer came from the base the bootstrap file names, not from where a redirect led. */
function isUnder(url: URL, base: string): boolean {
  const { origin, pathname } = new URL(`${base.replace(/\/+$/, '')}/`)
  return url.origin === origin && url.pathname.startsWith(pathname)
}
