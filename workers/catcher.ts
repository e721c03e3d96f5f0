import { randomUUID } from 'node:crypto'
import { setPriority } from 'node:os'
import { captureJob } from '../jobs/capture.ts'
import type { RaceDeps } from '../src/capture/deps.ts'
import { openLines } from '../src/capture/lines.ts'
import { race } from '../src/capture/race.ts'
import { clTRIDs } from '../src/epp/cltrid.ts'
import type { Installation, Running } from './installation.ts'
import { orderFor, permitOf } from './orders.ts'
import { openProbes } from './probes.ts'

/** Races under way at once in one process. */
const RACES_AT_ONCE = 200
/** Sessions to one registry; the sales platform uses the same account. */
const SESSIONS = 3
/** Part of a registry's daily creates and penalty points that captures may spend. */
export const SHARE_OF_DAY = 0.3

/** The catcher races captures, in a process of its own so that nothing else delays a create. */
export function startCatcher(installation: Installation): Running {
  const { db, queues, registries, config, log } = installation
  const { clock, channel } = registries
  const lines = openLines(channel, SESSIONS)
  const probes = openProbes(installation, lines)
  const deps: RaceDeps = {
    db,
    lines,
    clock,
    log,
    catcher: `catcher-${process.pid}-${randomUUID().slice(0, 8)}`,
    permit: permitOf(installation),
    orderFor: orderFor(installation),
    sponsorOf: async (name, signal) => {
      const seen = await probes.rdap(name, signal)
      return seen.kind === 'registered' ? seen.registration.sponsor : null
    },
    priceOf: registries.priceOf,
    priceCeilingCents: config.priceCeilingCents,
    shareOfDay: SHARE_OF_DAY,
    newClTRID: clTRIDs('VIGIE'),
  }
  preferThisProcess(log)
  queues.work(
    captureJob,
    async ({ captureId }, signal) => {
      const end = await race(captureId, deps, signal)
      log.info({ captureId, ...end }, 'race over')
    },
    { concurrency: RACES_AT_ONCE },
  )
  return { stop: () => lines.close() }
}

/** A raised priority halves the late shots of a busy machine (measured 2026-11); not every user may have one. */
function preferThisProcess(log: Installation['log']): void {
  try {
    setPriority(-10)
  } catch {
    log.debug('the catcher runs at normal priority: raising it is not permitted here')
  }
}
