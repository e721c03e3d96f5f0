import { systemClock } from '../../src/clock.ts'
import type { Config } from '../../src/config.ts'
import { type DomainName, extensionOf } from '../../src/domain/name.ts'
import type { Probe, Source } from '../../src/domain/observation.ts'
import type { Permits } from '../../src/domain/permits.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import { openLog } from '../../src/log.ts'
import { dasProbe } from '../../src/probes/das.ts'
import { dnsProbe } from '../../src/probes/dns.ts'
import type { Endpoints, HostPort } from '../../src/probes/endpoints.ts'
import { eppCheckProbe } from '../../src/probes/epp-check.ts'
import { rdapProbe } from '../../src/probes/rdap.ts'
import { whoisProbe } from '../../src/probes/whois.ts'
import { openDatabase } from '../../src/store/connect.ts'
import { storePermits } from '../../src/store/permits.ts'
import { openRegistries, type Registries } from '../registries.ts'
import { Failure, WrongUsage } from './failure.ts'
import { configHere, type Found, findInstallation } from './here.ts'
import { memoryPermits } from './memory-permits.ts'
import { printJson } from './output.ts'
import { zoneKnown } from './zone-wait.ts'

export type ProbeOptions = {
  source?: Source[]
  rdapBase?: string
  whoisServer?: HostPort
  dasServer?: HostPort
  dnsServer?: HostPort
}

/**
 * Looks at names now, by every source that is asked for, and prints each observation. Servers named on the command line
 * are asked under permits of this process; all others under the installation's, where one runs.
 * @throws Failure when a look brought no answer.
 */
export async function runProbe(names: readonly DomainName[], options: ProbeOptions): Promise<void> {
  const named = namedSources(options)
  const wanted = options.source ?? (named.length > 0 ? named : null)
  const unknown = (wanted ?? []).filter((source) => !named.includes(source))
  const world = wanted && unknown.length === 0 ? null : await openWorld(configHere())
  try {
    const probes = openProbes(options, named, world)
    let silent = 0
    for (const name of names)
      for (const source of wanted ?? sourcesOf(name, world!.registries.endpoints)) {
        if (source === 'dns' && world && !options.dnsServer)
          await zoneKnown(name, world.registries.endpoints)
        const observation = await probes[source](name, new AbortController().signal)
        await printJson(observation)
        if (observation.kind === 'throttled' || observation.kind === 'undetermined') silent++
      }
    if (silent > 0)
      throw new Failure(`${silent} ${silent === 1 ? 'look' : 'looks'} brought no answer.`)
  } finally {
    await world?.close()
  }
}

/** The registries as this installation reaches them. */
type World = { registries: Registries; permits: Permits; close(): Promise<void> }

async function openWorld(config: Config): Promise<World> {
  const found = await findInstallation(config)
  const registries = await openRegistries(config, openLog('silent')).catch((fault: unknown) => {
    throw found || config.registries === 'live' ? fault : new WrongUsage(NOWHERE)
  })
  const { permits, close } = openPermits(found)
  return {
    registries,
    permits,
    async close() {
      registries.close()
      await close()
    },
  }
}

const NOWHERE =
  'Vigie is not running here, so there is no sandbox to look at: start it with npm start, name a server such as ' +
  '--rdap-base URL, or set VIGIE_REGISTRIES=live to look at the real registries.'

function openPermits(found: Found | null): { permits: Permits; close(): Promise<void> } {
  if (!found) return { permits: memoryPermits(), close: async () => {} }
  const database = openDatabase(found.databaseUrl, { max: 1 })
  return { permits: storePermits(database.db), close: database.close }
}

function openProbes(
  options: ProbeOptions,
  named: readonly Source[],
  world: World | null,
): Record<Source, Probe> {
  const own = memoryPermits()
  const clock = world?.registries.clock ?? systemClock
  const deps = (source: Source) => {
    const permits = named.includes(source) ? own : (world?.permits ?? own)
    return { permits, clock, random: Math.random, endpoints: endpointsOf(options, world) }
  }
  return {
    rdap: rdapProbe(deps('rdap')),
    whois: whoisProbe(deps('whois')),
    das: dasProbe(deps('das')),
    dns: dnsProbe(deps('dns')),
    epp: eppCheckProbe({
      ...deps('epp'),
      async check(registry, asked, signal) {
        const channel = world?.registries.channel
        if (!channel || channel.accreditation(registry) === null) return null
        const line = await channel.open(registry, signal)
        return line.check(asked).finally(() => line.close())
      },
    }),
  }
}

/** What somebody typed is asked wherever it is; all else as the installation has it. */
function endpointsOf(
  { rdapBase, whoisServer, dasServer, dnsServer }: ProbeOptions,
  world: World | null,
): Endpoints {
  const known = world?.registries.endpoints
  return {
    rdapBootstrap: known?.rdapBootstrap ?? null,
    ...(rdapBase !== undefined && { rdapBase }),
    allowPrivate: rdapBase !== undefined || (known?.allowPrivate ?? false),
    whois: (extension) => whoisServer ?? known?.whois(extension) ?? null,
    das: (extension) => dasServer ?? known?.das(extension) ?? null,
    dns: (extension) => (dnsServer ? [dnsServer] : (known?.dns(extension) ?? [])),
  }
}

function namedSources({ rdapBase, whoisServer, dasServer, dnsServer }: ProbeOptions): Source[] {
  const servers = { rdap: rdapBase, whois: whoisServer, das: dasServer, dns: dnsServer }
  return (['rdap', 'whois', 'das', 'dns'] as const).filter((source) => servers[source])
}

/** DNS and what the registry's policy asks in its order, as far as there is a way; EPP takes a session, so it is asked for by name. */
function sourcesOf(name: DomainName, endpoints: Endpoints): Source[] {
  const extension = extensionOf(name)
  if (!extension) return ['rdap']
  const way: Record<Source, boolean> = {
    dns: true,
    rdap: policyFor(extension).rdap !== null,
    whois: endpoints.whois(extension) !== null,
    das: endpoints.das(extension) !== null,
    epp: false,
  }
  return (['dns', ...policyFor(extension).sources] as const).filter((source) => way[source])
}
