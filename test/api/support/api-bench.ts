import { createApi } from '../../../src/api/api.ts'
import type { Api, ApiDeps } from '../../../src/api/env.ts'
import { AnchoredClock } from '../../../src/clock.ts'
import { openLog } from '../../../src/log.ts'
import type { Database } from '../../../src/store/connect.ts'
import { openSealer } from '../../../src/store/seal.ts'
import { createToken, SCOPES, type Scope } from '../../../src/store/tokens.ts'
import { openTestDatabase } from '../../support/database.ts'

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> }

/** The API on a database of its own, and a caller with a token. */
export type ApiBench = {
  api: Api
  db: Database
  clock: AnchoredClock
  token: string
  /** Orders that were asked to be fulfilled. */
  rung: string[]
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>
  tokenFor(...scopes: Scope[]): Promise<string>
  close(): Promise<void>
}

export async function openApiBench(
  changed: Partial<Pick<ApiDeps, 'allowPrivate' | 'fulfil'>> = {},
): Promise<ApiBench> {
  const database = await openTestDatabase()
  const { db } = database
  const atMs = Date.parse('2026-11-23T10:00:00Z')
  const clock = new AnchoredClock({ wallMs: 0, atMs, speed: 1 }, () => 0)
  const rung: string[] = []
  const api = createApi({
    db,
    clock,
    sealer: openSealer(Buffer.alloc(32, 7)),
    log: openLog('silent'),
    allowPrivate: true,
    async fulfil(orderId) {
      rung.push(orderId)
    },
    ...changed,
  })
  const tokenFor = async (...scopes: Scope[]) =>
    (await createToken(db, { name: 'test', scopes, now: clock.now() })).secret
  const token = await tokenFor(...SCOPES)
  return {
    api,
    db,
    clock,
    token,
    rung,
    tokenFor,
    async call(method, path, body, headers = {}) {
      const answer = await api.request(path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await answer.text()
      return {
        status: answer.status,
        headers: answer.headers,
        body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      }
    },
    close: () => database.close(),
  }
}

export const CONTACT = {
  name: 'Marie Dupont',
  street: ['12 rue des Lilas'],
  city: 'Nantes',
  postalCode: '44000',
  country: 'FR',
  voice: '+33 2 40 12 34 56',
  email: 'marie@example.org',
}
