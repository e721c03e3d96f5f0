import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEvents } from '../../src/store/outbox.ts'
import { readSwitches, setSwitch, stoppedBy } from '../../src/store/switches.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const set = (scope: string, stopped: boolean, at: string, reason = 'test') =>
  setSwitch(database.db, { scope, stopped, by: 'ops', reason, at: new Date(at) })

test('nothing is stopped at first', async () => {
  expect(await stoppedBy(database.db, ['all', 'name:x.fr'])).toBeNull()
})

test('a stopped scope is found among those asked for, and let go again', async () => {
  await set('registry:afnic', true, '2030-03-01T10:00:00Z', 'registry works')
  expect(await stoppedBy(database.db, ['all', 'registry:afnic', 'name:x.fr'])).toEqual({
    scope: 'registry:afnic',
    reason: 'registry works',
  })
  expect(await stoppedBy(database.db, ['all', 'registry:pir'])).toBeNull()
  await set('registry:afnic', false, '2030-03-01T11:00:00Z')
  expect(await stoppedBy(database.db, ['all', 'registry:afnic'])).toBeNull()
})

test('`all` is told before anything else', async () => {
  await set('accreditation:x', true, '2030-03-01T10:00:00Z')
  await set('all', true, '2030-03-01T10:00:00Z')
  expect((await stoppedBy(database.db, ['accreditation:x', 'all']))?.scope).toBe('all')
  await set('all', false, '2030-03-01T10:00:01Z')
})

test('no scopes are never stopped', async () => {
  expect(await stoppedBy(database.db, [])).toBeNull()
})

test('each setting is told once', async () => {
  await set('name:told.fr', true, '2030-03-01T10:00:00Z')
  await set('name:told.fr', true, '2030-03-01T10:00:00Z')
  await set('name:told.fr', false, '2030-03-01T10:00:05Z')
  const told = await readEvents(database.db, { subject: 'switch:name:told.fr', limit: 10 })
  expect(told.map((event) => event.data)).toEqual([
    { scope: 'name:told.fr', stopped: true, by: 'ops', reason: 'test' },
    { scope: 'name:told.fr', stopped: false, by: 'ops', reason: 'test' },
  ])
})

test('all switches are listed as they were last set', async () => {
  const listed = await readSwitches(database.db)
  expect(listed.find((one) => one.scope === 'registry:afnic')).toEqual({
    scope: 'registry:afnic',
    stopped: false,
    by: 'ops',
    reason: 'test',
    at: new Date('2030-03-01T11:00:00Z'),
  })
})
