import type { DomainName } from '../domain/name.ts'
import { findName, recordName } from '../store/names.ts'
import { keepObservations } from '../store/observations.ts'
import type { WatchDeps } from './observe.ts'

/** DNS costs the registry next to nothing: once an hour, and a change of delegation asks for a look. */
const GLANCE_EVERY_MS = 3_600_000

/** Glances once at a name in DNS. @returns whether the name should be looked at now. */
export async function glance(
  name: DomainName,
  dueAt: Date,
  deps: WatchDeps,
  signal: AbortSignal,
): Promise<boolean> {
  const row = await findName(deps.db, name)
  const probe = deps.probes.dns
  if (!row || !probe || row.openWatches === 0 || row.nextGlanceAt?.getTime() !== dueAt.getTime())
    return false
  const seen = await probe(name, signal)
  const now = deps.clock.now()
  const nextGlanceAt = new Date(now.getTime() + GLANCE_EVERY_MS)
  const delegated = seen.kind === 'delegated' ? true : seen.kind === 'undelegated' ? false : null
  if (delegated === null) {
    await recordName(deps.db, row, { nextGlanceAt }, [])
    return false
  }
  const changed = row.delegated !== null && delegated !== row.delegated
  if (changed) await keepObservations(deps.db, [seen])
  const look = changed ? { nextLookAt: now, nextLookBecause: 'dns-change' } : {}
  await recordName(deps.db, row, { delegated, lastGlanceAt: now, nextGlanceAt, ...look }, [])
  return changed
}
