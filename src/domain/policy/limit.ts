import { inferred, unknown } from './fact.ts'
import type { HostLimit } from './policy.ts'

/** What we allow ourselves where a registry publishes no figure: one request a second, one at a time. */
export const unpublished = (service: string) =>
  unknown<HostLimit>(
    { perSecond: 1, burst: 1, concurrency: 1 },
    `${service}: no figure is published; one request a second is the practice of careful clients`,
  )

/** A registry's own figure, kept a twentieth below so that a sliding window of any start stays within it. */
export const within = (requests: number, seconds: number): HostLimit => ({
  perSecond: Math.floor((requests / seconds) * 950) / 1000,
  burst: 1,
  concurrency: 1,
})

/** The TLD's own name servers. */
export const ZONE_SERVERS = inferred<HostLimit>(
  { perSecond: 5, burst: 5, concurrency: 5 },
  'name servers that limit answers commonly start at 5 identical ones a second for a network; no registry publishes a figure',
)
