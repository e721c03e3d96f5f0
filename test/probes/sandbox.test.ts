import { describe, expect, it } from 'vitest'
import { type DomainName, type Extension, extensionOf } from '../../src/domain/name.ts'
import type { Observation, Probe } from '../../src/domain/observation.ts'
import { phaseOf } from '../../src/domain/phase.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import { dasProbe } from '../../src/probes/das.ts'
import { dnsProbe } from '../../src/probes/dns.ts'
import { rdapProbe } from '../../src/probes/rdap.ts'
import { whoisProbe } from '../../src/probes/whois.ts'
import type { ListedNames } from '../../src/sandbox/ready.ts'
import { openSandbox } from '../support/sandbox.ts'
import { testPermits } from '../support/test-permits.ts'

/** What each source says of a name, in one word; silence of sources that an extension lacks is left out. */
async function lookEverywhere(probes: Record<string, Probe>, name: DomainName) {
  const signal = AbortSignal.timeout(10_000)
  const seen = await Promise.all(Object.values(probes).map((probe) => probe(name, signal)))
  return Object.fromEntries(seen.map((observation) => [observation.source, wordFor(observation)]))
}

function wordFor(seen: Observation): string {
  if (seen.kind !== 'registered') return seen.kind
  return phaseOf(seen.registration, policyFor(extensionOf(seen.name) as Extension))
}

describe('the registries in a box', () => {
  it('are read right by every source, for every name they list', async () => {
    const { ready, clock } = await openSandbox()
    const here = (port: number) => ({ host: '127.0.0.1', port })
    const deps = {
      permits: testPermits(),
      clock,
      random: () => 0,
      endpoints: {
        rdapBootstrap: ready.bootstrap,
        allowPrivate: true,
        whois: () => here(ready.whois),
        das: (extension: Extension) => (policyFor(extension).das ? here(ready.das) : null),
        dns: () => [here(ready.dns)],
      },
    }
    const probes = {
      rdap: rdapProbe(deps),
      whois: whoisProbe(deps),
      das: dasProbe(deps),
      dns: dnsProbe(deps),
    }
    for (const state of Object.keys(ready.names) as (keyof ListedNames)[]) {
      for (const name of ready.names[state]) {
        const told = await lookEverywhere(probes, name)
        const extension = extensionOf(name) as Extension
        expect(told, `${state} ${name}`).toMatchObject(expected(state, extension))
      }
    }
  })
})

/** What must be told at least; DAS knows no stages, and a .eu name shows none in WHOIS. */
function expected(state: keyof ListedNames, extension: Extension): Record<string, string> {
  const hasRdap = extension !== 'eu' && extension !== 'be'
  const hasWhois = extension !== 'info'
  switch (state) {
    case 'free':
      return {
        dns: 'undelegated',
        ...(hasRdap ? { rdap: 'absent' } : { das: 'absent' }),
        ...(hasWhois && { whois: 'absent' }),
      }
    case 'active':
      return {
        ...(hasRdap ? { rdap: 'active' } : { das: 'active' }),
        ...(hasWhois && { whois: 'active' }),
      }
    case 'redemption':
    case 'pendingDelete':
      return { dns: 'undelegated', rdap: state, ...(hasWhois && { whois: state }) }
    case 'quarantine':
      return { dns: 'undelegated', ...(extension === 'be' && { whois: 'quarantine' }) }
    case 'reserved':
      return { dns: 'undelegated', ...(hasRdap ? { rdap: 'absent' } : {}) }
  }
}
