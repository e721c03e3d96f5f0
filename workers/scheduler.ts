import cron from 'node-cron'
import { captureJob } from '../jobs/capture.ts'
import { SCHEDULE } from '../jobs/cron.ts'
import { deliverJob } from '../jobs/deliver.ts'
import { glanceJob } from '../jobs/glance.ts'
import { lookJob } from '../jobs/look.ts'
import { orderJob } from '../jobs/order.ts'
import { upkeepJob } from '../jobs/upkeep.ts'
import { dueCaptures } from '../src/store/captures.ts'
import { claimDueGlances, claimDueLooks } from '../src/store/names.ts'
import { pendingOrders } from '../src/store/orders.ts'
import { hasDueDeliveries } from '../src/store/webhooks.ts'
import type { Installation, Running } from './installation.ts'

/** Names handed out by one sweep. */
const SWEEP = 500
/** A capture's job arrives this long before its window. */
const CAPTURE_LEAD_MS = 5 * 60_000
/** A capture without a catcher is rung again once a round. */
const ROUND_MS = 5_000
/** An order that is not done by itself is rung again this often. */
const ORDER_LOST_MS = 60_000

/**
 * The scheduler's sweeps ring the alarm clocks: whatever is due in Postgres becomes a job. Several schedulers may run; a
 * claim goes to one of them, and a job's id lets it in once.
 */
export function startScheduler({ db, queues, registries, log }: Installation): Running {
  const { clock } = registries
  const round = (everyMs = ROUND_MS) => Math.floor(clock.now().getTime() / everyMs)

  const sweepNames = async () => {
    const now = clock.now()
    for (const { name, dueAt } of await claimDueLooks(db, now, SWEEP))
      await queues.enqueue(lookJob, { name, dueAt: dueAt.getTime() })
    for (const { name, dueAt } of await claimDueGlances(db, now, SWEEP))
      await queues.enqueue(glanceJob, { name, dueAt: dueAt.getTime() })
  }
  const sweepCaptures = async () => {
    const now = clock.now()
    const horizon = new Date(now.getTime() + CAPTURE_LEAD_MS)
    for (const captureId of await dueCaptures(db, now, horizon, SWEEP))
      await queues.enqueue(captureJob, { captureId, round: round() })
  }
  const sweepOrders = async () => {
    const lost = new Date(clock.now().getTime() - ORDER_LOST_MS)
    for (const orderId of await pendingOrders(db, lost, SWEEP))
      await queues.enqueue(orderJob, { orderId, round: round(ORDER_LOST_MS) })
  }
  const sweepDeliveries = async () => {
    if (await hasDueDeliveries(db)) await queues.enqueue(deliverJob, { round: round() })
  }
  const askUpkeep = () => queues.enqueue(upkeepJob, { day: clock.now().toISOString().slice(0, 10) })

  const tasks = [
    [SCHEDULE.sweep, 'names', sweepNames],
    [SCHEDULE.sweep, 'captures', sweepCaptures],
    [SCHEDULE.sweep, 'orders', sweepOrders],
    [SCHEDULE.sweep, 'deliveries', sweepDeliveries],
    [SCHEDULE.upkeep, 'upkeep', askUpkeep],
  ] as const
  const scheduled = tasks.map(([when, name, sweep]) =>
    cron.schedule(
      when,
      () =>
        sweep().catch((fault) =>
          log.error({ err: fault, sweep: name }, 'sweep failed; the next one tries again'),
        ),
      {
        name,
        noOverlap: true,
      },
    ),
  )
  return {
    async stop() {
      await Promise.all(scheduled.map((task) => task.destroy()))
    },
  }
}
