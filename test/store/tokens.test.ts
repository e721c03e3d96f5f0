import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createToken,
  findToken,
  hasTokens,
  readTokens,
  revokeToken,
} from '../../src/store/tokens.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

const now = new Date('2030-03-01T10:00:00Z')

test('a token is found by its secret, with its scopes', async () => {
  expect(await hasTokens(database.db)).toBe(false)
  const { secret, ...token } = await createToken(database.db, {
    name: 'shop',
    scopes: ['orders', 'ops:read'],
    now,
  })
  expect(secret).toMatch(/^vigie_[A-Za-z0-9_-]{43}$/)
  expect(await findToken(database.db, secret)).toEqual(token)
  expect(token).toMatchObject({ name: 'shop', scopes: ['orders', 'ops:read'], revokedAt: null })
  expect(await hasTokens(database.db)).toBe(true)
})

test('the secret is kept nowhere', async () => {
  const { secret } = await createToken(database.db, { name: 'quiet', scopes: ['support'], now })
  const rows = await database.db.execute(sql`select tokens::text as row from tokens`)
  expect(JSON.stringify(rows)).not.toContain(secret.slice('vigie_'.length))
})

test.each(['', 'vigie_', 'vigie_wrong', "' or true --"])(
  'the secret %j opens nothing',
  async (secret) => {
    expect(await findToken(database.db, secret)).toBeNull()
  },
)

test('a revoked token opens nothing, and is revoked once', async () => {
  const { id, secret } = await createToken(database.db, { name: 'old', scopes: ['orders'], now })
  expect(await revokeToken(database.db, id, now)).toBe(true)
  expect(await findToken(database.db, secret)).toBeNull()
  expect(await revokeToken(database.db, id, now)).toBe(false)
  const listed = await readTokens(database.db)
  expect(listed.find((token) => token.id === id)?.revokedAt).toEqual(now)
})
