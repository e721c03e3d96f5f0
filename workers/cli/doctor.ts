import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openQueues } from '../../jobs/queue.ts'
import { type Config, environment, readConfig } from '../../src/config.ts'
import { openLog } from '../../src/log.ts'
import { readMigrations, readServer, sampleSealed } from '../../src/store/condition.ts'
import { type Database, openDatabase } from '../../src/store/connect.ts'
import { openSealer } from '../../src/store/seal.ts'
import { examineRegistries } from './doctor-registries.ts'
import { causeOf, Failure } from './failure.ts'
import { examineDrift, type Finding, failed, ok } from './finding.ts'
import { behind, type Found, findInstallation, placeOf } from './here.ts'
import { print, printJson } from './output.ts'

const LEAST_NODE = [20, 19] as const

/** Looks into everything Vigie needs and prints what it found. Changes nothing. @throws Failure when something is wrong. */
export async function runDoctor({ json }: { json?: true }): Promise<void> {
  let failed = 0
  for await (const finding of examine()) {
    if (!finding.ok) failed++
    if (json) await printJson(finding)
    else {
      await print(
        `${finding.ok ? 'ok    ' : 'failed'}  ${finding.check.padEnd(14)}  ${finding.found}`,
      )
      if (!finding.ok) await print(`${' '.repeat(24)}→ ${finding.remedy}`)
    }
  }
  if (failed > 0) throw new Failure(`${failed} ${failed === 1 ? 'check' : 'checks'} failed.`)
}

async function* examine(): AsyncGenerator<Finding> {
  yield nodeVersion()
  const read = readConfig(environment())
  if (!read.ok) {
    for (const { field, message } of read.problems)
      yield failed('configuration', message, `Correct or unset ${field}.`)
    return
  }
  const config = read.value
  yield ok('configuration', `home ${config.home}, registries: ${config.registries}`)
  const found = await findInstallation(config)
  if (found) yield* examineStores(config, found)
  else {
    yield failed('database', 'Vigie is not running here', 'Run npm start, or set DATABASE_URL.')
    yield await secretKey(config, null)
  }
  yield* examineRegistries(config)
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [least, leastMinor] = LEAST_NODE
  if (major > least || (major === least && minor >= leastMinor))
    return ok('node', process.versions.node)
  return failed('node', process.versions.node, `Install Node ${LEAST_NODE.join('.')} or newer.`)
}

async function* examineStores(config: Config, found: Found): AsyncGenerator<Finding> {
  const { databaseUrl } = found
  const { db, close } = openDatabase(databaseUrl, { max: 1, deadlineMs: 10_000 })
  try {
    const before = Date.now()
    const server = await readServer(db).catch((fault: unknown) => causeOf(fault))
    if (typeof server === 'string') {
      const remedy = config.databaseUrl
        ? 'Start it, or correct DATABASE_URL.'
        : 'Stop Vigie and run npm start again.'
      yield failed('database', `PostgreSQL at ${placeOf(databaseUrl)}: ${server}`, remedy)
      return yield await secretKey(config, null)
    }
    yield ok('database', `PostgreSQL ${server.version} at ${placeOf(databaseUrl)}`)
    const migrated = await migrations(db)
    yield migrated
    yield examineDrift('database clock', server.now.getTime() - (before + Date.now()) / 2)
    yield await queues(config, databaseUrl)
    yield await secretKey(config, migrated.ok ? db : null)
  } finally {
    await close()
  }
}

async function migrations(db: Database): Promise<Finding> {
  const { applied, known } = await readMigrations(db)
  if (applied >= known) return ok('migrations', `all ${known} applied`)
  return failed('migrations', behind(applied, known), 'Start Vigie with this version.')
}

async function queues({ redisUrl }: Config, databaseUrl: string): Promise<Finding> {
  const where = redisUrl ? `Redis at ${new URL(redisUrl).host}` : 'in PostgreSQL'
  try {
    const opened = await openQueues(redisUrl ? { redisUrl } : { databaseUrl }, openLog('silent'))
    await opened.close(3_000)
    return ok('queues', where)
  } catch (fault) {
    const remedy = redisUrl ? 'Start it, or correct REDIS_URL.' : 'Look at the database first.'
    return failed('queues', `${where}: ${causeOf(fault)}`, remedy)
  }
}

/** @param db where something may be sealed already; null when it cannot be asked. */
async function secretKey(config: Config, db: Database | null): Promise<Finding> {
  const file = join(config.home, 'secret.key')
  const kept = await readFile(file, 'utf8').catch(() => null)
  const key = config.secretKey ?? (kept === null ? null : Buffer.from(kept, 'base64'))
  const where = config.secretKey ? 'VIGIE_SECRET_KEY' : file
  if (!key) return failed('secret key', `there is none in ${where}`, NO_KEY)
  if (key.length !== 32)
    return failed('secret key', `${where} holds ${key.length} octets, not 32`, WRONG_KEY)
  const sealed = db && (await sampleSealed(db))
  try {
    if (sealed) openSealer(key).unseal(sealed)
  } catch {
    return failed('secret key', `${where} does not open what is sealed in the database`, WRONG_KEY)
  }
  return ok('secret key', sealed ? `${where}, opens what is sealed` : where)
}

const NO_KEY =
  'Set VIGIE_SECRET_KEY (openssl rand -base64 32), or start Vigie, which makes a key of its own.'
const WRONG_KEY = 'Bring back the key that the data was sealed with; without it contacts are lost.'
