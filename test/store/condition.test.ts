import { expect, it, onTestFinished } from 'vitest'
import { readMigrations, readServer, sampleSealed } from '../../src/store/condition.ts'
import { saveContact } from '../../src/store/contacts.ts'
import { openEmptyDatabase, openTestDatabase } from '../support/database.ts'

it('counts the migrations that a database has had and those there are', async () => {
  const [migrated, empty] = await Promise.all([openTestDatabase(), openEmptyDatabase()])
  onTestFinished(() => Promise.all([migrated.close(), empty.close()]).then(() => {}))
  const { applied, known } = await readMigrations(migrated.db)
  expect(applied).toBe(known)
  expect(known).toBeGreaterThan(0)
  expect(await readMigrations(empty.db)).toEqual({ applied: 0, known })
})

it('tells the server’s version and time, and a sealed contact where there is one', async () => {
  const { db, close } = await openTestDatabase()
  onTestFinished(close)
  const server = await readServer(db)
  expect(server.version).toMatch(/^\d+/)
  expect(Math.abs(server.now.getTime() - Date.now())).toBeLessThan(60_000)
  expect(await sampleSealed(db)).toBeNull()
  const contact = { nicHandle: 'ab123', country: 'FR', citizenship: null, updatedAt: new Date() }
  await saveContact(db, { ...contact, sealed: 'v1.x' })
  expect(await sampleSealed(db)).toBe('v1.x')
})
