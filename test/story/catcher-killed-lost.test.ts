import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { countRows, killCatcherAtFirstCreate, tallyEvents } from '../support/killed-catcher.ts'
import { captureIn, eventually, openStory } from '../support/story.ts'
import { drops, rivalAfter, worldOf } from '../support/story-world.ts'

it('loses what a rival got while no catcher was alive', { timeout: 150_000 }, async () => {
  // .eu tells from when on it may release a name, and the first create leaves before this one is released.
  const rivals = [rivalAfter(50)]
  const fates = { 'verger.eu': drops('eu', { lateMs: 6_000, rivals }) }
  const story = await openStory({ world: worldOf(fates) })
  await killCatcherAtFirstCreate(story, 'eurid', 'verger.eu')

  await eventually(
    async () => (await story.whois('verger.eu')).includes('Rapid Names'),
    'the registration of the rival',
  )
  await story.start('catcher')
  const lost = await captureIn(story.db, 'verger.eu', ['lost', 'won'])

  expect(lost).toMatchObject({ state: 'lost', reason: 'beaten' })
  expect(lost.rival).toMatch(/rapid.names/i)
  expect(await story.creates('verger.eu')).toHaveLength(1)
  const events = await tallyEvents(story)
  expect(events).toMatchObject({ 'capture.finalised': 1, 'capture.lost': 1 })
  expect(events).not.toHaveProperty('capture.won')
  expect(events).not.toHaveProperty('watch.ended')
  expect(await countRows(story, sql`captures where settled_at is not null`)).toBe(1)
  expect(await countRows(story, sql`watches where state = 'open'`)).toBe(1)
})
