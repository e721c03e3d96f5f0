import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Clock } from '../../src/clock.ts'
import { type DomainName, type Extension, extensionOf } from '../../src/domain/name.ts'
import type { Observation, Probe } from '../../src/domain/observation.ts'
import { phaseOf } from '../../src/domain/phase.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import type { Endpoints } from '../../src/probes/endpoints.ts'
import type { ProbeDeps } from '../../src/probes/paced-probe.ts'
import { serveDas } from '../../src/sandbox/das-server.ts'
import { serveDns } from '../../src/sandbox/dns-server.ts'
import { type Fault, type Manners, openManners } from '../../src/sandbox/manners.ts'
import { serveRdap } from '../../src/sandbox/rdap-server.ts'
import type { SandboxDomain } from '../../src/sandbox/registry.ts'
import { serveWhois } from '../../src/sandbox/whois-server.ts'
import { heldName, NOW, type TestBooks, testBooks } from './public-books.ts'
import { type TestPermits, testPermits } from './test-permits.ts'

/** The sandbox's public servers over books that a test writes, and what a probe needs to ask them. */
export type ProbeBench = ProbeDeps & {
  books: TestBooks
  permits: TestPermits
  endpoints: Endpoints
  /** Whether there is a way to the servers at all. */
  reachable: boolean
  /** What every server does from now on. */
  behave(change: Partial<Manners>): void
  manners(): Manners
}

export const stoppedClock: Clock = { now: () => NOW, until: async () => undefined }

/** Opens the servers on free ports; they close when the test ends. */
export async function openBench(): Promise<ProbeBench> {
  const books = testBooks()
  let manners = openManners()
  const deps = { books, manners: () => manners, log: pino({ level: 'silent' }) }
  const [rdap, whois, das, dns] = await Promise.all([
    serveRdap({ ...deps, clock: stoppedClock, extra: () => false }),
    serveWhois(deps),
    serveDas(deps),
    serveDns(deps),
  ])
  onTestFinished(async () => {
    await Promise.all([rdap, whois, das, dns].map((server) => server.close()))
  })
  const here = ({ port }: { port: number }) => ({ host: '127.0.0.1', port })
  return {
    books,
    permits: testPermits(),
    clock: stoppedClock,
    random: () => 0.5,
    timeoutMs: 400,
    reachable: true,
    endpoints: {
      rdapBootstrap: `${rdap.url}/bootstrap.json`,
      allowPrivate: true,
      whois: () => here(whois),
      das: (extension) => (policyFor(extension).das ? here(das) : null),
      dns: () => [here(dns)],
    },
    manners: () => manners,
    behave(change) {
      manners = openManners(change)
    },
  }
}

/** What one kind of probe can tell: the differences between them, so that the suite is one. */
export type ProbeTraits = {
  source: Observation['source']
  connect(bench: ProbeBench): Probe
  /** Extensions it has a server for. */
  extensions: readonly Extension[]
  /** Kinds for a held and for a free name. */
  held: Observation['kind']
  free: Observation['kind']
  /** Stages it tells by name, by extension; DNS and DAS tell none. */
  stages: Partial<Record<Extension, readonly SandboxDomain['stage'][]>>
  /** Answers are text that a cut or a scramble can spoil. */
  faults: readonly Fault[]
}

const PHASE = {
  registered: 'active',
  redemption: 'redemption',
  pendingRestore: 'pendingRestore',
  pendingDelete: 'pendingDelete',
  quarantine: 'quarantine',
} as const

/** What every probe must do, against real servers over real sockets. */
export function probeConformance(traits: ProbeTraits): void {
  const { source, connect, extensions, stages } = traits
  const first = extensions[0] as Extension
  const look = (bench: ProbeBench, name: string) =>
    connect(bench)(name as DomainName, new AbortController().signal)

  describe(`the ${source} probe`, () => {
    it.each(extensions)('tells a held .%s name from a free one', async (extension) => {
      const bench = await openBench()
      bench.books.put(`held.${extension}`, heldName(`held.${extension}`))
      expect((await look(bench, `held.${extension}`)).kind).toBe(traits.held)
      expect((await look(bench, `free.${extension}`)).kind).toBe(traits.free)
    })

    for (const [extension, told] of Object.entries(stages)) {
      it.each(told)(`knows the stage of a .${extension} name: %s`, async (stage) => {
        const bench = await openBench()
        const name = `going.${extension}`
        bench.books.put(name, heldName(name, stage))
        const seen = await look(bench, name)
        if (seen.kind !== 'registered') throw new Error(`seen as ${seen.kind}`)
        const policy = policyFor(extensionOf(seen.name) ?? 'com')
        expect(phaseOf(seen.registration, policy)).toBe(PHASE[stage])
      })
    }

    it('takes a permit of the registry for every request and says when and whom it asked', async () => {
      const bench = await openBench()
      const seen = await look(bench, `free.${first}`)
      const host = `${source}:${policyFor(first).registry}`
      expect(bench.permits.taken).toContain(host)
      expect(seen).toMatchObject({ name: `free.${first}`, source, host, at: NOW })
      expect(seen.tookMs).toBeGreaterThanOrEqual(0)
    })

    it('asks nothing without a permit', async () => {
      const bench = await openBench()
      const retryAt = new Date(Date.now() + 60_000)
      await bench.permits.pause(`${source}:${policyFor(first).registry}`, retryAt, 'test')
      const seen = await look(bench, `free.${first}`)
      expect(seen.kind).toBe('throttled')
      expect(bench.permits.taken.filter((host) => host !== 'rdap:bootstrap')).toEqual([])
    })

    it('does not mistake silence for an answer', async () => {
      const bench = await openBench()
      bench.behave({ faults: ['silent'] })
      expect((await look(bench, `free.${first}`)).kind).toBe('undetermined')
    })

    it('gives up when told to, without rejecting', async () => {
      const bench = await openBench()
      bench.behave({ faults: ['silent'] })
      const seen = await connect(bench)(`free.${first}` as DomainName, AbortSignal.abort())
      expect(seen.kind).toBe('undetermined')
    })

    it.each(traits.faults.filter((fault) => fault === 'cut' || fault === 'garbled'))(
      'does not take a held name for a free one when answers are %s',
      async (fault) => {
        const bench = await openBench()
        bench.books.put(`held.${first}`, heldName(`held.${first}`))
        bench.behave({ faults: [fault] })
        const seen = await look(bench, `held.${first}`)
        expect(['undetermined', traits.held]).toContain(seen.kind)
        if (fault === 'garbled') expect(seen.kind).toBe('undetermined')
      },
    )

    it.each(traits.faults.includes('throttled') ? extensions : [])(
      'pauses the host for everybody when .%s throttles',
      async (extension) => {
        const bench = await openBench()
        bench.behave({ faults: ['throttled'] })
        const seen = await look(bench, `free.${extension}`)
        expect(seen.kind).toBe('throttled')
        expect([...bench.permits.paused.keys()]).toEqual([seen.host])
        bench.behave({})
        expect((await look(bench, `free.${extension}`)).kind).toBe('throttled')
      },
    )

    it('never has more than evidence from a server that lies', async () => {
      const bench = await openBench()
      bench.books.put(`held.${first}`, heldName(`held.${first}`))
      bench.behave({ faults: ['lying-404'] })
      expect((await look(bench, `held.${first}`)).kind).not.toBe('available')
    })

    it('waits for a server that takes its time', async () => {
      const bench = await openBench()
      bench.behave({ latencyMs: 60 })
      const seen = await look(bench, `free.${first}`)
      expect(seen.kind).toBe(traits.free)
      expect(seen.tookMs).toBeGreaterThanOrEqual(55)
    })

    it('knows of a server that is not there', async () => {
      const bench = await openBench()
      const seen = await look(nowhere(bench), `free.${first}`)
      expect(seen.kind).toBe('undetermined')
    })
  })
}

/** The same bench, with endpoints where nobody listens. */
function nowhere(bench: ProbeBench): ProbeBench {
  const closed = { host: '127.0.0.1', port: 1 }
  return {
    ...bench,
    reachable: false,
    endpoints: {
      rdapBootstrap: 'http://127.0.0.1:1/bootstrap.json',
      allowPrivate: true,
      whois: () => closed,
      das: () => closed,
      dns: () => [closed],
    },
  }
}
