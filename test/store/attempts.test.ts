import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  hasOpenCreate,
  listAttempts,
  planAttempts,
  recordAttempt,
  settleOpenCreates,
} from '../../src/store/attempts.ts'
import { addCapture } from '../dashboard/scene.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'
import { AT } from '../support/name-row.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const OPEN = [null, 'undetermined', 'create-pending', 'created']
const ACCOUNTED = ['exists', 'refused', 'no-session', 'not-sent', 'not-executed', 'executed']

/** A capture with one command of each of the outcomes. */
async function captureWith(command: 'create' | 'info', outcomes: readonly (string | null)[]) {
  const { db } = database
  const captureId = await addCapture(db, `${randomUUID()}.com`)
  for (const outcome of outcomes) {
    const clTRID = randomUUID()
    await planAttempts(db, [{ captureId, command, clTRID, plannedAt: AT, session: null }])
    if (outcome !== null) await recordAttempt(db, clTRID, { outcome })
  }
  return captureId
}

for (const outcome of OPEN)
  it(`a create ${outcome ?? 'without an answer'} has to be asked about before anything is sent`, async () => {
    expect(await hasOpenCreate(database.db, await captureWith('create', [outcome]))).toBe(true)
  })

it('a create that is accounted for has not, nor has any other command, nor no command at all', async () => {
  for (const captureId of [
    await captureWith('create', ACCOUNTED),
    await captureWith('info', OPEN),
    await captureWith('create', []),
  ])
    expect(await hasOpenCreate(database.db, captureId)).toBe(false)
})

it('what the registry told later is said of creates without an answer only, and of this capture’s', async () => {
  const captureId = await captureWith('create', [null, 'undetermined', 'create-pending', 'exists'])
  const other = await captureWith('create', [null])
  await settleOpenCreates(database.db, captureId, 'not-executed')
  const outcomes = (await listAttempts(database.db, captureId)).map(({ outcome }) => outcome)
  expect(outcomes).toEqual(['not-executed', 'not-executed', 'not-executed', 'exists'])
  expect(await hasOpenCreate(database.db, captureId)).toBe(false)
  expect(await hasOpenCreate(database.db, other)).toBe(true)
})

it('commands are listed in the order in which they were planned', async () => {
  const captureId = await addCapture(database.db, `${randomUUID()}.com`)
  const planned = [30, 10, 20].map((ms) => ({
    captureId,
    command: 'create' as const,
    clTRID: `${captureId}-${ms}`,
    plannedAt: new Date(AT.getTime() + ms),
    session: 'line-0',
  }))
  await planAttempts(database.db, planned)
  await planAttempts(database.db, [])
  const listed = await listAttempts(database.db, captureId)
  expect(listed.map(({ clTRID }) => clTRID)).toEqual([10, 20, 30].map((ms) => `${captureId}-${ms}`))
})

it('a clTRID is used once', async () => {
  const captureId = await captureWith('create', [])
  const attempt = {
    captureId,
    command: 'create',
    clTRID: randomUUID(),
    plannedAt: AT,
    session: null,
  } as const
  await planAttempts(database.db, [attempt])
  await expect(planAttempts(database.db, [attempt])).rejects.toThrow()
})
