import { resolve4, resolveNs } from 'node:dns/promises'
import { EXTENSIONS, type Extension } from '../src/domain/name.ts'
import type { Log } from '../src/log.ts'
import type { HostPort } from '../src/probes/endpoints.ts'

const REFRESH_MS = 6 * 3_600_000
const RETRY_MS = 60_000

/** The authoritative servers of our zones, found by the host's resolver and looked up again now and then. */
export type ZoneServers = { of(extension: Extension): readonly HostPort[]; close(): void }

/** Starts looking up; a zone whose servers are not known yet has none, and DNS glances of it tell nothing. */
export function findZoneServers(log: Log): ZoneServers {
  const servers = new Map<Extension, readonly HostPort[]>()
  const timers = new Map<Extension, NodeJS.Timeout>()
  const lookUp = async (extension: Extension): Promise<void> => {
    try {
      const hosts = await resolveNs(extension)
      const addresses = await Promise.allSettled(hosts.map((host) => resolve4(host)))
      const found = addresses.flatMap((a) => (a.status === 'fulfilled' ? a.value : []))
      servers.set(
        extension,
        found.map((host) => ({ host, port: 53 })),
      )
    } catch (fault) {
      log.warn({ extension, err: fault }, 'name servers of the zone not found')
    }
    const again = servers.get(extension)?.length ? REFRESH_MS : RETRY_MS
    timers.set(extension, setTimeout(() => void lookUp(extension), again).unref())
  }
  for (const extension of EXTENSIONS) void lookUp(extension)
  return {
    of: (extension) => servers.get(extension) ?? [],
    close: () => {
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
