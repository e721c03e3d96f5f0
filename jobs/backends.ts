import {
  createPostgresBackend,
  type Processor,
  Queue,
  runMigrations,
  Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq'
import { Redis, type RedisOptions } from 'ioredis'
import pg from 'pg'
import type { Log } from '../src/log.ts'

/** Where jobs are kept: BullMQ's constructors, bound to connections of ours. */
export type Backend = {
  queue(name: string): Queue
  worker(name: string, process: Processor, options: Omit<WorkerOptions, 'connection'>): Worker
  /** Closes the connections, after the queues and workers; drops them at the deadline. */
  close(deadlineMs: number): Promise<void>
}

/** The backend of the queues cannot be reached; the message says where it was looked for and why not. */
export class QueuesUnreachable extends Error {
  override readonly name = 'QueuesUnreachable'
}

const CONNECT_TIMEOUT_MS = 5_000
/** Default of BullMQ: 15 s, in which a worker sleeps on after its backend is back. */
const RUN_RETRY_DELAY_MS = 1_000
/** Connections beside those that each worker holds for LISTEN: measured, with fewer the workers starve one another. */
const SPARE_CONNECTIONS = 7

/** Jobs in PostgreSQL, in its schema `bullmq`, over one pool that all queues and workers share. */
export async function openPostgresBackend(databaseUrl: string, log: Log): Promise<Backend> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: SPARE_CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'vigie-queues',
    options: '-c search_path=bullmq',
  })
  const onError = (error: Error) => log.warn({ err: error }, 'connection of the queues lost')
  // Every queue and worker listens for the pool's errors.
  pool.setMaxListeners(0)
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', onError))
  try {
    const client = await pool.connect()
    await runMigrations(client, 'bullmq').finally(() => client.release())
  } catch (cause) {
    await pool.end()
    throw unreachable('PostgreSQL', databaseUrl, cause)
  }
  const { Queue: PostgresQueue, Worker: PostgresWorker } = withBackend(createPostgresBackend)
  // node-postgres' own types differ from BullMQ's picture of them in optional fields alone.
  const connection = pool as never
  return {
    queue: (name) => new PostgresQueue(name, { connection }) as unknown as Queue,
    worker(name, process, options) {
      pool.options.max += 1
      const settings = { ...options, connection, runRetryDelay: RUN_RETRY_DELAY_MS }
      return new PostgresWorker(name, process, settings) as unknown as Worker
    },
    close: (deadlineMs) => within(deadlineMs, pool.end()),
  }
}

/** Jobs in Redis. @param prefix of every key, for several installations on one Redis. */
export async function openRedisBackend(
  redisUrl: string,
  prefix: string,
  log: Log,
): Promise<Backend> {
  const opened = new Set<Redis>()
  const track = (redis: Redis): Redis => {
    redis.on('error', (error) => log.warn({ err: error }, 'connection of the queues lost'))
    opened.add(redis)
    return redis
  }
  /** BullMQ duplicates a worker's connection to block on it, and would leave the copy trying for ever when Redis is away. */
  class TrackedRedis extends Redis {
    override duplicate(override?: Partial<RedisOptions>): Redis {
      return track(super.duplicate(override))
    }
  }
  const connect = (own: { enableOfflineQueue?: boolean; maxRetriesPerRequest: number | null }) =>
    track(
      new TrackedRedis(redisUrl, {
        connectTimeout: CONNECT_TIMEOUT_MS,
        retryStrategy: (times: number) => Math.min(times * 50, 1_000),
        ...own,
      }),
    )
  // A producer fails at once when Redis is away, rather than keep a web request waiting.
  const forQueues = connect({ enableOfflineQueue: false, maxRetriesPerRequest: 1 })
  const disconnect = () => {
    for (const redis of opened) redis.disconnect()
  }
  try {
    await ready(forQueues)
  } catch (cause) {
    disconnect()
    throw unreachable('Redis', redisUrl, cause)
  }
  const forWorkers = connect({ maxRetriesPerRequest: null })
  for (const redis of opened) redis.setMaxListeners(0)
  return {
    queue: (name) => new Queue(name, { connection: forQueues, prefix, skipWaitingForReady: true }),
    worker: (name, process, options) =>
      new Worker(name, process, {
        ...options,
        connection: forWorkers,
        prefix,
        runRetryDelay: RUN_RETRY_DELAY_MS,
      }),
    async close() {
      disconnect()
    },
  }
}

/** Resolves once Redis answers; rejects at the first refusal. */
function ready(redis: Redis): Promise<void> {
  return new Promise((resolve, reject) => {
    redis.once('ready', resolve)
    redis.once('error', reject)
  })
}

function unreachable(what: string, url: string, cause: unknown): QueuesUnreachable {
  const { hostname, port } = new URL(url)
  const { code, message } = cause as NodeJS.ErrnoException
  const reason = code === 'ECONNREFUSED' ? 'nothing listens there' : message
  return new QueuesUnreachable(`${what} for the queues at ${hostname}:${port}: ${reason}.`, {
    cause,
  })
}

/** Waits for something at most so long; what fails or comes too late is left behind. */
export async function within(deadlineMs: number, done: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, deadlineMs))
  })
  await Promise.race([done.catch(() => {}), deadline])
  clearTimeout(timer)
}
