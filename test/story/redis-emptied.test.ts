import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { expect, it, onTestFinished } from 'vitest'
import { openQueues } from '../../jobs/queue.ts'
import type { DomainName } from '../../src/domain/name.ts'
import { lookSoon } from '../../src/store/names.ts'
import { hasRedis, openTestRedis } from '../support/redis.ts'
import { captureIn, eventually, openStory, type Story } from '../support/story.ts'
import { drops, stays, worldOf } from '../support/story-world.ts'

const looksAt = async ({ db }: Story, name: string): Promise<number> => {
  const [row] = await db.execute<{ n: number }>(
    sql`select count(distinct at)::int as n from observations where name = ${name} and source <> 'dns'`,
  )
  return row!.n
}

it.skipIf(!hasRedis())(
  'loses no watch and no capture when Redis is emptied',
  { timeout: 150_000 },
  async () => {
    const redis = await openTestRedis()
    onTestFinished(redis.close)
    const story = await openStory({
      world: worldOf({ 'verger.com': drops('com'), 'jardin.net': stays }),
      env: { REDIS_URL: redis.url },
    })
    const { db, clock } = story
    const queues = await openQueues({ redisUrl: redis.url }, pino({ level: 'silent' }))
    onTestFinished(() => queues.close(1_000))
    queues.show(['look'])
    const [looks] = queues.queues()

    // Emptied while the first looks wait for a watcher.
    await story.watch('verger.com', 'jardin.net')
    await story.start('scheduler')
    await eventually(async () => (await looks!.getWaitingCount()) === 2, 'two looks asked for')
    await redis.flush()
    // The minute for which a sweep's claim keeps other sweeps away is over.
    await db.execute(sql`update names set claimed_until = clock_timestamp()`)
    await Promise.all([story.start('watcher'), story.start('catcher')])
    await eventually(async () => (await looksAt(story, 'jardin.net')) === 1, 'the lost look')

    // Emptied in the middle of a race.
    await captureIn(db, 'verger.com', ['finalised'])
    await redis.flush()
    await lookSoon(db, 'jardin.net' as DomainName, clock.now(), 'asked')
    await eventually(async () => (await looksAt(story, 'jardin.net')) === 2, 'another look')
    await story.letGo()
    await captureIn(db, 'verger.com', ['won'])

    expect(await story.creates('verger.com')).toHaveLength(1)
    const watches = await db.execute(sql`select name, state from watches order by name`)
    expect([...watches]).toEqual([
      { name: 'jardin.net', state: 'open' },
      { name: 'verger.com', state: 'won' },
    ])
  },
)
