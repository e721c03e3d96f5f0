import { AnchoredClock, systemClock } from '../clock.ts'
import type { Label } from '../domain/name.ts'
import { REGISTRIES, type Registry } from '../domain/policy/policy.ts'
import type { Log } from '../log.ts'
import { clockRoutes, leadToTld, type Routes } from './clock-server.ts'
import { serveDas } from './das-server.ts'
import { serveDns } from './dns-server.ts'
import { type Engine, openEngine } from './engine.ts'
import { serveEpp } from './epp-server.ts'
import { keepTime } from './kept-time.ts'
import { startLeaping } from './leaps.ts'
import { serveRdap } from './rdap-server.ts'
import { listNames, type Ready, readReady, writeReady } from './ready.ts'
import { openRecording } from './record.ts'
import { openCertificates } from './tls.ts'
import { serveWhois } from './whois-server.ts'
import type { World } from './world.ts'

export type SandboxOptions = {
  world: World
  /** Where the books, the certificates and the ready line are kept; it must be this sandbox's alone. */
  stateDir: string
  /** False: books and clock begin anew at each start. */
  durable: boolean
  /** Seconds of its clock in a real one, or `leap` (leaps.ts). */
  speed: number | 'leap'
  /** Stories are told for it. */
  label: Label | null
  /** Received EPP frames are written here. */
  recordDir: string | null
  log: Log
}

/** A registry in a box that listens on loopback. */
export type Sandbox = {
  ready: Ready
  engine: Engine
  clock: AnchoredClock
  close(): Promise<void>
}

/**
 * Opens the registries of a world: their books, and every protocol's server on 127.0.0.1. A sandbox that is opened again on the
 * same folder goes on where it was closed, on the same ports while they are free.
 * @throws when the folder's journal cannot be read.
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { world, stateDir, durable, speed, label, recordDir, log } = options
  const wallMs = systemClock.now().getTime()
  const clock = new AnchoredClock({ wallMs, atMs: wallMs, speed: speed === 'leap' ? 1 : speed })
  const { ca, ...tls } = await openCertificates(stateDir)
  const engine = await openEngine({ world, stateDir: durable ? stateDir : null, clock, log })
  const closers: (() => void | Promise<void>)[] = [() => engine.close()]
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    if (durable) closers.push(keepTime(stateDir, clock).close)
    const record = recordDir === null ? null : openRecording(recordDir)
    // Where it listened before: whoever talks to it need not notice a restart.
    const last = durable ? readReady(stateDir) : null
    const keep = <T extends { close(): Promise<void> }>(server: T): T => {
      closers.push(() => server.close())
      return server
    }
    const epp = {} as Record<Registry, number>
    for (const registry of REGISTRIES) {
      const { epp: manners } = world.registries[registry]
      const given = {
        books: engine,
        registry,
        tls,
        manners,
        clock,
        record,
        log,
        port: last?.epp[registry],
      }
      epp[registry] = keep(await serveEpp(given)).port
    }
    const served = (protocol: 'rdap' | 'whois' | 'das' | 'dns', port: number | undefined) => ({
      books: engine,
      manners: (registry: Registry) => world.registries[registry][protocol],
      log,
      port,
    })
    const answersClock = clockRoutes(clock)
    const extra: Routes = (...exchange) => answersClock(...exchange) || leadToTld(...exchange)
    const rdapPort = last ? Number(new URL(last.rdap).port) : undefined
    const rdap = keep(await serveRdap({ ...served('rdap', rdapPort), clock, extra }))
    const whois = keep(await serveWhois(served('whois', last?.whois)))
    const das = keep(await serveDas(served('das', last?.das)))
    const dns = keep(await serveDns(served('dns', last?.dns)))
    if (label) engine.tellStories(label)
    engine.start()
    if (speed === 'leap') {
      const leaping = startLeaping(clock, engine)
      closers.push(() => leaping.close())
    }
    const ready: Ready = {
      epp,
      rdap: `${rdap.url}/`,
      bootstrap: `${rdap.url}/bootstrap.json`,
      whois: whois.port,
      das: das.port,
      dns: dns.port,
      ca,
      accounts: world.registrars.map(({ id, password }) => ({ id, pw: password })),
      names: listNames(engine, world),
      clock: `${rdap.url}/clock`,
    }
    writeReady(stateDir, ready)
    return { ready, engine, clock, close }
  } catch (error) {
    await close()
    throw error
  }
}
