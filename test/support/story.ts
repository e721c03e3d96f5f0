import { randomBytes, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { Clock } from '../../src/clock.ts'
import type { CaptureState } from '../../src/domain/capture-state.ts'
import { type DomainName, extensionOf, labelOf } from '../../src/domain/name.ts'
import { putContact } from '../../src/orders/contacts.ts'
import { watchLine } from '../../src/orders/end-line.ts'
import type { Ready } from '../../src/sandbox/ready.ts'
import type { CaptureRow } from '../../src/store/captures.ts'
import type { Database } from '../../src/store/connect.ts'
import { findName } from '../../src/store/names.ts'
import { recentObservations } from '../../src/store/observations.ts'
import { captures } from '../../src/store/schema/capturing.ts'
import { orderLines, orders } from '../../src/store/schema/customers.ts'
import { openSealer } from '../../src/store/seal.ts'
import { followSandboxClock } from '../../workers/sandbox-clock.ts'
import { openTestDatabase } from './database.ts'
import { holdClock } from './held-clock.ts'
import { type Process, type Role, startRole } from './processes.ts'
import { type Frame, readRecord } from './record.ts'
import { spawnSandbox } from './sandbox.ts'
import { openTemporaryFolder } from './temporary.ts'

const NIC_HANDLE = 'ab12-vigie'
const CONTACT = {
  name: 'Alice Bertin',
  street: ['3 quai de la Fosse'],
  city: 'Nantes',
  postalCode: '44000',
  country: 'FR',
  voice: '+33.240000000',
  email: 'alice@example.org',
}

/** A registry in a box, a database, and the roles that are started on them, all in processes of their own. */
export type Story = {
  db: Database
  sandbox: Ready
  /** The sandbox's. It does not leap yet. */
  clock: Clock
  /** From now on nothing keeps the clock from leaping to what is ahead. */
  letGo(): Promise<void>
  /** @param changes of the sandbox's ready line, as that role is to read it. */
  start(role: Role, changes?: Partial<Ready>): Promise<Process>
  /** Opens a watch of each name, as an order does for a name that somebody else holds. */
  watch(...names: readonly string[]): Promise<void>
  /** The EPP frames that the registries have got, oldest first. */
  frames(): Promise<Frame[]>
  /** Our creates of a name among them. */
  creates(name: string): Promise<Frame[]>
  /** What WHOIS says of a name. */
  whois(name: string): Promise<string>
}

/** Long enough for anything that is bound to happen, on a machine that is busy with other tests. */
export const SURELY_MS = 60_000

/**
 * Opens a story whose clock stands ready to leap: it runs at 1:1 until it is let go.
 * @param options.world fields in which it differs from the default world. @param options.env beside what every role needs.
 */
export async function openStory(options: {
  world: object
  env?: Record<string, string>
}): Promise<Story> {
  const folder = await openTemporaryFolder()
  onTestFinished(folder.remove)
  const [worldFile, state, record] = ['world.json', 'sandbox', 'frames'].map((name) =>
    join(folder.path, name),
  ) as [string, string, string]
  await writeFile(worldFile, JSON.stringify(options.world))
  const database = await openTestDatabase()
  onTestFinished(database.close)
  const { ready } = await spawnSandbox([
    ...['--speed', 'leap', '--world', worldFile, '--state', state, '--record', record],
  ])
  const letGo = await holdClock(ready)
  onTestFinished(letGo)
  const { clock, close } = await followSandboxClock(ready.clock, pino({ level: 'silent' }))
  onTestFinished(close)
  const key = randomBytes(32)
  const env = {
    DATABASE_URL: database.url,
    VIGIE_HOME: join(folder.path, 'home'),
    VIGIE_SANDBOX: join(state, 'ready.json'),
    VIGIE_SECRET_KEY: key.toString('base64'),
    ...options.env,
  }
  const { db } = database
  const frames = readRecord(record)
  const kept = await putContact(NIC_HANDLE, CONTACT, { db, clock, sealer: openSealer(key) })
  if (!kept.ok) throw new Error(kept.problems.map(({ message }) => message).join(' '))
  return {
    db,
    clock,
    letGo,
    sandbox: ready,
    async start(role, changes) {
      if (!changes) return startRole(role, env)
      const file = join(folder.path, `ready-${randomUUID()}.json`)
      await writeFile(file, JSON.stringify({ ...ready, ...changes }))
      return startRole(role, { ...env, VIGIE_SANDBOX: file })
    },
    async watch(...names) {
      for (const name of names) await openWatch(db, clock, name as DomainName)
    },
    frames,
    creates: async (name) =>
      (await frames()).filter((frame) => frame.verb === 'create' && frame.name === name),
    whois: (name) => {
      const socket = connect(ready.whois, '127.0.0.1', () => socket.write(`${name}\r\n`))
      return text(socket)
    },
  }
}

/** An order of one line, which is watched at once. */
async function openWatch(db: Database, clock: Clock, name: DomainName): Promise<void> {
  const extension = extensionOf(name)
  if (extension === null) throw new RangeError(`${name} is under none of our extensions`)
  const [order] = await db
    .insert(orders)
    .values({
      id: randomUUID(),
      reference: name,
      fingerprint: name,
      nicHandle: NIC_HANDLE,
      pack: 'international-france',
      label: labelOf(name),
      priceCents: 3999,
      state: 'open',
      placedAt: clock.now(),
    })
    .returning()
  const [line] = await db
    .insert(orderLines)
    .values({
      orderId: order!.id,
      name,
      extension,
      state: 'pending',
      reason: '',
      updatedAt: clock.now(),
    })
    .returning()
  if (!(await watchLine(order!, line!, 'Held by somebody else.', { db, clock })))
    throw new Error(`${name} is not watched`)
}

const EVERY_MS = 50

/**
 * Asks again and again until the answer is neither null nor false.
 * @param told what is waited for, and where it stands if it never comes.
 */
export async function eventually<T>(
  ask: () => Promise<T | null | false> | T | null | false,
  told: string | (() => unknown),
  withinMs = SURELY_MS,
): Promise<T> {
  const endMs = performance.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (answer !== null && answer !== false) return answer
    if (performance.now() > endMs) {
      const where = typeof told === 'string' ? told : JSON.stringify(await told())
      throw new Error(`Not within ${withinMs} ms: ${where}`)
    }
    await setTimeout(EVERY_MS)
  }
}

/** The capture of a name, once it is in one of these states. */
export const captureIn = (
  db: Database,
  name: string,
  states: readonly CaptureState[],
  withinMs = SURELY_MS,
): Promise<CaptureRow> => {
  const about = name as DomainName
  const read = () => db.select().from(captures).where(eq(captures.name, about))
  return eventually(
    async () => (await read()).find(({ state }) => states.includes(state)) ?? null,
    async () => ({
      waitedFor: [name, states],
      captures: await read(),
      name: await findName(db, about),
      observations: await recentObservations(db, about, new Date(0)),
    }),
    withinMs,
  )
}
