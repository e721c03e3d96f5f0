/**
 * The HTTP API under `/v1`: every route says in zod what it takes and gives, which is also its OpenAPI at `/openapi.json`;
 * every failure is problem details (RFC 9457). Routes only translate: the rules live in `orders/` and `events/`.
 */
import { OpenAPIHono } from '@hono/zod-openapi'
import { problemsOf } from '../orders/problems.ts'
import { openAccess } from './access.ts'
import type { Api, ApiDeps, ApiEnv } from './env.ts'
import { invalid } from './failure.ts'
import { forbidCache, hardenHeaders, limitBody, refuseStray } from './guards.ts'
import { answerFailure } from './problem-details.ts'
import { addCaptures } from './routes/captures.ts'
import { addContacts } from './routes/contacts.ts'
import { addEvents } from './routes/events.ts'
import { addNames } from './routes/names.ts'
import { addOrders } from './routes/orders.ts'
import { addPacks } from './routes/packs.ts'
import { addPortfolio } from './routes/portfolio.ts'
import { addSwitches } from './routes/switches.ts'
import { addWatches } from './routes/watches.ts'
import { addWebhooks } from './routes/webhooks.ts'

const DOCUMENT = {
  openapi: '3.1.0',
  info: {
    title: 'Vigie',
    version: '1',
    description:
      'Orders packs, watches the names that somebody else holds, and tells what became of them. Instants are RFC 3339 in UTC, money is whole cents before tax, failures are problem details (RFC 9457).',
  },
  security: [{ token: [] }],
}

/** The API, to be served alone or mounted at the root of a larger one. */
export function createApi(deps: ApiDeps): Api {
  const api = new OpenAPIHono<ApiEnv>({
    defaultHook(result) {
      if (result.success) return
      // What was read stands beside the error, though the type does not say so.
      const { data } = result as { data?: unknown }
      throw invalid(problemsOf(result.error.issues, data))
    },
  })
  api.onError((fault, context) => answerFailure(fault, context, deps.log))
  for (const path of ['/v1/*', '/openapi.json']) {
    api.use(path, hardenHeaders, forbidCache, limitBody)
  }
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token made by `vigie token`.',
  })
  const access = openAccess(deps.db)
  addContacts(api, access, deps)
  addPacks(api, access)
  addOrders(api, access, deps)
  addWatches(api, access, deps)
  addNames(api, access, deps)
  addCaptures(api, access, deps)
  addPortfolio(api, access, deps)
  addWebhooks(api, access, deps)
  addEvents(api, access, deps)
  addSwitches(api, access, deps)
  api.doc31('/openapi.json', DOCUMENT)

  const stray = refuseStray(api)
  api.all('/v1/*', stray)
  api.all('/openapi.json', stray)
  api.notFound(stray)
  return api
}
