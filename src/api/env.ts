import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { Database } from '../store/connect.ts'
import type { Sealer } from '../store/seal.ts'
import type { Token } from '../store/tokens.ts'

/** What the API needs from outside. */
export type ApiDeps = {
  db: Database
  clock: Clock
  sealer: Sealer
  log: Log
  /** Asks for an order to be fulfilled. A call that is lost is made up for by the sweep. */
  fulfil(orderId: string): Promise<void>
  /** Webhooks may stand at loopback and private addresses (sandbox), or never (live). */
  allowPrivate: boolean
}

export type ApiEnv = { Variables: { token: Token } }
export type Api = OpenAPIHono<ApiEnv>
