import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openQueues } from '../../jobs/queue.ts'
import { openLog } from '../../src/log.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { openLine } from '../support/line.ts'
import { queueConformance, type TestBackend } from '../support/queue-conformance.ts'
import { hasRedis, openTestRedis, type TestRedis } from '../support/redis.ts'

/** The same address over a line that can be cut. */
async function over(url: string): Promise<{ url: string; line: TestBackend['line'] }> {
  const line = await openLine(Number(new URL(url).port))
  const near = new URL(url)
  near.port = String(line.port)
  return { url: near.href, line }
}

describe('queues in PostgreSQL', () => {
  let database: TestDatabase
  let backend: TestBackend
  beforeAll(async () => {
    database = await openTestDatabase()
    const { url, line } = await over(database.url)
    const upset = async () => {
      await database.db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`)
    }
    backend = { where: { databaseUrl: url }, line, upset }
  })
  afterAll(async () => {
    await backend.line.close()
    await database.close()
  })
  queueConformance(() => backend)

  test('several processes that start on a new database at once agree on its tables', async () => {
    const fresh = await openTestDatabase()
    const log = openLog('silent')
    const opened = await Promise.all(
      Array.from({ length: 3 }, () => openQueues({ databaseUrl: fresh.url }, log)),
    )
    for (const queues of opened) await queues.close(2_000)
    await fresh.close()
    expect(opened).toHaveLength(3)
  })

  test('an address where nothing listens is told, without the password', async () => {
    const nowhere = openQueues(
      { databaseUrl: 'postgres://u:hunter2@127.0.0.1:1/x' },
      openLog('silent'),
    )
    await expect(nowhere).rejects.toThrow(
      'PostgreSQL for the queues at 127.0.0.1:1: nothing listens there.',
    )
  })
})

describe.runIf(hasRedis())('queues in Redis', () => {
  let redis: TestRedis
  let backend: TestBackend
  beforeAll(async () => {
    redis = await openTestRedis()
    const { url, line } = await over(redis.url)
    backend = { where: { redisUrl: url }, line, upset: () => redis.flush() }
  })
  afterAll(async () => {
    await backend.line.close()
    await redis.close()
  })
  queueConformance(() => backend)

  test('two installations with prefixes of their own do not do each other’s work', async () => {
    const log = openLog('silent')
    const [one, other] = await Promise.all(
      ['one', 'other'].map((prefix) => openQueues({ redisUrl: redis.url }, log, { prefix })),
    )
    const counts = await Promise.all(
      [one!, other!].map(async (queues, i) => {
        queues.show(['shared'])
        const [queue] = queues.queues()
        if (i === 0) await queue!.add('shared', {})
        return queue!
      }),
    ).then(async ([first, second]) => [await first!.count(), await second!.count()])
    expect(counts).toEqual([1, 0])
    for (const queues of [one!, other!]) await queues.close(2_000)
  })

  test('an address where nothing listens is told', async () => {
    const nowhere = openQueues({ redisUrl: 'redis://127.0.0.1:1' }, openLog('silent'))
    await expect(nowhere).rejects.toThrow(
      'Redis for the queues at 127.0.0.1:1: nothing listens there.',
    )
  })
})
