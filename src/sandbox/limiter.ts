import type { Manners } from './manners.ts'

/** Clients remembered at most; the stalest are forgotten first, so that strangers cannot fill the memory. */
const MOST_CLIENTS = 10_000

/**
 * Sliding window per client: `burst` requests within any `burst / perSecond` seconds. Runs on the host's own clock, since
 * limits are never scaled by the sandbox's leaps.
 */
export class Limiter {
  readonly #limit: Manners['limit']
  readonly #wall: () => number
  readonly #seen = new Map<string, number[]>()

  constructor(limit: Manners['limit'], wall: () => number = Date.now) {
    this.#limit = limit
    this.#wall = wall
  }

  /**
   * Takes one request of a client. A refused one does not count.
   * @returns 0 when it is within the limit, else real milliseconds until one would be.
   */
  take(client: string): number {
    if (!this.#limit) return 0
    const { perSecond, burst } = this.#limit
    const windowMs = (burst / perSecond) * 1000
    const now = this.#wall()
    const recent = (this.#seen.get(client) ?? []).filter((at) => at > now - windowMs)
    this.#seen.delete(client)
    this.#seen.set(client, recent)
    const stalest = this.#seen.keys().next().value
    if (this.#seen.size > MOST_CLIENTS && stalest !== undefined) this.#seen.delete(stalest)
    const oldest = recent[0]
    if (recent.length >= burst && oldest !== undefined) return Math.ceil(oldest + windowMs - now)
    recent.push(now)
    return 0
  }
}
