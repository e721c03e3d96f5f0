import { execFile } from 'node:child_process'
import { readFile, readlink, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { processStart } from './folder-lock.ts'

/**
 * The port of the server that runs on a data folder, from its postmaster.pid. A pid file left by a dead server is
 * removed when its number belongs to another process by now, since PostgreSQL itself would take that one for a server.
 * @returns null when none runs.
 */
export async function runningPort(dataFolder: string): Promise<number | null> {
  const path = join(dataFolder, 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  // Lines: process, data folder, start, port, ... https://www.postgresql.org/docs/current/storage-file-layout.html
  const lines = text.split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  if ((await processStart(pid)) === null) return null
  if (!(await serves(pid, dataFolder))) {
    await rm(path, { force: true })
    return null
  }
  return port > 0 ? port : null
}

/** A server works in its data folder; where that cannot be seen, its name must do. */
async function serves(pid: number, dataFolder: string): Promise<boolean> {
  if (process.platform === 'linux')
    return (await readlink(`/proc/${pid}/cwd`).catch(() => null)) === (await realpath(dataFolder))
  const ps = await promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)]).catch(() => null)
  return ps?.stdout.includes('postgres') ?? false
}
