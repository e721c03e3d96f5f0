import { realpathSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Label, parseLabel } from '../src/domain/name.ts'
import { openLog } from '../src/log.ts'
import { readWorld, readWorldFile, WorldError } from '../src/sandbox/read-world.ts'
import { openSandbox, type Sandbox, type SandboxOptions } from '../src/sandbox/sandbox.ts'
import type { World } from '../src/sandbox/world.ts'
import { FolderInUse, lockFolder } from '../src/store/folder-lock.ts'

/** What the command line says of a sandbox, as it was typed. */
export type SandboxArguments = {
  record?: string | undefined
  world?: string | undefined
  seed?: string | undefined
  now?: string | undefined
  speed?: string | undefined
  state?: string | undefined
  label?: string | undefined
  /** Ends when the process that forked it does. */
  'with-parent'?: boolean | undefined
}

const USAGE = `usage: vigie sandbox [--record DIR] [--world FILE] [--seed N] [--now INSTANT] [--speed X] [--state DIR] [--label L]

  --record DIR    write each received EPP frame to DIR, passwords masked
  --world FILE    JSON with the fields of the world that are to differ from the default one
  --seed N        whole number that all chance follows from
  --now INSTANT   what the clock shows at the first start (RFC 3339; default: now)
  --speed X       seconds of its clock in a real second, or "leap" to jump over the dull days (default 1)
  --state DIR     keep books, clock and certificates here, and go on from them (default: begin anew each time)
  --label L       tell the world's stories for this label`

/** Wrong usage: told without a stack, exit status 2. */
class UsageError extends Error {}

/**
 * Runs the registry in a box alone until SIGTERM or SIGINT, which end the process with 0. Prints one line of JSON once
 * everything listens, and nothing after it on standard output; a parent that forked it gets the same object as a message.
 * Ends the process with 2 on wrong usage and 1 when it cannot start.
 */
export async function runSandbox(given: SandboxArguments): Promise<void> {
  const leaving = new AbortController()
  const leave = () => leaving.abort()
  process.once('SIGTERM', leave)
  process.once('SIGINT', leave)
  if (given['with-parent']) process.once('disconnect', leave)
  try {
    const wishes = readWishes(given)
    const home = await openHome(given.state)
    try {
      const sandbox = await open(wishes, home.path, home.durable)
      const line = JSON.stringify(sandbox.ready)
      process.stdout.write(`${line}\n`)
      process.send?.(sandbox.ready)
      await aborted(leaving.signal)
      await sandbox.close()
    } finally {
      await home.close()
    }
    process.exit(0)
  } catch (error) {
    const usage = error instanceof UsageError || error instanceof WorldError
    const message = error instanceof Error ? error.message : String(error)
    process.stderr.write(`vigie: ${message}\n`)
    process.exit(usage ? 2 : 1)
  }
}

/** What is asked for, once it was understood. */
export type Wishes = Pick<SandboxOptions, 'world' | 'speed' | 'label' | 'recordDir'>

/** @throws UsageError or WorldError naming the argument and its rule. */
export const readWishes = (given: SandboxArguments): Wishes => ({
  world: worldOf(given),
  speed: speedOf(given.speed),
  label: labelOf(given.label),
  recordDir: given.record === undefined ? null : resolve(given.record),
})

async function open(wishes: Wishes, stateDir: string, durable: boolean): Promise<Sandbox> {
  const log = openLog('info')
  const sandbox = await openSandbox({ ...wishes, stateDir, durable, log })
  const { seed } = sandbox.engine.origin
  if (seed !== wishes.world.seed)
    log.warn({ seed }, `${stateDir} goes on with the seed of its first start`)
  return sandbox
}

function worldOf({ world: file, seed, now }: SandboxArguments): World {
  const world = file === undefined ? readWorld() : readWorldFile(file)
  if (seed !== undefined && !/^-?\d{1,15}$/.test(seed))
    throw new UsageError(`--seed ${seed}: not a whole number`)
  return {
    ...world,
    seed: seed === undefined ? world.seed : Number(seed),
    startAt: now === undefined ? world.startAt : instantOf(now),
  }
}

function instantOf(text: string): Date {
  const zoned = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/i.test(text)
  const instant = new Date(text)
  if (!zoned || Number.isNaN(instant.getTime()))
    throw new UsageError(`--now ${text}: not an instant such as 2027-01-11T09:00:00Z`)
  return instant
}

function speedOf(text = '1'): number | 'leap' {
  if (text === 'leap') return text
  const speed = Number(text)
  if (text.trim() === '' || !Number.isFinite(speed) || speed <= 0)
    throw new UsageError(`--speed ${text}: neither a number above 0 nor "leap"`)
  return speed
}

function labelOf(text: string | undefined): Label | null {
  if (text === undefined) return null
  const read = parseLabel(text)
  if (read.ok) return read.value
  throw new UsageError(`--label ${text}: ${read.problems.map(({ message }) => message).join(' ')}`)
}

/** The state folder, for this process alone; one that was not asked for is removed at the end. */
async function openHome(
  state: string | undefined,
): Promise<{ path: string; durable: boolean; close(): Promise<void> }> {
  if (state === undefined) {
    const path = await mkdtemp(join(tmpdir(), 'vigie-sandbox-'))
    const close = () => rm(path, { recursive: true, force: true })
    return { path, durable: false, close }
  }
  const path = resolve(state)
  await mkdir(path, { recursive: true, mode: 0o700 })
  const close = await lockFolder(path).catch((error: unknown) => {
    throw error instanceof FolderInUse
      ? new Error(`Another sandbox lives in ${path}; give this one a folder of its own by --state.`)
      : error
  })
  return { path, durable: true, close }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    if (signal.aborted) done()
    else signal.addEventListener('abort', () => done(), { once: true })
  })

/** @throws UsageError for an argument that is not known. */
function readArguments(args: readonly string[]): SandboxArguments {
  const text = { type: 'string' } as const
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        record: text,
        world: text,
        seed: text,
        now: text,
        speed: text,
        state: text,
        label: text,
        'with-parent': { type: 'boolean' },
      },
    })
    return values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${USAGE}`)
  }
}

const isMain = () =>
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)

if (isMain()) {
  try {
    await runSandbox(readArguments(process.argv.slice(2)))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`vigie: ${error.message}\n`)
    process.exit(2)
  }
}
