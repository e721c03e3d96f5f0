import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { environment } from '../../src/config.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export type Ended = {
  status: number | null
  stdout: string
  stderr: string
  /** Standard output as JSON, one object a line. */
  json: Record<string, unknown>[]
}

/** Starts `vigie` as a process of its own, which knows of no other installation than the one in `env`. */
export const spawnVigie = (args: readonly string[], env: Record<string, string>) =>
  spawn(process.execPath, ['--import', 'tsx', 'workers/cli.ts', ...args], {
    cwd: ROOT,
    env: { PATH: environment().PATH, VIGIE_HOME: '/nowhere', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })

/** Runs `vigie` to its end. @param input what it reads on standard input. */
export async function vigie(
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
): Promise<Ended> {
  const child = spawnVigie(args, env)
  child.stdin.end(input)
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return {
    status,
    stdout,
    stderr,
    get json() {
      return stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    },
  }
}

/** Asks again and again until there is an answer. */
export async function eventually<T>(ask: () => Promise<T | null | undefined>): Promise<T> {
  for (let tries = 0; tries < 1_000; tries++) {
    const answer = await ask()
    if (answer) return answer
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('there was no answer')
}
