import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import { HonoAdapter } from '@bull-board/hono'
import { type ServerType, serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { captureJob } from '../jobs/capture.ts'
import { deliverJob } from '../jobs/deliver.ts'
import { glanceJob } from '../jobs/glance.ts'
import { lookJob } from '../jobs/look.ts'
import { orderJob, ordersJob } from '../jobs/order.ts'
import { upkeepJob } from '../jobs/upkeep.ts'
import { createApi } from '../src/api/api.ts'
import { openAccess } from '../src/dashboard/access.ts'
import { createDashboard } from '../src/dashboard/dashboard.ts'
import { resultText } from '../src/epp/result-code.ts'
import { findToken } from '../src/store/tokens.ts'
import { healthRoutes } from './health.ts'
import type { Installation, Running } from './installation.ts'

/** A running web server and where people reach it. */
export type Web = Running & { url: string }

const BOARD = '/queues'

/** The web serves the API, the dashboard, the queues and the health of an installation. Rejects when the port is in use. */
export async function startWeb(installation: Installation): Promise<Web> {
  const { db, listen, queues, sealer, log, config, registries } = installation
  const { clock } = registries
  const closing = new AbortController()
  const open = isLoopback(config.host)
  const access = openAccess({ open, authenticate: (secret) => findToken(db, secret) })

  const app = new Hono()
  app.route('/', healthRoutes(installation))
  app.use(BOARD, access.require('ops:read'))
  app.use(`${BOARD}/*`, access.require('ops:read'))
  app.route(BOARD, board(installation))
  app.route(
    '/',
    createApi({
      db,
      clock,
      sealer,
      log,
      allowPrivate: config.registries === 'sandbox',
      fulfil: (orderId) => queues.enqueue(orderJob, { orderId, round: 0 }),
    }),
  )
  app.route(
    '/',
    createDashboard({
      db,
      listen,
      clock,
      registries: config.registries,
      registrarName: config.registrarName,
      access,
      resultText,
      log,
      signal: closing.signal,
    }),
  )

  const server = await listenOn(app, config.host, config.port)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : config.port
  return {
    url: `http://${open ? 'localhost' : config.host}:${port}`,
    async stop() {
      closing.abort()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        if ('closeIdleConnections' in server) server.closeIdleConnections()
        setTimeout(
          () => 'closeAllConnections' in server && server.closeAllConnections(),
          1_000,
        ).unref()
      })
    },
  }
}

/** The queues as bull-board shows them. Its pages are its own; ours only guard them. */
function board({ queues }: Installation): Hono {
  queues.show(
    [lookJob, glanceJob, captureJob, orderJob, ordersJob, deliverJob, upkeepJob].map(
      ({ kind }) => kind,
    ),
  )
  const adapter = new HonoAdapter(serveStatic)
  adapter.setBasePath(BOARD)
  const uiBasePath = dirname(createRequire(import.meta.url).resolve('@bull-board/ui/package.json'))
  createBullBoard({
    queues: queues.queues().map((queue) => new BullMQAdapter(queue)),
    // Its declaration predates exactOptionalPropertyTypes; the adapter is the one made for Hono.
    serverAdapter: adapter as unknown as Parameters<typeof createBullBoard>[0]['serverAdapter'],
    options: { uiBasePath, uiConfig: { boardTitle: 'Vigie: queues' } },
  })
  return adapter.registerPlugin()
}

const isLoopback = (host: string): boolean => ['127.0.0.1', 'localhost', '::1'].includes(host)

function listenOn(app: Hono, hostname: string, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname, port }, () => resolve(server))
    server.once('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code === 'EADDRINUSE')
        fault.message = `Port ${port} on ${hostname} is in use. Set PORT to another one, or to 0 for any free one.`
      if (fault.code === 'EACCES')
        fault.message = `This user may not listen on port ${port}. Set PORT to one above 1023.`
      reject(fault)
    })
  })
}
