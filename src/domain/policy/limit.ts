import { inferred, unknown } from './fact.ts'
import type { HostLimit } from './policy.ts'

/** What we allow ourselves where a registry publishes no figure: one request a second, one at a time. */
export const unpublished = (service: string) =>
  unknown<HostLimit>(
    { perSecond: 1, burst: 1, concurrency: 1 },
    `${service}: no figure is published; one request a second is the practice of careful clients`,
  )

/**
 * Commands of an accredited registrar where the registry publishes no figure for them. Sessions and bandwidth are what such
 * registries are known to cap (Verisign in 2001: 250 sessions, 256 kbit/s), of which this is a small part.
 */
export const unpublishedEpp = (registry: string) =>
  unknown<HostLimit>(
    { perSecond: 4, burst: 4, concurrency: 2 },
    `${registry} EPP: no figure for commands is published; four a second is a cautious guess`,
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
