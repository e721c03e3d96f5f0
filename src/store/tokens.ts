import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Database } from './connect.ts'
import { tokens } from './schema/customers.ts'

/** What a token may do: place orders, read for support, read for ops, act for ops. */
export const SCOPES = ['orders', 'support', 'ops:read', 'ops:act'] as const
export type Scope = (typeof SCOPES)[number]

export type Token = {
  id: string
  name: string
  scopes: Scope[]
  createdAt: Date
  revokedAt: Date | null
}

/** 256 random bits need no slow hash. */
const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

const SHOWN = {
  id: tokens.id,
  name: tokens.name,
  scopes: tokens.scopes,
  createdAt: tokens.createdAt,
  revokedAt: tokens.revokedAt,
}

/** Creates an API token. @returns it with its secret, which is kept nowhere. */
export async function createToken(
  db: Database,
  { name, scopes, now }: { name: string; scopes: readonly Scope[]; now: Date },
): Promise<Token & { secret: string }> {
  const secret = `vigie_${randomBytes(32).toString('base64url')}`
  const token = { id: randomUUID(), name, scopes: [...scopes], createdAt: now, revokedAt: null }
  await db.insert(tokens).values({ ...token, hash: hashOf(secret) })
  return { ...token, secret }
}

/** The token of a secret; null when there is none or it was revoked. */
export async function findToken(db: Database, secret: string): Promise<Token | null> {
  const [row] = await db
    .select(SHOWN)
    .from(tokens)
    .where(and(eq(tokens.hash, hashOf(secret)), isNull(tokens.revokedAt)))
  return (row as Token | undefined) ?? null
}

/** @returns false when there is no such token, or it was revoked before. */
export async function revokeToken(db: Database, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(tokens)
    .set({ revokedAt: now })
    .where(and(eq(tokens.id, id), isNull(tokens.revokedAt)))
    .returning({ id: tokens.id })
  return rows.length > 0
}

/** Whether anybody was ever given a token. */
export const hasTokens = async (db: Database): Promise<boolean> =>
  (await db.select({ id: tokens.id }).from(tokens).limit(1)).length > 0

/** All tokens, oldest first. */
export const readTokens = async (db: Database): Promise<Token[]> =>
  (await db.select(SHOWN).from(tokens).orderBy(asc(tokens.createdAt))) as Token[]
