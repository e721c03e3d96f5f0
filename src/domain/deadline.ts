import { leadMs } from './early-stage.ts'
import type { Policy } from './policy/policy.ts'
import type { Phase } from './stage.ts'
import { DAY_MS } from './stage-start.ts'

/** What has to be done between noticing a stage and its drop: arming, contacts, sessions. */
const PREPARATION_MS = DAY_MS

/**
 * The latest instant for the next full look (epoch milliseconds) so that a delete just after the last one is noticed in time
 * for its drop, even if one look in between brings no answer. Null in stages whose end is known already.
 */
export function leadDeadline(lastLookAt: Date, phase: Phase | null, policy: Policy): number | null {
  if (phase === 'pendingDelete' || phase === 'quarantine') return null
  const { pendingDeleteDays, dropzoneDays } = policy.lifecycle
  const afterRedemption = DAY_MS * (pendingDeleteDays.value + (dropzoneDays.value ?? 0))
  const shortest = phase === 'redemption' ? afterRedemption : leadMs(policy)
  return lastLookAt.getTime() + Math.max(PREPARATION_MS, (shortest - PREPARATION_MS) / 2)
}
