import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/store/connect.ts'
import { storePermits } from '../../src/store/permits.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const within = (maxWaitMs: number) => ({ maxWaitMs, signal: new AbortController().signal })
const patient = () => within(60_000)
const hasty = () => within(0)
const every = (perSecond: number, burst = 1) => ({ perSecond, burst, concurrency: 1 })

/** The place after the last reserved one, in microseconds of the server's clock. */
async function nextPlace(host: string): Promise<number> {
  const [row] = await database.db.execute<{ tat: string }>(
    sql`select tat from permits where host = ${host}`,
  )
  return Number(row!.tat)
}
async function serverNow(): Promise<number> {
  const [row] = await database.db.execute<{ us: string }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000000)::bigint as us`,
  )
  return Number(row!.us)
}

test('takers in several processes get places a full interval apart, and none before its place', async () => {
  const processes = Array.from({ length: 4 }, () => openDatabase(database.url, { max: 2 }))
  onTestFinished(async () => {
    for (const process of processes) await process.close()
  })
  const startUs = await serverNow()
  const startMs = performance.now()
  const takenMs: number[] = []
  await Promise.all(
    processes.flatMap(({ db }) =>
      Array.from({ length: 6 }, async () => {
        const permit = await storePermits(db).take('busy', every(100), patient())
        takenMs.push(performance.now() - startMs)
        expect(permit).toEqual({ granted: true })
      }),
    ),
  )
  takenMs.sort((a, b) => a - b)
  // 24 places, each 11 ms from the last: 10 ms as the limit says, and the guard for late timers.
  expect(await nextPlace('busy')).toBeGreaterThanOrEqual(startUs + 24 * 11_000)
  for (const [i, ms] of takenMs.entries()) expect(ms).toBeGreaterThanOrEqual(i * 11)
})

test('the first request of an idle host goes at once', async () => {
  const permits = storePermits(database.db)
  expect(await permits.take('idle', every(0.001), hasty())).toEqual({ granted: true })
})

test('a place too far off is refused with its instant, and not reserved', async () => {
  const permits = storePermits(database.db)
  await permits.take('slow', every(0.1), hasty())
  const before = await nextPlace('slow')
  const refused = await permits.take('slow', every(0.1), within(1000))
  expect(refused).toMatchObject({ granted: false, reason: 'Every place of slow is taken for now.' })
  expect(await nextPlace('slow')).toBe(before)
  const retryMs = refused.granted ? 0 : refused.retryAt.getTime() - Date.now()
  expect(retryMs).toBeGreaterThan(8_000)
  expect(retryMs).toBeLessThanOrEqual(11_001)
})

test.each([
  { perSecond: 1, burst: 3, atOnce: 3 },
  { perSecond: 0.5, burst: 2, atOnce: 2 },
  { perSecond: 5, burst: 1, atOnce: 1 },
  // Five at once and five more within the second would be ten in a second.
  { perSecond: 5, burst: 5, atOnce: 1 },
  { perSecond: 5, burst: 8, atOnce: 4 },
])(
  'of $perSecond a second with a burst of $burst, $atOnce go at once',
  async ({ perSecond, burst, atOnce }) => {
    const permits = storePermits(database.db)
    const limit = every(perSecond / 1000, 1)
    expect(limit.burst).toBe(1)
    const host = `burst-${perSecond}-${burst}`
    let granted = 0
    while (granted < 20 && (await permits.take(host, every(perSecond, burst), hasty())).granted)
      granted++
    expect(granted).toBe(atOnce)
  },
)

test('a paused host refuses everybody with the reason, and reserves nothing', async () => {
  const permits = storePermits(database.db)
  const until = new Date(Date.now() + 30_000)
  await permits.pause('paused', until, '429 Too Many Requests')
  const refused = await permits.take('paused', every(100), patient())
  expect(refused).toMatchObject({ granted: false, reason: '429 Too Many Requests' })
  expect(await nextPlace('paused')).toBe(0)
  const off = refused.granted ? 0 : refused.retryAt.getTime() - until.getTime()
  expect(Math.abs(off)).toBeLessThan(1_000)
})

test('a longer pause is never shortened, and a pause that is over hinders nobody', async () => {
  const permits = storePermits(database.db)
  await permits.pause('long', new Date(Date.now() + 60_000), 'long')
  await permits.pause('long', new Date(Date.now() + 1_000), 'short')
  expect(await permits.take('long', every(100), patient())).toMatchObject({ reason: 'long' })
  await permits.pause('over', new Date(Date.now() - 1_000), 'over')
  expect(await permits.take('over', every(100), patient())).toEqual({ granted: true })
})

test('who waits for a place hears of a pause that came meanwhile', async () => {
  const permits = storePermits(database.db)
  await permits.take('late', every(4), patient())
  const waiting = permits.take('late', every(4), patient())
  await permits.pause('late', new Date(Date.now() + 30_000), 'blocked')
  expect(await waiting).toMatchObject({ granted: false, reason: 'blocked' })
})

test('waiting ends when it is aborted', async () => {
  const permits = storePermits(database.db)
  await permits.take('aborted', every(0.1), patient())
  const stop = new AbortController()
  const waiting = permits.take('aborted', every(0.1), { maxWaitMs: 60_000, signal: stop.signal })
  stop.abort(new Error('stopped'))
  await expect(waiting).rejects.toThrow('stopped')
})
