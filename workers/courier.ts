import { deliverJob } from '../jobs/deliver.ts'
import { openCourier } from '../src/events/courier.ts'
import type { Installation, Running } from './installation.ts'

/** The courier carries events to webhooks: at every event it hears of, and whenever the sweep finds some due. */
export async function startCourier(installation: Installation): Promise<Running> {
  const { db, listen, queues, registries, sealer, log, config } = installation
  const courier = openCourier({
    db,
    clock: registries.clock,
    sealer,
    log,
    allowPrivate: config.registries === 'sandbox',
  })
  const ring = () =>
    courier.ring().catch((fault) => log.warn({ err: fault }, 'deliveries wait for the next sweep'))
  const unlisten = await listen('vigie_events', ring)
  queues.work(deliverJob, () => courier.ring(), { concurrency: 1 })
  return {
    async stop() {
      await unlisten()
      await courier.close()
    },
  }
}
