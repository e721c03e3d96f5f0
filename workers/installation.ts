import { randomBytes } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openQueues, type Queues } from '../jobs/queue.ts'
import type { Config } from '../src/config.ts'
import type { Log } from '../src/log.ts'
import { type Database, migrate, type OpenDatabase, openDatabase } from '../src/store/connect.ts'
import { openSealer, type Sealer } from '../src/store/seal.ts'
import { presetSwitch } from '../src/store/switches.ts'
import { openRegistries, type Registries } from './registries.ts'

/** Everything a process of this installation shares, opened once and closed in order. */
export type Installation = {
  config: Config
  log: Log
  db: Database
  listen: OpenDatabase['listen']
  queues: Queues
  registries: Registries
  sealer: Sealer
  close(): Promise<void>
}

/** A role at work in this process. */
export type Running = { stop(): Promise<void> }

/** A process ends even when a queue or a database does not let go. */
export const CLOSE_DEADLINE_MS = 8_000

/** Opens the stores, the queues and the registries. @param databaseUrl of a running PostgreSQL. */
export async function openInstallation(
  config: Config,
  databaseUrl: string,
  log: Log,
): Promise<Installation> {
  await migrate(databaseUrl)
  const database = openDatabase(databaseUrl)
  const registries = await openRegistries(config, log)
  if (config.registries === 'live') await startStopped(database.db, registries)
  const queues = await openQueues(
    config.redisUrl ? { redisUrl: config.redisUrl } : { databaseUrl },
    log,
  )
  const sealer = openSealer(config.secretKey ?? (await keptKey(config.home)))
  return {
    config,
    log,
    db: database.db,
    listen: database.listen,
    queues,
    registries,
    sealer,
    async close() {
      await queues.close(CLOSE_DEADLINE_MS)
      registries.close()
      await database.close()
    },
  }
}

/** Live mode starts with everything stopped, until an operator has said go. */
async function startStopped(db: Database, { clock }: Registries): Promise<void> {
  const reason = 'Live mode starts stopped. When "vigie doctor" is content: vigie go all.'
  await presetSwitch(db, { scope: 'all', stopped: true, by: 'vigie', reason, at: clock.now() })
}

/** Without VIGIE_SECRET_KEY the installation keeps a key of its own beside its data. */
async function keptKey(home: string): Promise<Buffer> {
  const file = join(home, 'secret.key')
  try {
    return Buffer.from(await readFile(file, 'utf8'), 'base64')
  } catch {
    await mkdir(home, { recursive: true })
    const key = randomBytes(32)
    try {
      await writeFile(file, key.toString('base64'), { mode: 0o600, flag: 'wx' })
      return key
    } catch {
      await chmod(file, 0o600)
      return Buffer.from(await readFile(file, 'utf8'), 'base64')
    }
  }
}
