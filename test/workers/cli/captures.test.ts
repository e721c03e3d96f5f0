import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  addCapture,
  addCreates,
  addName,
  forecastOf,
  fromNow,
  HOUR,
  MINUTE,
} from '../../dashboard/scene.ts'
import { vigie } from '../../support/command-line.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
/** An installation that lives by the system's clock. */
let here: Record<string, string>
beforeAll(async () => {
  database = await openTestDatabase()
  here = { DATABASE_URL: database.url, VIGIE_REGISTRIES: 'live' }
})
afterAll(() => database.close())

describe('vigie captures', () => {
  it('lists what was asked for, and tells a race whole', async () => {
    const { db } = database
    const plannedAt = fromNow(-HOUR)
    const id = await addCapture(db, 'lost.com', {
      state: 'lost',
      reason: 'beaten',
      rival: 'Rapid Names',
      gapFromMs: 84,
      gapToMs: 190,
      explanation: 'Rapid Names was first.',
      shots: [plannedAt.getTime()],
      decidedAt: fromNow(-HOUR),
    })
    await addCapture(db, 'won.fr', { state: 'won', decidedAt: fromNow(-MINUTE) })
    await addCreates(db, id, plannedAt, [{ plan: 0, late: 1, trip: 12 }])
    const lost = ['--extension', 'com', '--outcome', 'lost', '--reason', 'beaten']
    const [list, story, json] = await Promise.all([
      vigie(['captures', 'list', ...lost, '--json'], here),
      vigie(['captures', 'show', id], here),
      vigie(['captures', 'show', id, '--json'], here),
    ])
    expect(list.json).toEqual([
      expect.objectContaining({ id, state: 'lost', creates: 1, gapMs: { from: 84, to: 190 } }),
    ])
    const time = (ms: number) => new Date(plannedAt.getTime() + ms).toISOString().slice(11, 23)
    expect(story.stdout).toMatch(/^lost\.com: lost, beaten by Rapid Names/)
    expect(story.stdout).toMatch(
      new RegExp(
        `create .*${time(0)}  ${time(1)}  ${time(13)} \\(\\+12 ms\\)  2302  Object exists`,
      ),
    )
    expect(story.stdout).toContain('84 to 190 ms behind the rival')
    expect(json.json[0]).toMatchObject({ id, rival: 'Rapid Names', attempts: [{ code: 2302 }] })
  })
})

describe('vigie forecast', () => {
  it('says when names can drop and when they are looked at next, small tails in one line', async () => {
    const tail = Array.from(
      { length: 20 },
      (_, i) => [(i + 2) * HOUR, (i + 3) * HOUR, 0.005] as const,
    )
    const forecast = forecastOf([[HOUR, 2 * HOUR, 0.7], ...tail])
    await addName(database.db, 'soon.com', { phase: 'pendingDelete', forecast })
    const [told, json] = await Promise.all([
      vigie(['forecast', 'soon.com', 'stranger.com'], here),
      vigie(['forecast', 'soon.com', '--json'], here),
    ])
    expect(told.status).toBe(1)
    expect(told.stderr).toContain('stranger.com was never watched')
    expect(told.stdout).toMatch(/^soon\.com: pending delete$/m)
    expect(told.stdout).toMatch(/next look .*UTC, because: the promised looks of the day/)
    expect(told.stdout.match(/ UTC +\d+ %$/gm)?.map((row) => row.trim().split(/ {2,}/)[1])).toEqual(
      ['70 %', '10 %'],
    )
    expect(told.stdout).toMatch(/not this time.* 20 %/)
    expect(json.json[0]).toMatchObject({ name: 'soon.com', nextLook: { because: 'promise' } })
    const { segments } = json.json[0]!.forecast as { segments: unknown[] }
    expect(segments).toHaveLength(21)
  })
})
