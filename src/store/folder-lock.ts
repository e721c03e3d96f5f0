import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Another live process holds the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
}

/**
 * Takes a folder for this process alone, by a lock file that names the process and when it started. A lock whose
 * owner is dead is taken over, even when another process has its number by now.
 * @throws FolderInUse
 * @returns the function that gives the folder back.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock')
  const mine = `${path}.${randomUUID()}`
  const owner = `${process.pid} ${await processStart(process.pid)}\n`
  await writeFile(mine, owner)
  try {
    // A hard link appears whole or not at all, and never over an existing file.
    while (!(await succeeds(link(mine, path), 'EEXIST'))) await removeStale(path)
  } finally {
    await unlink(mine)
  }
  return async () => {
    if ((await readIfThere(path)) === owner) await unlink(path)
  }
}

async function removeStale(path: string): Promise<void> {
  const found = await readIfThere(path)
  if (found === null) return
  const [pid = '', ...start] = found.trim().split(' ')
  if ((await processStart(Number(pid))) === start.join(' '))
    throw new FolderInUse(
      `Another Vigie (process ${pid}) is using ${path.slice(0, -'/lock'.length)}. Stop it, or give this one a folder of its own with VIGIE_HOME.`,
    )
  const aside = `${path}.${randomUUID()}`
  if (!(await succeeds(rename(path, aside), 'ENOENT'))) return
  // Somebody may have taken it over between the reading and the moving: give it back.
  if ((await readIfThere(aside)) !== found) await succeeds(link(aside, path), 'EEXIST')
  await unlink(aside)
}

/**
 * When a process started, as a word that tells it from a later process of the same number.
 * @returns null when no such process runs.
 */
export async function processStart(pid: number): Promise<string | null> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null
  if (process.platform === 'linux') return linuxProcessStart(pid)
  const ps = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => null)
  return ps?.stdout.trim().replaceAll(/\s+/g, '-') || null
}

/** proc(5): field 3 is the state, field 22 the start in ticks since boot; field 2 may itself hold spaces and brackets. */
async function linuxProcessStart(pid: number): Promise<string | null> {
  const stat = await readIfThere(`/proc/${pid}/stat`)
  if (stat === null) return null
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  if (fields[0] === 'Z' || fields[0] === 'X') return null
  const boot = await readIfThere('/proc/sys/kernel/random/boot_id')
  return `${fields[19]}@${boot?.trim() ?? ''}`
}

/** @returns null when the file, or the process that it tells of, is gone. */
async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}

/** @returns false when it failed with the expected code. */
async function succeeds(done: Promise<unknown>, expected: string): Promise<boolean> {
  try {
    await done
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === expected) return false
    throw error
  }
}
