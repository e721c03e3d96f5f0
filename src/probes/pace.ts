import type { HostLimit } from '../domain/policy/policy.ts'

/** Leave to send one request to a host, shared by every process of this installation. */
export type Permits = {
  /**
   * Reserves the next free place of a host and waits for it.
   * @param host permit key, `source:registry`, such as `rdap:verisign`.
   * @returns `paused` when the host pauses for everybody or the wait would exceed `maxWaitMs`; nothing is then reserved.
   */
  take(
    host: string,
    limit: HostLimit,
    options: { maxWaitMs: number; signal: AbortSignal },
  ): Promise<{ granted: true } | { granted: false; retryAt: Date; reason: string }>
  /** Pauses a host for everybody; a longer pause is never shortened. */
  pause(host: string, until: Date, reason: string): Promise<void>
}
