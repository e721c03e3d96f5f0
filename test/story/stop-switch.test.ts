import { expect, it } from 'vitest'
import { setSwitch } from '../../src/store/switches.ts'
import { captureIn, openStory } from '../support/story.ts'
import { drops, rivalAfter, worldOf } from '../support/story-world.ts'

it('creates nothing while all is stopped, and goes on as soon as it may', {
  timeout: 150_000,
}, async () => {
  const story = await openStory({
    world: worldOf({
      'verger.com': drops('com', { rivals: [rivalAfter(2_500)] }),
      'verger.net': drops('net'),
    }),
  })
  const { db, clock } = story
  const turn = (stopped: boolean) =>
    setSwitch(db, { scope: 'all', stopped, by: 'ops', reason: 'Drill.', at: clock.now() })
  await turn(true)
  await story.watch('verger.com', 'verger.net')
  await Promise.all((['scheduler', 'watcher', 'catcher'] as const).map((role) => story.start(role)))
  for (const name of ['verger.com', 'verger.net']) await captureIn(db, name, ['finalised'])
  await story.letGo()

  const lost = await captureIn(db, 'verger.com', ['lost', 'won', 'stood-down'])
  expect(lost).toMatchObject({ state: 'lost', reason: 'not-attempted' })
  expect(lost.rival).toMatch(/rapid.names/i)
  expect(lost.explanation).toContain('Drill.')
  for (const name of ['verger.com', 'verger.net']) expect(await story.creates(name)).toEqual([])
  expect(await story.whois('verger.net')).toMatch(/^No match/m)

  await turn(false)
  await captureIn(db, 'verger.net', ['won'])
  expect(await story.creates('verger.net')).toHaveLength(1)
  expect(await story.whois('verger.net')).toMatch(/Registrar:\s+Vigie\s/)
})
