import type { HostLimit } from './policy/policy.ts'

/** Leave to send one request to a host, shared by every process of this installation. All instants are real time. */
export type Permits = {
  /**
   * Reserves the next free place of a host and waits for it.
   * @returns not granted while the host pauses for everybody, or when its next place is further off than `maxWaitMs`: nothing
   * is then reserved. `retryAt` is in the time of this machine's own clock.
   */
  take(
    host: string,
    limit: HostLimit,
    options: { maxWaitMs: number; signal: AbortSignal },
  ): Promise<{ granted: true } | { granted: false; retryAt: Date; reason: string }>
  /** Pauses a host for everybody until an instant of this machine's own clock; a longer pause is never shortened. */
  pause(host: string, until: Date, reason: string): Promise<void>
}
