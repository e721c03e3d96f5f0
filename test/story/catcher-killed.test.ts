import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { countRows, killCatcherAtFirstCreate, tallyEvents } from '../support/killed-catcher.ts'
import { captureIn, openStory } from '../support/story.ts'
import { drops, worldOf } from '../support/story-world.ts'

it('wins once what a catcher had won when it was killed before the answer', {
  timeout: 150_000,
}, async () => {
  const fates = { 'verger.com': drops('com') }
  const story = await openStory({ world: worldOf(fates) })
  await killCatcherAtFirstCreate(story, 'verisign', 'verger.com')

  await story.start('catcher')
  const won = await captureIn(story.db, 'verger.com', ['won', 'lost'])

  expect(won.state).toBe('won')
  expect(await story.whois('verger.com')).toMatch(/Registrar:\s+Vigie\s/)
  expect(await story.creates('verger.com')).toHaveLength(1)
  const events = await tallyEvents(story)
  expect(events).toMatchObject({
    'capture.finalised': 1,
    'capture.won': 1,
    'name.joined': 1,
    'watch.ended': 1,
  })
  expect(events).not.toHaveProperty('capture.lost')
  expect(await countRows(story, sql`captures`)).toBe(1)
  expect(await countRows(story, sql`captures where settled_at is not null`)).toBe(1)
  expect(await countRows(story, sql`portfolio where name = 'verger.com'`)).toBe(1)
  expect(await countRows(story, sql`attempts where outcome = 'executed'`)).toBe(1)
})
