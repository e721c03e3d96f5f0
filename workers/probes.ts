import type { Lines } from '../src/capture/lines.ts'
import type { Probe, Source } from '../src/domain/observation.ts'
import { dasProbe } from '../src/probes/das.ts'
import { dnsProbe } from '../src/probes/dns.ts'
import { eppCheckProbe } from '../src/probes/epp-check.ts'
import { rdapProbe } from '../src/probes/rdap.ts'
import { whoisProbe } from '../src/probes/whois.ts'
import { storePermits } from '../src/store/permits.ts'
import type { Installation } from './installation.ts'

/** Every way of looking, under the permits that all processes share. */
export function openProbes({ db, registries }: Installation, lines: Lines): Record<Source, Probe> {
  const { clock, endpoints, channel } = registries
  const deps = { permits: storePermits(db), clock, random: Math.random, endpoints }
  return {
    rdap: rdapProbe(deps),
    whois: whoisProbe(deps),
    das: dasProbe(deps),
    dns: dnsProbe(deps),
    epp: eppCheckProbe({
      ...deps,
      async check(registry, names, signal) {
        if (channel.accreditation(registry) === null) return null
        const { line, giveBack } = await lines.borrow(registry, signal)
        try {
          return await line.check(names)
        } finally {
          giveBack()
        }
      },
    }),
  }
}
