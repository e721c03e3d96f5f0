import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { readEvents } from '../../src/store/outbox.ts'
import { listAttempts } from '../../src/store/attempts.ts'
import { captureIn, openStory } from '../support/story.ts'
import { dropsAfter, rivalAfter, worldOf } from '../support/story-world.ts'

it('tries', { timeout: 90_000 }, async () => {
  const t0 = performance.now()
  const say = (s: string) => console.log(Math.round(performance.now() - t0), s)
  const story = await openStory({ world: worldOf({
     'one.com': dropsAfter(15_000, 'com'),
     'two.eu': dropsAfter(15_000, 'eu', { lateMs: 5_000, rivals: [rivalAfter(50)] }),
  }, { verisign: { epp: { latencyMs: 100 } }, eurid: {epp: {latencyMs: 100}} }) })
  say('sandbox')
  await story.watch('one.com', 'two.eu')
  await Promise.all([story.start('scheduler'), story.start('watcher'), story.start('catcher')])
  say('roles')
  const a = await captureIn(story.db, 'one.com', ['firing'], 40_000)
  say('firing')
  console.log(a.windowFrom, a.windowTo, a.shots.length, a.shots.map((x) => new Date(x).toISOString()).slice(0, 5))
  const d = await captureIn(story.db, 'two.eu', ['firing'], 20_000)
  console.log(d.windowFrom, d.windowTo, d.shots.length, d.shots.map((x) => new Date(x).toISOString()))
  const b = await captureIn(story.db, 'one.com', ['won'], 20_000)
  const c = await captureIn(story.db, 'two.eu', ['lost'], 20_000)
  say('over')
  for (const e of await readEvents(story.db, { limit: 100 })) console.log(e.at.toISOString(), e.type, e.subject, JSON.stringify(e.data))
  for (const x of [b, c]) console.log(x, await listAttempts(story.db, x.id))
  for (const f of await story.frames()) console.log(f.verb, f.name, f.clTRID)
})
