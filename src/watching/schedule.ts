import { leadDeadline } from '../domain/deadline.ts'
import type { Forecast } from '../domain/forecast.ts'
import { type NextLook, nextLook } from '../domain/looks.ts'
import type { Phase } from '../domain/phase.ts'
import type { Policy } from '../domain/policy/policy.ts'
import { DAY_MS, stageStart } from '../domain/stage-start.ts'
import { SECOND_LOOK_MS } from '../domain/verdict.ts'
import type { NameRow } from '../store/names.ts'

/** What one look costs, in watch-seconds of delay: the one number that trades looks for time. */
export const LOOK_PRICE = 0.01
/** The promise to customers: "several times a day". */
export const LOOKS_A_DAY = 4
/** A stage is looked for this long after it should have begun. */
const AFTER_EDGE_MS = 3_000
const FIRST_RETRY_MS = 30_000
const LONGEST_RETRY_MS = 3_600_000

/** When the name is looked at again, and why. */
export type Due = { at: Date; because: NextLook['because'] | 'confirm' | 'retry' }

/** What of a name's row decides when to look. */
type Scheduled = Pick<
  NameRow,
  | 'state'
  | 'phase'
  | 'phaseSince'
  | 'deletedAt'
  | 'updatedAt'
  | 'openWatches'
  | 'lastLookAt'
  | 'silentLooks'
>

/** @param row as it will be stored, the new look included. @param retryAt when a throttled host answers again, if known. */
export function whenToLook(
  row: Scheduled,
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
    return { at: new Date(now.getTime() + SECOND_LOOK_MS), because: 'confirm' }
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
    deadline: deadlineOf(row, policy, now),
  })
  return { at: new Date(next.at), because: next.because }
}

/** The latest useful instant of the next look: before a drop could be missed, and when the present stage gives way. */
function deadlineOf(row: Scheduled, policy: Policy, now: Date): number | null {
  const lead = row.lastLookAt ? leadDeadline(row.lastLookAt, row.phase, policy) : null
  const instants = [lead, nextStageAt(row, policy, now)].filter((at) => at !== null)
  return instants.length > 0 ? Math.min(...instants) : null
}

/** A little after the present stage should give way to the next one; null when nothing dates it. */
function nextStageAt(row: Scheduled, policy: Policy, now: Date): number | null {
  const days = lengthOf(row.phase, policy)
  if (!days || !row.phaseSince) return null
  const dates = [row.deletedAt?.getTime() ?? null, row.updatedAt?.getTime() ?? null]
  const edge = stageStart(row.phaseSince.getTime(), days, dates).at + days * DAY_MS + AFTER_EDGE_MS
  return edge > now.getTime() ? edge : null
}

function lengthOf(phase: Phase | null, { lifecycle }: Policy): number | null {
  switch (phase) {
    case 'redemption':
      return lifecycle.redemptionDays.value
    case 'pendingDelete':
      return lifecycle.pendingDeleteDays.value
    default:
      return null
  }
}
