import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import type { Label } from '../../src/domain/name.ts'
import { readWorld } from '../../src/sandbox/read-world.ts'
import type { Ready } from '../../src/sandbox/ready.ts'
import * as box from '../../src/sandbox/sandbox.ts'
import { openTemporaryFolder } from './temporary.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Opens a registry in a box in this process; it and all it keeps are gone at the end of the test. */
export async function openSandbox(
  options: {
    /** Fields in which the world differs from the default one. */
    world?: Record<string, unknown>
    label?: string
    speed?: number | 'leap'
    now?: string
    recordDir?: string
  } = {},
): Promise<box.Sandbox> {
  const { path, remove } = await openTemporaryFolder()
  const world = readWorld({ ...options.world, ...(options.now && { startAt: options.now }) })
  const sandbox = await box.openSandbox({
    world,
    stateDir: path,
    durable: false,
    speed: options.speed ?? 1,
    label: (options.label ?? null) as Label | null,
    recordDir: options.recordDir ?? null,
    log: pino({ level: 'silent' }),
  })
  onTestFinished(async () => {
    await sandbox.close()
    await remove()
  })
  return sandbox
}

/** A sandbox in a process of its own. */
export type SpawnedSandbox = {
  ready: Ready
  child: ChildProcess
  /** Ends it. @returns its exit status, or null when the signal killed it, and all it wrote after its first line. */
  stop(signal?: NodeJS.Signals): Promise<{ status: number | null; rest: string }>
}

/**
 * Starts `vigie sandbox` with these arguments, and ends it with the test.
 * @throws with its exit status and its messages when it ends before it is ready.
 */
export async function spawnSandbox(args: readonly string[] = []): Promise<SpawnedSandbox> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'workers/sandbox.ts', ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const messages = text(child.stderr)
  const rest: string[] = []
  const first = new Promise<string>((resolve) => {
    createInterface(child.stdout)
      .once('line', resolve)
      .on('line', (line) => rest.push(line))
  })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await ended
    return { status: child.exitCode, rest: rest.slice(1).join('\n') }
  }
  onTestFinished(async () => {
    await stop('SIGKILL')
  })
  const failed = ended.then(async ([status]) => {
    throw new Error(`The sandbox ended with ${status}: ${await messages}`)
  })
  failed.catch(() => {})
  const ready: Ready = JSON.parse(await Promise.race([first, failed]))
  return { ready, child, stop }
}
