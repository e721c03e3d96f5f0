import type { Forecast } from '../domain/forecast.ts'
import { type NextLook, nextLook } from '../domain/looks.ts'
import type { Policy } from '../domain/policy/policy.ts'
import type { NameChange, NameRow } from '../store/names.ts'

/** What one look costs, in watch-seconds of delay: the one number that trades looks for time. */
export const LOOK_PRICE = 0.01
/** The promise to customers: "several times a day". */
export const LOOKS_A_DAY = 4
/** A stage is looked for this long after it should have begun. */
const AFTER_EDGE_MS = 3_000
/** A second look that confirms a single "no such name" comes this much later. */
const CONFIRM_MS = 2_500
const FIRST_RETRY_MS = 30_000
const LONGEST_RETRY_MS = 3_600_000

/** When the name is looked at again, and why. */
export type Due = { at: Date; because: NextLook['because'] | 'confirm' | 'retry' }

/** @param row as it will be stored, the new look included. @param retryAt when a throttled host answers again, if known. */
export function whenToLook(
  row: Pick<
    NameRow,
    'state' | 'phase' | 'phaseSince' | 'openWatches' | 'lastLookAt' | 'silentLooks'
  >,
  forecast: Forecast,
  policy: Policy,
  now: Date,
  retryAt: Date | null,
): Due {
  if (row.silentLooks > 0) {
    const backoff = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (row.silentLooks - 1))
    const at = Math.max(retryAt?.getTime() ?? 0, now.getTime() + (retryAt ? 0 : backoff))
    return { at: new Date(at), because: 'retry' }
  }
  if (row.state === 'unconfirmed')
    return { at: new Date(now.getTime() + CONFIRM_MS), because: 'confirm' }
  const [source] = policy.sources
  const limit = source && policy.limits[source]?.value
  const next = nextLook({
    forecast,
    now: now.getTime(),
    lastLookAt: row.lastLookAt?.getTime() ?? null,
    weight: Math.max(1, row.openWatches),
    price: LOOK_PRICE,
    capPerSecond: limit?.perSecond ?? 1,
    floorPerDay: LOOKS_A_DAY,
    deadline: nextStageAt(row, policy, now),
  })
  return { at: new Date(next.at), because: next.because }
}

/** When the present stage should give way to the next one, a little later; null when nothing dates it. */
function nextStageAt(
  row: Pick<NameChange, 'phase' | 'phaseSince'>,
  policy: Policy,
  now: Date,
): number | null {
  const { redemptionDays, pendingDeleteDays, graceDays } = policy.lifecycle
  const days =
    row.phase === 'redemption'
      ? redemptionDays.value
      : row.phase === 'pendingDelete'
        ? pendingDeleteDays.value
        : row.phase === 'autoRenew'
          ? graceDays.value
          : null
  if (days === null || days === 0 || !row.phaseSince) return null
  const edge = row.phaseSince.getTime() + days * 86_400_000 + AFTER_EDGE_MS
  return edge > now.getTime() ? edge : null
}
