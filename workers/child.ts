import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { environment } from '../src/config.ts'
import type { Log } from '../src/log.ts'

/** A process that is started again when it dies. */
export type Supervised = { stop(): Promise<void>; readonly pid: number | undefined }

export type ChildOptions = {
  /** Worker file beside this one, without its ending. */
  file: string
  args: readonly string[]
  env: Record<string, string>
  log: Log
  /** Where its standard error goes; its standard output is dropped. */
  stderr: number
}

const RESTART_MS = 1_000
const STOP_DEADLINE_MS = 10_000

/**
 * Forks a worker in a process group of its own, so that Ctrl-C reaches only us, and starts it again when it dies.
 * @returns once it has sent its first message. Rejects if it dies before.
 */
export async function supervise<First>(
  options: ChildOptions,
): Promise<{ child: Supervised; first: First }> {
  let stopping = false
  let process_: ChildProcess
  const begin = () =>
    new Promise<First>((resolve, reject) => {
      process_ = fork(workerFile(options.file), [...options.args], {
        env: { ...environment(), ...options.env },
        stdio: ['ignore', 'ignore', options.stderr, 'ipc'],
        detached: true,
      })
      const { pid } = process_
      process_.once('message', (message) => resolve(message as First))
      process_.once('exit', (code, signal) => {
        reject(
          new Error(
            `${options.file} ended before it was ready (${signal ?? code}); its log says why.`,
          ),
        )
        if (stopping) return
        options.log.error(
          { file: options.file, pid, code, signal },
          'child process died; starting it again',
        )
        setTimeout(() => !stopping && begin().catch(() => {}), RESTART_MS)
      })
    })
  const first = await begin().catch((fault) => {
    stopping = true
    throw fault
  })
  const stop = async () => {
    stopping = true
    const child = process_
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS)
    await ended
    clearTimeout(late)
  }
  return {
    child: {
      stop,
      get pid() {
        return process_.pid
      },
    },
    first,
  }
}

/** The worker beside this file, as source under tsx or as built. */
const workerFile = (file: string): string =>
  fileURLToPath(
    new URL(`./${file}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
  )
