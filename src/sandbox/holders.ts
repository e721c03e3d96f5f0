import { DAY_MS } from './duration.ts'
import type { Act } from './fate.ts'
import type { DomainFacts } from './life-cycle.ts'
import { seededRandom } from './random.ts'
import type { Holders, LifeCycle } from './world.ts'

/** Earliest renewal, before the end of the term. */
const RENEWS_EARLY_MS = 20 * DAY_MS

/**
 * What a holder who is left to chance does next: renews within three weeks before the end of the term or has the name deleted
 * after it, and may restore what was deleted. The same seed and registration give the same act.
 */
export function chanceAct(
  facts: DomainFacts,
  holders: Holders,
  rules: LifeCycle,
  seed: number,
): Act | null {
  const { name, deletion, expiresAt, fate } = facts
  if (fate?.holder !== 'by-chance') return null
  if (deletion) {
    const chance = seededRandom(seed, 'restore', name, deletion.deletedAt.toISOString())
    if (!chance.happens(holders.restoreRate)) return null
    const from = deletion.deletedAt.getTime()
    const at = new Date(Math.round(chance.between(from, deletion.redemptionEndsAt.getTime())))
    return { at, does: 'restore', to: null }
  }
  const chance = seededRandom(seed, 'term', name, expiresAt.toISOString())
  const end = expiresAt.getTime()
  if (chance.happens(holders.renewRate)) {
    const at = new Date(Math.round(chance.between(end - RENEWS_EARLY_MS, end)))
    return { at, does: 'renew', to: null }
  }
  // Where nothing renews by itself, the registry deletes it at the end of the term.
  if (!rules.autoRenew) return null
  const lastMs = end + holders.deleteWithinDays * DAY_MS
  return { at: new Date(Math.round(chance.between(end, lastMs))), does: 'delete', to: null }
}
