import { type Clock, systemClock } from '../clock.ts'
import { type DomainName, type Extension, extensionOf } from '../domain/name.ts'
import type { Finding, Observation, Probe, Source } from '../domain/observation.ts'
import type { Permits } from '../domain/permits.ts'
import { policyFor } from '../domain/policy/policies.ts'
import type { HostLimit, Policy } from '../domain/policy/policy.ts'
import type { Answer } from './answer.ts'

/*
 * A probe is one way of looking at a name: DNS, RDAP, WHOIS, DAS or an EPP check. Each says how to ask; its reader, beside
 * it, says what an answer means, and serves `vigie read` as well. Here is what they share: a permit before each request,
 * a deadline on each answer, a pause for everybody when a host throttles, and an observation whatever happens.
 */

/** What every probe is given. */
export type ProbeDeps = {
  permits: Permits
  /** The clock of observations. Permits, pauses and deadlines live in real time: they are never scaled. */
  clock: Clock
  /** In [0, 1): spreads the retries of several processes and installations. */
  random: () => number
  /** Longest wait for a permit. Default: 5 s. */
  maxWaitMs?: number
  /** Longest wait for one answer once the permit is there. Default: 10 s. */
  timeoutMs?: number
}

/** Takes a permit of the host, then makes one exchange under a deadline. */
export type Send = <T>(exchange: (signal: AbortSignal) => Promise<T>) => Promise<T>

/** One name and the way to ask for it. */
export type Question = {
  name: DomainName
  extension: Extension | null
  policy: Policy | null
  send: Send
}

/** Where nothing is known of a host's limit: one request a second. */
const CAUTIOUS: HostLimit = { perSecond: 1, burst: 1, concurrency: 1 }
const FIRST_PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 3_600_000
/** A server's own word is believed up to a day. */
const LONGEST_WISH_MS = 86_400_000

/** The permit was denied: nothing was sent. */
class Denied extends Error {
  readonly retryAt: Date
  constructor(retryAt: Date, reason: string) {
    super(reason)
    this.retryAt = retryAt
  }
}

/**
 * Makes a probe of a way to ask. It takes a permit for every request, gives each a deadline, pauses the host for
 * everybody when it is throttled, and turns every fault into an observation.
 * @param ask answers for one name; may throw whatever the network throws.
 */
export function pacedProbe(
  source: Source,
  deps: ProbeDeps,
  ask: (question: Question) => Promise<Answer>,
): Probe {
  const { permits, clock, random, maxWaitMs = 5_000, timeoutMs = 10_000 } = deps
  /** Throttled answers in a row, by host. */
  const refusals = new Map<string, number>()

  const pauseFor = (host: string, wishMs: number | null) => {
    const before = refusals.get(host) ?? 0
    refusals.set(host, before + 1)
    if (wishMs !== null) return Math.min(Math.max(wishMs, 1_000), LONGEST_WISH_MS)
    const ceiling = Math.min(FIRST_PAUSE_MS * 2 ** before, LONGEST_PAUSE_MS)
    return Math.round(ceiling * (0.5 + random() / 2))
  }

  return async (name, signal) => {
    const extension = extensionOf(name)
    const policy = extension ? policyFor(extension) : null
    const host = `${source}:${policy?.registry ?? name.slice(name.lastIndexOf('.') + 1)}`
    let startedAt = performance.now()
    let timing = false

    const send: Send = async (exchange) => {
      const limit = policy?.limits[source]?.value ?? CAUTIOUS
      const permit = await permits.take(host, limit, { maxWaitMs, signal })
      if (!permit.granted) throw new Denied(permit.retryAt, permit.reason)
      if (!timing) startedAt = performance.now()
      timing = true
      const deadline = AbortSignal.timeout(timeoutMs)
      const both = AbortSignal.any([signal, deadline])
      return exchange(both)
    }

    const observe = (finding: Finding): Observation => ({
      name,
      source,
      host,
      at: clock.now(),
      tookMs: Math.round(performance.now() - startedAt),
      ...finding,
    })

    try {
      const answer = await ask({ name, extension, policy, send })
      if (answer.kind !== 'throttled') {
        if (answer.kind !== 'undetermined') refusals.delete(host)
        return observe(findingOf(answer))
      }
      const pauseMs = pauseFor(host, answer.retryAfterMs)
      const until = new Date(systemClock.now().getTime() + pauseMs)
      await permits.pause(host, until, answer.because).catch(() => undefined)
      const retryAt = new Date(clock.now().getTime() + pauseMs)
      return observe({ kind: 'throttled', retryAt, reason: answer.because })
    } catch (error) {
      if (!(error instanceof Denied)) {
        return observe({ kind: 'undetermined', reason: faultOf(error) })
      }
      const waitMs = Math.max(0, error.retryAt.getTime() - systemClock.now().getTime())
      const retryAt = new Date(clock.now().getTime() + waitMs)
      return observe({ kind: 'throttled', retryAt, reason: error.message })
    }
  }
}

/** The finding of an answer, without what only readers of recordings want. */
function findingOf(answer: Exclude<Answer, { kind: 'throttled' }>): Finding {
  switch (answer.kind) {
    case 'registered':
      return { kind: 'registered', registration: answer.registration }
    case 'reserved':
      return { kind: 'reserved', as: answer.as, reason: answer.reason }
    case 'invalid':
    case 'undetermined':
      return { kind: answer.kind, reason: answer.because }
    default:
      return { kind: answer.kind }
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  ETIMEDOUT: 'no answer in time',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name not found for now',
  EHOSTUNREACH: 'host unreachable',
  ENETUNREACH: 'network unreachable',
}

/** A network fault in words. */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer in time'
  if (error.name === 'AbortError') return 'given up before the answer came'
  const code = 'code' in error ? String(error.code) : ''
  return WORDS[code] ?? error.message
}
