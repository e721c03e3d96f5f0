import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DomainName } from '../../src/domain/name.ts'
import {
  forgetObservations,
  keepObservations,
  recentObservations,
} from '../../src/store/observations.ts'
import { observations } from '../../src/store/schema/watching.ts'
import { anyFinding, anyObservation, NOTHING_SAID, NOW, seen } from '../domain/arbitraries.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
beforeEach(() => database.db.delete(observations))

const name = 'example.com' as DomainName
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000)

describe('what probes answered', () => {
  it('is read back as it was kept, dates and all', async () => {
    await fc.assert(
      fc.asyncProperty(anyObservation, async (observation) => {
        await database.db.delete(observations)
        await keepObservations(database.db, [observation])
        expect(await recentObservations(database.db, name, ago(7_200))).toEqual([observation])
      }),
      { numRuns: 100 },
    )
  })

  it('keeps every kind of finding apart', async () => {
    const findings = fc.sample(anyFinding, { numRuns: 40, seed: 7 })
    await keepObservations(
      database.db,
      findings.map((finding, i) => seen('rdap', i, finding)),
    )
    const kept = await recentObservations(database.db, name, ago(100))
    expect(kept.map(({ kind }) => kind)).toEqual(findings.map(({ kind }) => kind))
  })

  it('comes newest first, since an instant, and of one name', async () => {
    const other = { ...seen('das', 1, { kind: 'available' }), name: 'other.com' as DomainName }
    const mine = [30, 10, 20, 40].map((s) => seen('whois', s, { kind: 'absent' }))
    await keepObservations(database.db, [...mine, other])
    const read = await recentObservations(database.db, name, ago(30))
    expect(read.map(({ at }) => at)).toEqual([ago(10), ago(20), ago(30)])
  })

  it('may be nothing', async () => {
    await keepObservations(database.db, [])
    expect(await recentObservations(database.db, name, ago(100))).toEqual([])
  })

  it('is rounded to whole milliseconds where it was timed finer', async () => {
    await keepObservations(database.db, [{ ...seen('rdap', 1, { kind: 'absent' }), tookMs: 20.6 }])
    expect((await recentObservations(database.db, name, ago(9)))[0]?.tookMs).toBe(21)
  })

  it('is forgotten once it is older than an instant', async () => {
    const registration = { ...NOTHING_SAID, roid: 'A-1' }
    await keepObservations(
      database.db,
      [10, 20, 30].map((s) => seen('epp', s, { kind: 'registered', registration })),
    )
    expect(await forgetObservations(database.db, ago(20))).toBe(1)
    expect(await recentObservations(database.db, name, ago(100))).toHaveLength(2)
  })
})
