import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { link, readdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Another live process holds the folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
}

/**
 * Takes a folder for this process alone. The files `lock.1`, `lock.2`, … name each owner and when it started; the highest
 * number counts. A lock whose owner is dead is followed by the next, even when another process has its number by now.
 * @throws FolderInUse
 * @returns the function that gives the folder back.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const pathOf = (turn: number) => join(folder, `lock.${turn}`)
  const draft = join(folder, `lock-${randomUUID()}`)
  await writeFile(draft, `${process.pid} ${await processStart(process.pid)}\n`)
  try {
    for (;;) {
      const last = await lastTurn(folder)
      if (last > 0) await refuseIfAlive(pathOf(last), folder)
      const turn = last + 1
      // A hard link appears whole or not at all, and never over an existing file: of several takers one gets the turn.
      if (!(await succeeds(link(draft, pathOf(turn)), 'EEXIST'))) continue
      // A taker that was slow may have got an old number again, which its next owner had cleared away.
      if ((await lastTurn(folder)) > turn) {
        await unlink(pathOf(turn))
        continue
      }
      if (last > 0) await succeeds(unlink(pathOf(last)), 'ENOENT')
      return () => writeFile(pathOf(turn), 'free\n')
    }
  } finally {
    await unlink(draft)
  }
}

/** The highest number of a lock file; 0 when there is none. */
async function lastTurn(folder: string): Promise<number> {
  const turns = (await readdir(folder)).map((name) => Number(/^lock\.(\d+)$/.exec(name)?.[1] ?? 0))
  return Math.max(0, ...turns)
}

async function refuseIfAlive(path: string, folder: string): Promise<void> {
  const [pid = '', start = ''] = ((await readIfThere(path)) ?? '').trim().split(' ')
  if (start === '' || (await processStart(Number(pid))) !== start) return
  throw new FolderInUse(
    `Another Vigie (process ${pid}) is using ${folder}. Stop it, or give this one a folder of its own with VIGIE_HOME.`,
  )
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
