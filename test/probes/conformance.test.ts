import { setTimeout as delay } from 'node:timers/promises'
import { dasProbe } from '../../src/probes/das.ts'
import { dnsProbe } from '../../src/probes/dns.ts'
import { type EppCheck, eppCheckProbe } from '../../src/probes/epp-check.ts'
import { rdapProbe } from '../../src/probes/rdap.ts'
import { whoisProbe } from '../../src/probes/whois.ts'
import { type ProbeBench, probeConformance } from '../support/probe-conformance.ts'

const GTLD = ['registered', 'redemption', 'pendingRestore', 'pendingDelete'] as const

probeConformance({
  source: 'rdap',
  connect: rdapProbe,
  extensions: ['com', 'net', 'org', 'info', 'biz', 'fr'],
  held: 'registered',
  free: 'absent',
  stages: { com: GTLD, org: GTLD, info: GTLD, biz: GTLD, fr: ['registered', 'redemption'] },
  faults: ['cut', 'garbled', 'throttled'],
})

probeConformance({
  source: 'whois',
  connect: whoisProbe,
  extensions: ['com', 'net', 'org', 'biz', 'fr', 'eu', 'be'],
  held: 'registered',
  free: 'absent',
  stages: {
    net: GTLD,
    org: GTLD,
    biz: GTLD,
    fr: ['registered', 'redemption'],
    eu: ['registered'],
    be: ['registered', 'quarantine'],
  },
  faults: ['cut', 'garbled', 'throttled'],
})

probeConformance({
  source: 'das',
  connect: dasProbe,
  extensions: ['eu', 'be'],
  held: 'registered',
  free: 'absent',
  stages: {},
  faults: ['cut', 'garbled', 'throttled'],
})

probeConformance({
  source: 'dns',
  connect: dnsProbe,
  extensions: ['com', 'net', 'org', 'info', 'biz', 'fr', 'eu', 'be'],
  held: 'delegated',
  free: 'undelegated',
  stages: {},
  faults: ['cut', 'garbled'],
})

/** A check over the bench's books, with the manners of its servers: what a session of EPP would tell. */
const checkAt =
  (bench: ProbeBench): EppCheck =>
  async (_registry, names, signal) => {
    if (!bench.reachable) return null
    const { faults, latencyMs } = bench.manners()
    if (faults.includes('silent')) await delay(60_000, null, { signal })
    await delay(latencyMs)
    if (faults.includes('cut') || faults.includes('garbled'))
      return { code: null, message: 'connection lost', names: new Map() }
    if (faults.includes('throttled'))
      return { code: 2502, message: 'Session limit exceeded', names: new Map() }
    const told = names.map((name) => {
      const standing = bench.books.standing(name)
      const releaseAt = standing.kind === 'registered' ? standing.domain.availableAt : null
      const available = standing.kind === 'free'
      return [name, { available, reason: available ? null : 'In use', releaseAt }] as const
    })
    return { code: 1000, message: 'Command completed successfully', names: new Map(told) }
  }

probeConformance({
  source: 'epp',
  connect: (bench) => eppCheckProbe({ ...bench, check: checkAt(bench) }),
  extensions: ['com', 'net', 'org', 'info', 'biz', 'fr', 'eu', 'be'],
  held: 'registered',
  free: 'available',
  stages: { eu: ['registered', 'quarantine'], be: ['registered', 'quarantine'] },
  faults: ['cut', 'garbled', 'throttled'],
})
