import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { hasOpenCreate } from '../../src/store/attempts.ts'
import { readEvents } from '../../src/store/outbox.ts'
import { captureIn, eventually, openStory, type Story } from '../support/story.ts'
import { dropsAfter, rivalAfter, worldOf } from '../support/story-world.ts'

/** A create is carried out half of this before it is answered: time enough to kill who sent it. */
const slowBy = (latencyMs: number) => ({ epp: { latencyMs } })

/** Everything runs, and the catcher is killed as soon as its first create has been carried out. */
async function killCatcherAtFirstCreate(story: Story, name: string): Promise<void> {
  await story.watch(name)
  const [catcher] = await Promise.all(
    (['catcher', 'watcher', 'scheduler'] as const).map((role) => story.start(role)),
  )
  await eventually(
    async () => (await story.creates(name)).length > 0,
    async () => ({
      events: await readEvents(story.db, { limit: 100 }),
      captures: await story.db.execute(sql`select * from captures`),
      names: await story.db.execute(sql`select * from names`),
      frames: await story.frames(),
    }),
    40_000,
  )
  catcher!.kill('SIGKILL')
  await catcher!.ended
  const capture = await captureIn(story.db, name, ['firing'], 0)
  expect(await hasOpenCreate(story.db, capture.id)).toBe(true)
}

/** How often each event was told. */
async function tally(story: Story): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { type } of await readEvents(story.db, { limit: 1_000 }))
    counts[type] = (counts[type] ?? 0) + 1
  return counts
}

const count = async ({ db }: Story, what: ReturnType<typeof sql>): Promise<number> => {
  const [row] = await db.execute<{ n: number }>(sql`select count(*)::int as n from ${what}`)
  return row!.n
}

it('wins once what a catcher had won when it was killed before the answer', {
  timeout: 90_000,
}, async () => {
  const fates = { 'verger.com': dropsAfter(18_000, 'com') }
  const story = await openStory({ world: worldOf(fates, { verisign: slowBy(2_000) }) })
  await killCatcherAtFirstCreate(story, 'verger.com')

  await story.start('catcher')
  const won = await captureIn(story.db, 'verger.com', ['won'], 40_000)

  expect(won.settledAt).not.toBeNull()
  expect(await story.whois('verger.com')).toMatch(/Registrar:\s+Vigie\s/)
  expect(await story.creates('verger.com')).toHaveLength(1)
  expect(await tally(story)).toMatchObject({
    'capture.finalised': 1,
    'capture.won': 1,
    'name.joined': 1,
    'watch.ended': 1,
  })
  expect(await tally(story)).not.toHaveProperty('capture.lost')
  expect(await count(story, sql`captures where settled_at is not null`)).toBe(1)
  expect(await count(story, sql`portfolio where name = 'verger.com'`)).toBe(1)
  expect(await count(story, sql`attempts where command = 'create' and outcome = 'executed'`)).toBe(
    1,
  )
})

it('loses what a rival got while no catcher was alive', { timeout: 90_000 }, async () => {
  // .eu tells when the release begins, and the first create leaves before this name is released.
  const fates = {
    'verger.eu': dropsAfter(30_000, 'eu', { lateMs: 6_000, rivals: [rivalAfter(50)] }),
  }
  const story = await openStory({ world: worldOf(fates, { eurid: slowBy(1_200) }) })
  await killCatcherAtFirstCreate(story, 'verger.eu')

  await eventually(
    async () => (await story.whois('verger.eu')).includes('Rapid Names'),
    'the rival',
    20_000,
  )
  await story.start('catcher')
  const lost = await captureIn(story.db, 'verger.eu', ['lost', 'won'], 40_000)

  expect(lost).toMatchObject({ state: 'lost', reason: 'beaten' })
  expect(lost.rival).toMatch(/rapid.names/i)
  expect(await story.creates('verger.eu')).toHaveLength(1)
  const events = await tally(story)
  expect(events).toMatchObject({ 'capture.finalised': 1, 'capture.lost': 1 })
  expect(events).not.toHaveProperty('capture.won')
  expect(events).not.toHaveProperty('watch.ended')
  expect(await count(story, sql`captures where settled_at is not null`)).toBe(1)
  expect(await count(story, sql`watches where state = 'open'`)).toBe(1)
})
