import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Clock } from '../clock.ts'
import { parseDomainName } from '../domain/name.ts'
import type { Log } from '../log.ts'
import { readAlarms } from '../store/alarms.ts'
import { eachCapture, lastCaptures, listCaptures } from '../store/capture-list.ts'
import { readCapturePage } from '../store/capture-page.ts'
import { findCapture } from '../store/captures.ts'
import type { OpenDatabase } from '../store/connect.ts'
import { subjectsOf } from '../store/event-subjects.ts'
import { listNames } from '../store/name-list.ts'
import { readNamePage } from '../store/name-page.ts'
import { readOrderPage } from '../store/order-page.ts'
import { countCaptureStates, countWatches, droppingNext, recentEvents } from '../store/overview.ts'
import type { Access } from './access.ts'
import { ASSETS } from './assets.ts'
import { captureLines } from './capture-csv.ts'
import { openDraw, type Shown } from './draw.tsx'
import type { Page } from './layout.tsx'
import { Live } from './live.ts'
import { capturePage, type ResultText } from './pages/capture.tsx'
import { capturesPage } from './pages/captures.tsx'
import { namePage } from './pages/name.tsx'
import { namesPage } from './pages/names.tsx'
import { orderPage } from './pages/order.tsx'
import { type Overview, overviewPage } from './pages/overview.tsx'
import { missingPage, refusedPage, troublePage } from './pages/problem.tsx'
import { readCaptureQuery, readNameQuery } from './query.ts'
import { guardPage } from './security.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { streamNews } from './stream.ts'
import { switchRoutes } from './switch-routes.ts'

export type DashboardDeps = Pick<OpenDatabase, 'db' | 'listen'> & {
  /** The clock that Vigie lives by; all relative times are seen from it. */
  clock: Clock
  registries: 'sandbox' | 'live'
  registrarName: string
  access: Access
  resultText: ResultText
  log: Log
  /** Ends the open streams, so that the server can close. */
  signal?: AbortSignal
}

const PER_PAGE = 50
const DROPS_SHOWN = 7
const CAPTURES_SHOWN = 8
const EVENTS_SHOWN = 10
const SCORE_MS = 30 * 86_400_000

/**
 * The dashboard, to be mounted at `/`. Each route carries its own guard, so that routes mounted beside it keep theirs.
 */
export function createDashboard(deps: DashboardDeps): Hono {
  const { db, listen, clock, access, log, signal } = deps
  const report = (fault: unknown) => log.error({ err: fault }, 'dashboard')
  const live = new Live({
    clock,
    listen,
    signal,
    report,
    subjectsOf: (seqs) => subjectsOf(db, seqs),
  })
  const draw = openDraw({ ...deps, live })
  const app = new Hono()
  const guard = access.require('ops:read')

  for (const { path, type, content } of Object.values(ASSETS))
    app.get(path, guardPage, (c) =>
      c.body(content, 200, {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
      }),
    )
  app.route('/', signInRoutes(access, draw))
  app.route('/', switchRoutes({ db, clock, access, draw }))

  app.get('/live', guardPage, guard, (c) => streamNews(c, { live, clock, access }))

  app.get('/', guardPage, guard, (c) =>
    draw.show(c, async (now) => found(overviewPage(await readOverview(deps, now), now))),
  )

  app.get('/names', guardPage, guard, (c) =>
    draw.show(c, async (now) => {
      const address = new URL(c.req.url)
      const query = readNameQuery(address.searchParams)
      if (!query.ok) return { status: 400, page: refusedPage(query.problems, '/names') }
      const { filter, page } = query.value
      const list = await listNames(db, filter, page, PER_PAGE)
      return found(namesPage({ ...list, filter, page, perPage: PER_PAGE, address }, now))
    }),
  )

  app.get('/names/:name', guardPage, guard, (c) =>
    draw.show(c, async (now) => {
      const name = parseDomainName(c.req.param('name'))
      const known = name.ok ? await readNamePage(db, name.value) : null
      return known
        ? found(namePage(known, now))
        : missing(`The name ${c.req.param('name')} has never been watched.`, '/names')
    }),
  )

  app.get('/captures', guardPage, guard, (c) =>
    draw.show(c, async () => {
      const address = new URL(c.req.url)
      const query = readCaptureQuery(address.searchParams)
      if (!query.ok) return { status: 400, page: refusedPage(query.problems, '/captures') }
      const { filter, page } = query.value
      const list = await listCaptures(db, filter, page, PER_PAGE)
      return found(capturesPage({ ...list, filter, page, perPage: PER_PAGE, address }))
    }),
  )

  app.get('/captures.csv', guardPage, guard, (c) => {
    const query = readCaptureQuery(new URL(c.req.url).searchParams)
    if (!query.ok) return c.json({ problems: query.problems }, 400)
    const lines = captureLines(eachCapture(db, query.value.filter))
    // A fault in the middle must break the download off: half a list must not look whole.
    const body = ReadableStream.from(lines).pipeThrough(new TextEncoderStream())
    const day = clock.now().toISOString().slice(0, 10)
    return c.body(body, 200, {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="captures-${day}.csv"`,
    })
  })

  app.get('/captures/:id', guardPage, guard, (c) =>
    draw.show(c, async (now) => {
      const seen = await readCapturePage(db, uuidOf(c))
      return seen
        ? found(capturePage(seen, deps.resultText, now))
        : missing('There is no such capture.', '/captures')
    }),
  )

  app.get('/orders/:id', guardPage, guard, (c) =>
    draw.show(c, async (now) => {
      const seen = await readOrderPage(db, uuidOf(c))
      return seen ? found(orderPage(seen, now)) : missing('There is no such order.', null)
    }),
  )

  app.onError((fault, c) => {
    if (fault instanceof HTTPException) return fault.getResponse()
    report(fault)
    c.header('retry-after', '5')
    return draw.show(c, () => ({ status: 503, page: troublePage() }))
  })
  return app
}

async function readOverview({ db }: Pick<DashboardDeps, 'db'>, now: Date): Promise<Overview> {
  const [alarms, dropping, captures, score, watches, events] = await Promise.all([
    readAlarms(db),
    droppingNext(db, now, DROPS_SHOWN),
    lastCaptures(db, CAPTURES_SHOWN),
    countCaptureStates(db, new Date(now.getTime() - SCORE_MS)),
    countWatches(db),
    recentEvents(db, EVENTS_SHOWN),
  ])
  const race = dropping[0]?.capture
  const shots = race ? ((await findCapture(db, race.id))?.shots ?? []) : []
  return { alarms, dropping, shots, captures, score, watches, events }
}

const found = (page: Page): Shown => ({ status: 200, page })
const missing = (what: string, section: Page['section']): Shown => ({
  status: 404,
  page: missingPage(what, section),
})

/** An id that is none of ours finds nothing, rather than failing in the database. */
const uuidOf = (c: Context): string => {
  const id = c.req.param('id') ?? ''
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : NOBODY
}
const NOBODY = '00000000-0000-0000-0000-000000000000'
