import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { z } from 'zod'
import { systemClock } from '../../src/clock.ts'
import type { Config } from '../../src/config.ts'
import { type DomainName, EXTENSIONS } from '../../src/domain/name.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import { REGISTRIES } from '../../src/domain/policy/policy.ts'
import { openLog } from '../../src/log.ts'
import { dnsProbe } from '../../src/probes/dns.ts'
import { httpGet } from '../../src/probes/http-get.ts'
import { openRegistries, type Registries } from '../registries.ts'
import { causeOf, isTold } from './failure.ts'
import { examineDrift, type Finding, failed, ok } from './finding.ts'
import { memoryPermits } from './memory-permits.ts'
import { zoneKnown } from './zone-wait.ts'

const DEADLINE_MS = 5_000

/** Looks into the way to the registries: the sandbox, or the live ones and our accreditations there. */
export async function* examineRegistries(config: Config): AsyncGenerator<Finding> {
  const isSandbox = config.registries === 'sandbox'
  let registries: Registries
  try {
    registries = await openRegistries(config, openLog('silent'))
  } catch (fault) {
    return yield isSandbox
      ? failed('sandbox', `none answers at ${config.sandboxFile}`, 'Run npm start.')
      : failed('accreditations', saidOf(fault), 'Correct the file that VIGIE_ACCREDITATIONS names.')
  }
  try {
    if (isSandbox) yield* examineSandbox(config, registries)
    else yield* examineLive(registries)
    yield await examineDns(registries)
  } finally {
    registries.close()
  }
}

/** What is wrong with the file of accreditations: fields and rules, or the fault in its own words. */
function saidOf(fault: unknown): string {
  if (!(fault instanceof z.ZodError)) return isTold(fault) ? fault.message : causeOf(fault)
  return fault.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
}

async function* examineSandbox(
  { sandboxFile }: Config,
  { clock }: Registries,
): AsyncGenerator<Finding> {
  yield ok('sandbox clock', `shows ${clock.now().toISOString()}`)
  const { epp } = SandboxPorts.parse(JSON.parse(await readFile(sandboxFile, 'utf8')))
  const closed: string[] = []
  for (const [registry, port] of Object.entries(epp))
    if (!(await listens(port))) closed.push(registry)
  yield closed.length === 0
    ? ok('sandbox', `EPP of ${Object.keys(epp).length} registries listens`)
    : failed(
        'sandbox',
        `nothing listens for ${closed.join(', ')}`,
        'Stop Vigie and start it again.',
      )
}

const SandboxPorts = z.object({ epp: z.record(z.string(), z.number()) })

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: DEADLINE_MS })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.on('connect', () => end(true))
    socket.on('timeout', () => end(false))
    socket.on('error', () => end(false))
  })

async function* examineLive(registries: Registries): AsyncGenerator<Finding> {
  yield* examineBootstrap(registries.endpoints.rdapBootstrap!)
  const { channel, priceOf } = registries
  const ours = REGISTRIES.filter((registry) => channel.accreditation(registry) !== null)
  const others = REGISTRIES.filter((registry) => !ours.includes(registry))
  const without = others.length > 0 ? `; none at ${others.join(', ')}` : ''
  yield ours.length > 0
    ? ok('accreditations', ours.join(', ') + without)
    : failed(
        'accreditations',
        'there are none: names are watched, but none can be registered',
        'List them in a file that VIGIE_ACCREDITATIONS names.',
      )
  const unpriced = EXTENSIONS.filter(
    (extension) => ours.includes(policyFor(extension).registry) && priceOf(extension) === null,
  )
  if (unpriced.length > 0)
    yield failed(
      'prices',
      `no contract price for ${unpriced.map((extension) => `.${extension}`).join(', ')}: no capture is armed there`,
      'Add them under "prices" in the file of accreditations.',
    )
}

/** One request to IANA tells that the web is there, and the time there. */
async function* examineBootstrap(url: string): AsyncGenerator<Finding> {
  const signal = AbortSignal.timeout(DEADLINE_MS)
  try {
    const { status, headers } = await httpGet(new URL(url), {
      signal,
      headers: {},
      maxBytes: MOST_BYTES,
      allowPrivate: false,
    })
    if (status !== 200) throw new Error(`answered ${status}`)
    yield ok('registries', `the list of RDAP servers is there (${url})`)
    const told = headers.date ? Date.parse(headers.date) : Number.NaN
    if (!Number.isNaN(told)) yield examineDrift('clock', told - systemClock.now().getTime())
  } catch (fault) {
    const said = signal.aborted ? 'no answer in time' : causeOf(fault)
    yield failed('registries', `${url}: ${said}`, 'Let this host reach the internet by HTTPS.')
  }
}

const MOST_BYTES = 4 * 1024 * 1024

/** Both worlds have such a name, or know that they have none: any answer will do. */
const ASKED = 'example.com' as DomainName

async function examineDns({ endpoints, clock }: Registries): Promise<Finding> {
  await zoneKnown(ASKED, endpoints)
  const probe = dnsProbe({ permits: memoryPermits(), clock, random: Math.random, endpoints })
  const seen = await probe(ASKED, AbortSignal.timeout(DEADLINE_MS))
  if (seen.kind === 'delegated' || seen.kind === 'undelegated')
    return ok('dns', `a server of .com answered in ${seen.tookMs} ms`)
  const said = 'reason' in seen ? seen.reason : seen.kind
  return failed('dns', said, 'Let this host reach name servers on port 53, by UDP and TCP.')
}
