import { glanceJob } from '../jobs/glance.ts'
import { lookJob } from '../jobs/look.ts'
import { orderJob, ordersJob } from '../jobs/order.ts'
import { upkeepJob } from '../jobs/upkeep.ts'
import { arm } from '../src/capture/arm.ts'
import { concede } from '../src/capture/concede.ts'
import { openLines } from '../src/capture/lines.ts'
import type { DomainName } from '../src/domain/name.ts'
import { fulfilOrder } from '../src/orders/fulfil.ts'
import { placeOrder } from '../src/orders/place.ts'
import { forgetObservations } from '../src/store/observations.ts'
import { glance } from '../src/watching/glance.ts'
import { observe } from '../src/watching/observe.ts'
import { SHARE_OF_DAY } from './catcher.ts'
import type { Installation, Running } from './installation.ts'
import { fulfilDeps } from './orders.ts'
import { openProbes } from './probes.ts'

/** Looks and glances under way at once in one process; permits pace them, not this. */
const LOOKS_AT_ONCE = 16
const ORDERS_AT_ONCE = 4
/** Observations are kept this long. */
const KEEP_OBSERVATIONS_MS = 90 * 86_400_000

/** The watcher looks at names, glances at them in DNS, and classifies what was ordered. */
export function startWatcher(installation: Installation): Running {
  const { db, queues, registries, log } = installation
  const { clock, channel } = registries
  const lines = openLines(channel, 1)
  const probes = openProbes(installation, lines)
  const deps = { db, clock, probes }

  queues.work(
    lookJob,
    async ({ name, dueAt }, signal) => {
      const after = await observe(name as DomainName, new Date(dueAt), deps, signal)
      switch (after.do) {
        case 'rest':
          return
        case 'arm': {
          const armed = await arm(after.row, { db, channel, clock, shareOfDay: SHARE_OF_DAY })
          return log.debug({ name, armed }, 'armed')
        }
        case 'concede':
          await concede(after.row, after.turn, db, clock.now())
          return
        default:
          after satisfies never
      }
    },
    { concurrency: LOOKS_AT_ONCE },
  )
  queues.work(
    glanceJob,
    async ({ name, dueAt }, signal) => {
      await glance(name as DomainName, new Date(dueAt), deps, signal)
    },
    { concurrency: LOOKS_AT_ONCE },
  )
  const fulfil = fulfilDeps(installation, probes, lines)
  queues.work(
    orderJob,
    async ({ orderId, round }, signal) => {
      const next = await fulfilOrder(orderId, fulfil, signal)
      if (next.do === 'fulfil-again')
        await queues.enqueue(orderJob, { orderId, round: round + 1 }, { delayMs: next.afterMs })
    },
    { concurrency: ORDERS_AT_ONCE },
  )
  queues.work(
    ordersJob,
    async (payload) => {
      const placed = await placeOrder(payload, { db, clock })
      if (placed.do === 'reject')
        throw new Error(placed.problems.map(({ message }) => message).join(' '))
      await queues.enqueue(orderJob, { orderId: placed.orderId, round: 0 })
    },
    { concurrency: ORDERS_AT_ONCE },
  )
  queues.work(
    upkeepJob,
    async () => {
      const forgotten = await forgetObservations(
        db,
        new Date(clock.now().getTime() - KEEP_OBSERVATIONS_MS),
      )
      log.info({ forgotten }, 'observations past their retention forgotten')
    },
    { concurrency: 1 },
  )
  return { stop: () => lines.close() }
}
