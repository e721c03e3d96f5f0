import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { type Clock, systemClock } from '../../src/clock.ts'
import { type Config, environment, readConfig } from '../../src/config.ts'
import type { Database } from '../../src/store/connect.ts'
import { readRunning } from '../running-file.ts'
import { causeOf, Failure, WrongUsage } from './failure.ts'

/** The configuration of this process. @throws WrongUsage naming each variable that breaks its rule. */
export function configHere(): Config {
  const read = readConfig(environment())
  if (read.ok) return read.value
  throw new WrongUsage(read.problems.map(({ message }) => message).join('\n'))
}

/** Where an installation keeps its data, how it runs, and the address of its pages where it told one. */
export type Found = { databaseUrl: string; config: Config; url: string | null }

/** The installation that DATABASE_URL names, else the one that runs in the home folder; null when there is none. */
export async function findInstallation(config: Config): Promise<Found | null> {
  // A file that is cut or garbled was left by something that did not end well.
  const running = await readRunning(config.home).catch(() => null)
  const here = running && isAlive(running.pid) ? running : null
  if (config.databaseUrl) return { databaseUrl: config.databaseUrl, config, url: here?.url ?? null }
  if (!here) return null
  const { databaseUrl, redisUrl, registries, sandboxFile, url } = here
  return { databaseUrl, config: { ...config, redisUrl, registries, sandboxFile }, url }
}

const NOT_RUNNING = 'Vigie is not running here: start it with npm start, or set DATABASE_URL.'

/** Opens the installation's database, and nothing else, for as long as the work takes. @throws Failure when there is none. */
export async function withDatabase<T>(
  work: (db: Database, found: Found) => Promise<T>,
): Promise<T> {
  const found = await findInstallation(configHere())
  if (!found) throw new Failure(NOT_RUNNING)
  const { databaseUrl } = found
  const { openDatabase } = await import('../../src/store/connect.ts')
  const { readMigrations } = await import('../../src/store/condition.ts')
  const { db, close } = openDatabase(databaseUrl, { max: 2, deadlineMs: DATABASE_DEADLINE_MS })
  try {
    const { applied, known } = await readMigrations(db).catch((fault: unknown) => {
      throw new Failure(`PostgreSQL at ${placeOf(databaseUrl)}: ${causeOf(fault)}`)
    })
    if (applied < known) throw new Failure(behind(applied, known))
    return await work(db, found)
  } finally {
    await close()
  }
}

/** An installation that is to be changed: its database, and the clock that it lives by. */
export type Here = { config: Config; databaseUrl: string; db: Database; clock: Clock }

/** Opens what a change needs. @throws Failure when the installation or its clock cannot be reached. */
export function withInstallation<T>(work: (here: Here) => Promise<T>): Promise<T> {
  return withDatabase(async (db, { config, databaseUrl }) => {
    if (config.registries === 'live') return work({ config, databaseUrl, db, clock: systemClock })
    const followed = await followSandbox(config)
    try {
      return await work({ config, databaseUrl, db, clock: followed.clock })
    } finally {
      followed.close()
    }
  })
}

/** What `vigie sandbox` prints and keeps in its folder, as far as the time goes. */
const SandboxClock = z.object({ clock: z.url() })

/** Follows the clock of the sandbox. @throws Failure when it does not answer. */
export async function followSandbox({ sandboxFile }: Config) {
  try {
    const { clock } = SandboxClock.parse(JSON.parse(await readFile(sandboxFile, 'utf8')))
    const [{ followSandboxClock }, { openLog }] = await Promise.all([
      import('../sandbox-clock.ts'),
      import('../../src/log.ts'),
    ])
    return await followSandboxClock(clock, openLog('silent'))
  } catch {
    throw new Failure(
      `No sandbox answers at ${sandboxFile}, whose clock Vigie lives by. Start Vigie with npm start, or set ` +
        'VIGIE_REGISTRIES=live if this installation works with the real registries.',
    )
  }
}

const DATABASE_DEADLINE_MS = 15_000

/** Where a database is, without the password. */
export function placeOf(databaseUrl: string): string {
  const { hostname, port, pathname } = new URL(databaseUrl)
  return `${hostname}:${port || 5432}${pathname}`
}

export const behind = (applied: number, known: number): string =>
  `The database has ${applied} of Vigie’s ${known} migrations; starting Vigie brings it up to date.`

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM'
  }
}
