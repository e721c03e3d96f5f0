import { spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { DatabaseUnreachable } from './connect.ts'

/** The system user that PostgreSQL runs as; null is the user of this process. */
export type Account = { uid: number; gid: number } | null

/**
 * PostgreSQL refuses to run as root. Then existing data is served by its owner; new data goes to the user `postgres`
 * where there is one, else to `nobody`, so that nothing has to be added to the system.
 * @throws DatabaseUnreachable when there is neither.
 */
export async function postgresAccount(dataFolder: string): Promise<Account> {
  if (process.getuid?.() !== 0) return null
  const data = await stat(dataFolder).catch(() => null)
  if (data && data.uid !== 0) return { uid: data.uid, gid: data.gid }
  for (const name of ['postgres', 'nobody']) {
    const uid = await runAs(null, 'id', ['-u', name])
    const gid = await runAs(null, 'id', ['-g', name])
    if (uid.code === 0 && gid.code === 0)
      return { uid: Number(uid.output), gid: Number(gid.output) }
  }
  throw new DatabaseUnreachable(
    'PostgreSQL does not run as root, and this system has neither a user "postgres" nor "nobody". Run Vigie as an ordinary user, or set DATABASE_URL.',
  )
}

/** Whether the account can enter the folder, whatever the modes of the folders above it. */
export async function canEnter(account: Account, folder: string): Promise<boolean> {
  return (await runAs(account, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder])).code === 0
}

/**
 * Runs a command to its end, without our environment and apart from our terminal's Ctrl-C.
 * @param options `silent` gives it no pipe of ours, for commands that leave a server behind.
 * @returns `code` null when it was killed at the deadline or could not be started at all; `output` then says why.
 */
export function runAs(
  account: Account,
  command: string,
  args: readonly string[],
  options: { cwd?: string; silent?: boolean; deadlineMs?: number } = {},
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...account,
      cwd: options.cwd ?? '/',
      env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: options.silent ? 'ignore' : ['ignore', 'pipe', 'pipe'],
      detached: true,
      timeout: options.deadlineMs ?? 60_000,
      killSignal: 'SIGKILL',
    })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.on('error', (error) => resolve({ code: null, output: error.message }))
    child.on('close', (code) => resolve({ code, output: output.trim() }))
  })
}
