import { inArray, sql } from 'drizzle-orm'
import { expect, it, onTestFinished } from 'vitest'
import type { Extension } from '../../src/domain/name.ts'
import { readEvents } from '../../src/store/outbox.ts'
import { attempts } from '../../src/store/schema/capturing.ts'
import { hasRedis, openTestRedis } from '../support/redis.ts'
import { captureIn, eventually, openStory, type Story } from '../support/story.ts'
import { drops, stays, worldOf } from '../support/story-world.ts'

const EXTENSIONS: readonly Extension[] = ['com', 'net', 'org', 'info', 'biz', 'fr', 'eu', 'be']
const QUIET = ['anse', 'baie', 'cap', 'digue'].flatMap((label) =>
  EXTENSIONS.map((extension) => `${label}.${extension}`),
)
const DROPPING = ['phare.com', 'rade.com', 'quai.net', 'mole.eu', 'jetee.eu']

/** Each observation with the due instant of the look that it was made for: a look moves it on after it has observed. */
const AUDIT = [
  'create table audited (name text, source text, due_at timestamptz)',
  `create function audit() returns trigger language plpgsql as $$ begin
     insert into audited select new.name, new.source, next_look_at from names where name = new.name;
     return null;
   end $$`,
  'create trigger audit after insert on observations for each row execute function audit()',
]

it.skipIf(!hasRedis())(
  'doubles no look and no race with two processes of each kind',
  { timeout: 150_000 },
  async () => {
    const redis = await openTestRedis()
    onTestFinished(redis.close)
    const fates = Object.fromEntries([
      ...QUIET.map((name) => [name, stays]),
      ...DROPPING.map((name) => [name, drops(name.endsWith('.eu') ? 'eu' : 'com')]),
    ])
    const story = await openStory({ world: worldOf(fates), env: { REDIS_URL: redis.url } })
    const { db } = story
    for (const statement of AUDIT) await db.execute(statement)
    await story.watch(...DROPPING, ...QUIET)
    const roles = ['scheduler', 'watcher', 'catcher'] as const
    await Promise.all([...roles, ...roles].map((role) => story.start(role)))

    for (const name of DROPPING) await captureIn(db, name, ['finalised'])
    await eventually(async () => (await unseen(story)) === 0, 'a look at each name')
    await story.letGo()
    const won = await Promise.all(DROPPING.map((name) => captureIn(db, name, ['won'])))

    const doubled = await db.execute(
      sql`select name, source, due_at from audited group by 1, 2, 3 having count(*) > 1`,
    )
    expect([...doubled]).toEqual([])
    const quiet = await db.execute<{ looks: number }>(
      sql`select count(distinct due_at)::int as looks from audited where name in (select name from names where open_watches > 0) group by name`,
    )
    expect([...quiet].map(({ looks }) => looks)).toEqual(QUIET.map(() => 1))

    const events = await readEvents(db, { limit: 1_000 })
    const told = events.flatMap((event) => (event.type === 'capture.won' ? [event.data.name] : []))
    expect(told.sort()).toEqual([...DROPPING].sort())
    const [captures] = await db.execute<{ n: number }>(sql`select count(*)::int as n from captures`)
    expect(captures!.n).toBe(won.length)
    for (const name of DROPPING) expect(await sessionsOf(story, name)).toHaveLength(1)
  },
)

const unseen = async ({ db }: Story): Promise<number> => {
  const [row] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from names where last_look_at is null`,
  )
  return row!.n
}

/** The sessions that sent the creates which the registry got; each of them was written down before. */
async function sessionsOf(story: Story, name: string): Promise<(string | null)[]> {
  const sent = (await story.creates(name)).map(({ clTRID }) => clTRID ?? '')
  const planned = await story.db.select().from(attempts).where(inArray(attempts.clTRID, sent))
  expect(planned.map(({ clTRID }) => clTRID).sort()).toEqual([...sent].sort())
  return [...new Set(planned.map(({ session }) => session))]
}
