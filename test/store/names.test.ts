import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DomainName } from '../../src/domain/name.ts'
import {
  claimDueGlances,
  claimDueLooks,
  findName,
  lookSoon,
  type NameRow,
  recordName,
  releaseClaim,
} from '../../src/store/names.ts'
import { eventCall, readEvents } from '../../src/store/outbox.ts'
import { names } from '../../src/store/schema/watching.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { AT, daysFrom, nameRow } from '../support/name-row.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
beforeEach(() => database.db.delete(names))

const add = (...changes: Partial<NameRow>[]) =>
  database.db
    .insert(names)
    .values(changes.map((change, i) => nameRow({ name: `n${i}.com` as DomainName, ...change })))

describe('a claim', () => {
  it('is of a watched name that is due, oldest first, with the instant that was due', async () => {
    await add(
      { nextLookAt: daysFrom(-1) },
      { nextLookAt: daysFrom(-2) },
      { nextLookAt: daysFrom(1) },
      { nextLookAt: daysFrom(-3), openWatches: 0 },
      { nextLookAt: null },
    )
    const [first] = await claimDueLooks(database.db, AT, 1)
    expect(first).toEqual({ name: 'n1.com', dueAt: daysFrom(-2) })
    expect((await claimDueLooks(database.db, AT, 9)).map(({ name }) => name)).toEqual(['n0.com'])
  })

  it('is given to one of many claimers at once, and every due name to somebody', async () => {
    await add(...Array.from({ length: 80 }, () => ({ nextLookAt: AT })))
    const claims = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const mine = []
        for (;;) {
          const got = await claimDueLooks(database.db, AT, 3)
          if (got.length === 0) return mine
          mine.push(...got)
        }
      }),
    )
    const claimed = claims.flat().map(({ name }) => name)
    expect(new Set(claimed).size).toBe(claimed.length)
    expect(claimed).toHaveLength(80)
  })

  it('runs out by the database’s clock, whatever ours says', async () => {
    await add({ nextLookAt: AT })
    await claimDueLooks(database.db, AT, 9)
    expect(await claimDueLooks(database.db, daysFrom(3_650), 9)).toEqual([])
    await database.db.update(names).set({ claimedUntil: sql`clock_timestamp() - interval '1 ms'` })
    expect(await claimDueLooks(database.db, AT, 9)).toHaveLength(1)
  })

  it('that is given back is handed out again', async () => {
    await add({ nextLookAt: AT })
    const [mine] = await claimDueLooks(database.db, AT, 9)
    await releaseClaim(database.db, mine!.name)
    expect(await claimDueLooks(database.db, AT, 9)).toEqual([mine])
  })

  it('for a glance goes by the glance’s own instant', async () => {
    await add({ nextLookAt: AT, nextGlanceAt: null }, { nextLookAt: null, nextGlanceAt: AT })
    expect(await claimDueGlances(database.db, AT, 9)).toEqual([{ name: 'n1.com', dueAt: AT }])
  })

  it('for a glance leaves a name alone that was handed out for a look', async () => {
    await add({ nextLookAt: AT, nextGlanceAt: AT })
    await claimDueLooks(database.db, AT, 9)
    expect(await claimDueGlances(database.db, AT, 9)).toEqual([])
  })
})

describe('what a look learned', () => {
  const restored = (key: string) =>
    eventCall('name.restored', 'name:n0.com', key, AT, {
      name: 'n0.com',
      sponsor: null,
      reason: '',
    })
  const told = () => readEvents(database.db, { subject: 'name:n0.com', limit: 10 })

  it('is written and told together, and the claim is over', async () => {
    await add({ claimedUntil: daysFrom(3_650) })
    const row = (await findName(database.db, 'n0.com' as DomainName))!
    expect(await recordName(database.db, row, { phase: 'redemption' }, [restored('a')])).toBe(true)
    expect(await findName(database.db, row.name)).toEqual({
      ...row,
      phase: 'redemption',
      claimedUntil: null,
      version: row.version + 1,
    })
    expect(await told()).toHaveLength(1)
  })

  it('is neither written nor told when another look was first', async () => {
    await add({})
    const row = (await findName(database.db, 'n0.com' as DomainName))!
    await recordName(database.db, row, { phase: 'redemption' }, [])
    const before = (await told()).length
    expect(await recordName(database.db, row, { phase: 'active' }, [restored('b')])).toBe(false)
    expect(await findName(database.db, row.name)).toMatchObject({ phase: 'redemption' })
    expect(await told()).toHaveLength(before)
  })

  it('by many looks at once is that of one', async () => {
    await add({})
    const row = (await findName(database.db, 'n0.com' as DomainName))!
    const written = await Promise.all(
      Array.from({ length: 8 }, (_, i) => recordName(database.db, row, { silentLooks: i }, [])),
    )
    expect(written.filter(Boolean)).toHaveLength(1)
  })
})

it('a look that is asked for is due at once, though the name was claimed', async () => {
  await add({ nextLookAt: daysFrom(1), claimedUntil: daysFrom(3_650) })
  await lookSoon(database.db, 'n0.com' as DomainName, AT, 'dns-change')
  const [due] = await claimDueLooks(database.db, AT, 9)
  expect(due).toEqual({ name: 'n0.com', dueAt: AT })
  const [row] = await database.db.select().from(names).where(eq(names.name, due!.name))
  expect(row!.nextLookBecause).toBe('dns-change')
})
