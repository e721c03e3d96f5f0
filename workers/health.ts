import { Hono } from 'hono'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { FAMILIES, isReachable, readGauges } from '../src/store/gauges.ts'
import type { Installation } from './installation.ts'

/** The database is given this long to answer. */
const READY_DEADLINE_MS = 2_000

/** `/healthz` (alive), `/readyz` (able to work, and if not what is missing) and `/metrics` (Prometheus). */
export function healthRoutes({ db, registries, queues }: Installation): Hono {
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  const gauges = new Map(
    Object.entries(FAMILIES).map(([name, { help, labels }]) => [
      name,
      new Gauge({ name, help, labelNames: [...labels], registers: [metrics] }),
    ]),
  )

  const app = new Hono()
  app.get('/healthz', (c) => c.json({ status: 'alive' }))
  app.get('/readyz', async (c) => {
    const missing: string[] = []
    if (!(await inTime(isReachable(db)))) missing.push('database')
    const [queue] = queues.queues()
    if (
      queue &&
      !(await inTime(
        queue.getJobCounts('waiting').then(
          () => true,
          () => false,
        ),
      ))
    )
      missing.push('queues')
    return missing.length === 0
      ? c.json({ status: 'ready' })
      : c.json({ status: 'not ready', missing }, 503)
  })
  app.get('/metrics', async (c) => {
    for (const gauge of gauges.values()) gauge.reset()
    for (const { family, labels, value } of await readGauges(db, registries.clock.now()))
      gauges.get(family)?.set(labels, value)
    return c.body(await metrics.metrics(), 200, { 'content-type': metrics.contentType })
  })
  return app
}

const inTime = (answer: Promise<boolean>): Promise<boolean> =>
  Promise.race([
    answer,
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), READY_DEADLINE_MS).unref()),
  ])
