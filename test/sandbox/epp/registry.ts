import { readFileSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import { AnchoredClock } from '../../../src/clock.ts'
import type { Registry } from '../../../src/domain/policy/policy.ts'
import { openLog } from '../../../src/log.ts'
import { type Engine, openEngine } from '../../../src/sandbox/engine.ts'
import { type EppServerOptions, serveEpp } from '../../../src/sandbox/epp-server.ts'
import { type EppManners, openEppManners } from '../../../src/sandbox/manners.ts'
import { readWorld } from '../../../src/sandbox/read-world.ts'
import { openClient, type RawClient } from './client.ts'
import { login } from './frames.ts'

const pem = (file: string) => readFileSync(new URL(`../../fixtures/tls/${file}`, import.meta.url))

/** The moment at which each registry of these tests is opened, a Tuesday. */
export const START = new Date('2030-01-15T10:00:00Z')

export const ACCOUNTS = {
  vigie: 'haute-mer-1789',
  quayside: 'bollard-4411',
  polder: 'dijkgraaf-20',
} as const
export type Account = keyof typeof ACCOUNTS

const KNOWN_REGISTRARS = [
  { id: 'vigie', name: 'Vigie', ianaId: '90001', password: ACCOUNTS.vigie },
  { id: 'quayside', name: 'Quayside', ianaId: '90003', password: ACCOUNTS.quayside },
  { id: 'polder', name: 'Polder', ianaId: '90005', password: ACCOUNTS.polder },
]

export type TestRegistry = {
  port: number
  /** Change them and the server behaves otherwise at once. */
  manners: EppManners
  books: Engine
  clock: AnchoredClock
  recorded: { xml: string; key: string }[]
  /** A client before its login. */
  connect(): Promise<RawClient>
  /** A client that has logged in, by default with all that the greeting offers. */
  open(account?: Account, extensions?: readonly string[]): Promise<RawClient>
}

/** A registry on new books in memory, with a clock that a test may move. */
export async function openRegistry(
  registry: Registry,
  manners: Partial<EppManners> = {},
  bounds: EppServerOptions['bounds'] = {},
): Promise<TestRegistry> {
  const clock = new AnchoredClock({ wallMs: Date.now(), atMs: START.getTime(), speed: 1 })
  const log = openLog('silent', { write() {} })
  const world = readWorld({
    startAt: START.toISOString(),
    registrars: KNOWN_REGISTRARS,
    stories: NO_STORIES,
    extensions: { org: { lifeCycle: { dropzone: UNTOUCHED_DROPZONE } } },
  })
  const books = await openEngine({ world, stateDir: null, clock, log })
  const live = openEppManners(manners)
  const recorded: TestRegistry['recorded'] = []
  const server = await serveEpp({
    books,
    registry,
    tls: { key: pem('server.key'), cert: pem('server.pem') },
    manners: live,
    clock,
    record: (xml, key) => void recorded.push({ xml, key }),
    log,
    bounds,
  })
  onTestFinished(async () => {
    await server.close()
    books.close()
  })
  const connect = () => openClient(server.port)
  return {
    port: server.port,
    manners: live,
    books,
    clock,
    recorded,
    connect,
    async open(account = 'vigie', extensions) {
      const client = await connect()
      const offered = [...client.greeting.matchAll(/<extURI>(.*?)<\/extURI>/g)].map(
        ([, uri]) => uri!,
      )
      const answer = await client.ask(login(account, ACCOUNTS[account], extensions ?? offered))
      if (answer.code !== 1000) throw new Error(`login answered ${answer.xml}`)
      return client
    },
  }
}

/** Names wait there, and nobody takes them: whoever comes after the Dropzone is the first. */
const UNTOUCHED_DROPZONE = { hours: 24, taken: 0 }

const NO_STORIES = Object.fromEntries(
  ['com', 'net', 'org', 'info', 'biz', 'fr', 'eu', 'be'].map((extension) => [extension, null]),
)
