import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFailed, onTestFinished } from 'vitest'
import { environment } from '../../src/config.ts'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** The processes of a Procfile. */
export type Role = 'web' | 'scheduler' | 'watcher' | 'catcher' | 'courier'

/** How a process ended: its exit status, or the signal that killed it. */
export type Ending = number | NodeJS.Signals

/** A process of the installation that a test runs. */
export type Process = {
  pid: number
  /** What it has written so far. */
  readonly output: string
  readonly messages: string
  /**
   * The first line of its standard output that matches, written already or yet to come.
   * @throws with all it wrote when it ends before, or when the time is over.
   */
  line(pattern: RegExp, withinMs: number): Promise<string>
  kill(signal: NodeJS.Signals): void
  ended: Promise<Ending>
}

/** Of the environment of the tests a process sees only what it cannot run without. */
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'USER', 'LOGNAME']

const inherited = (): Record<string, string> =>
  Object.fromEntries(
    PASSED_ON.flatMap((name) => {
      const value = environment()[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )

/**
 * Starts a process that nobody ends but its caller.
 * @param options.group in a process group of its own, which gets the signals, as a terminal's Ctrl-C does.
 * @param options.tied over IPC, so that a process that ends with its parent never outlives the tests.
 */
export function startProcess(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
  options: { group?: boolean; tied?: boolean } = {},
): Process & { child: ChildProcess } {
  const child = spawn(command, [...args], {
    cwd: ROOT,
    env: { ...inherited(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', ...(options.tied ? (['ipc'] as const) : [])],
    detached: options.group ?? false,
  })
  const { stdout, stderr, pid } = child
  if (!stdout || !stderr || pid === undefined) throw new Error(`${command} does not start`)
  const written = { output: '', messages: '' }
  let heard = () => {}
  stdout.setEncoding('utf8').on('data', (text: string) => {
    written.output += text
    heard()
  })
  stderr.setEncoding('utf8').on('data', (text: string) => {
    written.messages += text
  })
  const ended = new Promise<Ending>((resolve) =>
    child.once('close', (status, signal) => resolve(signal ?? status ?? -1)),
  )
  const told = (): string => `${written.output}\n${written.messages}`.trim()

  return {
    child,
    pid,
    ended,
    get output() {
      return written.output
    },
    get messages() {
      return written.messages
    },
    line: (pattern, withinMs) =>
      new Promise((resolve, reject) => {
        const give = (why: string) => {
          clearTimeout(timer)
          reject(new Error(`${why} before a line like ${pattern}:\n${told()}`))
        }
        const timer = setTimeout(() => give(`${withinMs} ms were over`), withinMs)
        heard = () => {
          const found = written.output.split('\n').find((line) => pattern.test(line))
          if (found === undefined) return
          clearTimeout(timer)
          resolve(found)
        }
        heard()
        void ended.then((ending) => give(`the process ended (${ending})`))
      }),
    kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      if (options.group) process.kill(-pid, signal)
      else child.kill(signal)
    },
  }
}

/**
 * Starts one role of the Procfile and waits until it works; it is ended with the test, and tells its log when the test fails.
 * @throws with its messages when it ends instead.
 */
export async function startRole(role: Role, env: Record<string, string>): Promise<Process> {
  const started = startProcess(process.execPath, ['--import', 'tsx', 'workers/run.ts', role], env, {
    tied: true,
  })
  onTestFailed(() => console.error(`${role} (${started.pid}) wrote:\n${started.messages}`))
  onTestFinished(async () => {
    started.kill('SIGKILL')
    await started.ended
  })
  await new Promise<void>((resolve, reject) => {
    started.child.once('message', () => resolve())
    void started.ended.then((ending) =>
      reject(new Error(`The ${role} ended (${ending}): ${started.messages}`)),
    )
  })
  return started
}

/** Runs a process to its end. */
export async function runProcess(
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ ending: Ending; output: string; messages: string }> {
  const run = startProcess(process.execPath, ['--import', 'tsx', ...args], env)
  onTestFinished(async () => {
    run.kill('SIGKILL')
    await run.ended
  })
  const ending = await run.ended
  return { ending, output: run.output, messages: run.messages }
}
