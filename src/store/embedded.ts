/**
 * PostgreSQL without installing it: the binaries that npm brought, run by `pg_ctl` in a folder of ours. The server is
 * its own daemon; when this process dies it lives on, and the next one adopts it.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createDatabase, DatabaseUnreachable } from './connect.ts'
import { lockFolder } from './folder-lock.ts'
import { freePort } from './free-port.ts'
import { type Account, canEnter, postgresAccount, runAs } from './postgres-account.ts'
import { type Binaries, findBinaries, SHARED_FOLDER } from './postgres-binaries.ts'
import { runningPort } from './postmaster.ts'

export type EmbeddedPostgres = {
  url: string
  /** The server of an earlier process was still alive and is used on. */
  adopted: boolean
  /** Stops the server (clients are disconnected) and gives the folder back. */
  stop(): Promise<void>
}

type Cluster = { folder: string; account: Account; binaries: Binaries }

/** A fast stop disconnects everybody and writes a checkpoint; past this it is stopped without, and recovers at its next start. */
const STOP_DEADLINE_S = 20
const START_DEADLINE_S = 60
const START_ATTEMPTS = 5

/**
 * Starts PostgreSQL on a folder, making the cluster at the first time. It listens on a free port of 127.0.0.1 and on
 * no socket file, with a random password kept in the folder.
 * @throws FolderInUse when another live process runs it; DatabaseUnreachable with the server's own words when it does not
 * start, or when the folder belongs to somebody else.
 */
export async function openEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const home = resolve(folder)
  try {
    await mkdir(home, { recursive: true })
    const unlock = await lockFolder(home)
    try {
      const { stopServer, ...serving } = await serve(await findCluster(home))
      let stopped: Promise<void> | undefined
      const stop = () => {
        stopped ??= stopServer().then(unlock)
        return stopped
      }
      return { ...serving, stop }
    } catch (error) {
      await unlock()
      throw error
    }
  } catch (error) {
    throw isDenied(error) ? belongsToOthers(home, error) : error
  }
}

type Serving = Omit<EmbeddedPostgres, 'stop'> & { stopServer(): Promise<void> }

/** Starts the server or adopts it; one that runs but does not serve is stopped and started anew. */
async function serve(cluster: Cluster): Promise<Serving> {
  const password = await initialise(cluster)
  const { port, adopted } = await start(cluster)
  const url = (database: string) => `postgres://vigie:${password}@127.0.0.1:${port}/${database}`
  try {
    await createDatabase(url('postgres'), 'vigie')
  } catch (error) {
    await stop(cluster)
    if (adopted) return serve(cluster)
    throw error
  }
  return { url: url('vigie'), adopted, stopServer: () => stop(cluster) }
}

const isDenied = (error: unknown): boolean =>
  ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')

const belongsToOthers = (folder: string, cause: unknown): DatabaseUnreachable =>
  new DatabaseUnreachable(
    `${folder} cannot be written by this user (${(cause as Error).message}). Run Vigie as the user who ran it first, or give it another folder with VIGIE_HOME.`,
    { cause },
  )

/**
 * The cluster stands in `<home>/cluster`, unless PostgreSQL's account cannot enter `home`: then in a folder of its own
 * elsewhere, named by the file `<home>/place`.
 */
async function findCluster(home: string): Promise<Cluster> {
  const placeFile = join(home, 'place')
  let folder = await readFile(placeFile, 'utf8').catch(() => join(home, 'cluster'))
  const account = await postgresAccount(join(folder, 'data'))
  if (account && !folder.startsWith(SHARED_FOLDER) && !(await canEnter(account, home))) {
    folder = join(SHARED_FOLDER, randomUUID())
    await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 })
    await writeFile(placeFile, folder)
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await giveTo(account, folder)
  return { folder, account, binaries: await findBinaries(account) }
}

/** Makes the cluster if there is none. @returns the password of its only user. */
async function initialise({ folder, account, binaries }: Cluster): Promise<string> {
  const passwordFile = join(folder, 'password')
  const known = await readFile(passwordFile, 'utf8').catch(() => null)
  const password = known ?? randomBytes(24).toString('hex')
  if (known === null) {
    await writeFile(passwordFile, password, { mode: 0o600 })
    await giveTo(account, passwordFile)
  }
  if (await readFile(join(folder, 'data', 'PG_VERSION')).catch(() => null)) return password
  // Made aside and renamed, so that an interrupted initdb leaves nothing that looks like a cluster.
  await rm(join(folder, 'data.new'), { recursive: true, force: true })
  const args = ['-D', 'data.new', '-U', 'vigie', '-A', 'scram-sha-256', '--pwfile=password']
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const made = await runAs(
    account,
    binaries.initdb,
    [...args, '-E', 'UTF8', '--locale=C', ...settings],
    { cwd: folder },
  )
  if (made.code !== 0)
    throw new DatabaseUnreachable(
      `PostgreSQL's initdb failed in ${folder}: ${made.output || 'no answer'}`,
    )
  await rename(join(folder, 'data.new'), join(folder, 'data'))
  return password
}

const SETTINGS: Readonly<Record<string, string | number>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 200,
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
}

/** Somebody took the port first, or the backends of a killed server linger for a moment. */
const PASSING = /in use|lock file|shared memory/

/** Adopts the server if it runs, else starts it. */
async function start(cluster: Cluster): Promise<{ port: number; adopted: boolean }> {
  const { folder, account, binaries } = cluster
  const log = join(folder, 'server.log')
  let words = ''
  for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
    const running = await runningPort(join(folder, 'data'))
    if (running !== null) return { port: running, adopted: attempt === 0 }
    await rename(log, `${log}.old`).catch(() => {})
    const port = await freePort()
    const args = ['-D', 'data', '-w', '-t', String(START_DEADLINE_S), '-l', 'server.log']
    const started = await runAs(account, binaries.pgCtl, [...args, '-o', `-p ${port}`, 'start'], {
      cwd: folder,
      silent: true,
      deadlineMs: (START_DEADLINE_S + 10) * 1000,
    })
    if (started.code === 0) return { port, adopted: false }
    const said = await readFile(log, 'utf8').catch(() => started.output)
    words = said.trim().split('\n').slice(-5).join('\n')
    if (!PASSING.test(words)) break
    await new Promise((resolve) => setTimeout(resolve, 200 * (attempt + 1)))
  }
  throw new DatabaseUnreachable(`PostgreSQL does not start in ${folder}:\n${words}`)
}

async function stop({ folder, account, binaries }: Cluster): Promise<void> {
  for (const mode of ['fast', 'immediate']) {
    const args = ['-D', 'data', '-w', '-t', String(STOP_DEADLINE_S), '-m', mode, 'stop']
    const deadlineMs = (STOP_DEADLINE_S + 5) * 1000
    await runAs(account, binaries.pgCtl, args, { cwd: folder, deadlineMs })
    if ((await runningPort(join(folder, 'data'))) === null) return
  }
  throw new Error(`PostgreSQL in ${folder} does not stop.`)
}

async function giveTo(account: Account, path: string): Promise<void> {
  if (account) await chown(path, account.uid, account.gid)
}
