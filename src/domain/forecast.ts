import { dropsAround, OVERDUE, zoneOf } from './drop-day.ts'
import {
  activeOutlook,
  frozenOutlook,
  graceOutlook,
  isDeletedByRegistry,
  isFrozen,
  registryDeleteOutlook,
} from './early-stage.ts'
import {
  dropzoneOutlook,
  pendingDeleteOutlook,
  quarantineOutlook,
  redemptionOutlook,
} from './late-stage.ts'
import type { Forecast, Known, Outlook } from './outlook.ts'
import type { Policy } from './policy/policy.ts'
import { massOf, remainderFrom, scaled } from './segment.ts'
import { dayIn } from './zone.ts'

export type { Forecast, Known } from './outlook.ts'
export type { Segment } from './segment.ts'

/**
 * Forecasts the drop. What has passed without a drop is conditioned away, so a forecast made within a window is right; when
 * even the last expected day has passed, any day soon is expected.
 */
export function forecastDrop(known: Known, policy: Policy, now: Date): Forecast {
  const at = now.getTime()
  const outlook = outlookOf(known, policy, at)
  const isOver = outlook.segments.length > 0 && remainderFrom(outlook.segments, at).length === 0
  const { segments, never, ...rest } = isOver ? overdueOutlook(outlook, policy, at) : outlook
  const ahead = remainderFrom(segments, at)
  const total = massOf(ahead) + never
  return { ...rest, segments: scaled(ahead, 1 / total), never: never / total, madeAt: at }
}

function outlookOf(known: Known, policy: Policy, now: number): Outlook {
  switch (known.state) {
    case 'free':
      return atOnce(now, 1, 'The name is free.')
    case 'unconfirmed':
      return atOnce(now, 0.5, 'One source denies having the name: it may be free now.')
    case 'dropzone':
      return dropzoneOutlook(known, policy, now)
    case 'reserved':
      return neverOutlook('The registry keeps the name back.')
    case 'invalid':
      return neverOutlook('The registry takes no such name.')
    case 'held':
    case 'unknown':
      return heldOutlook(known, policy, now)
  }
}

function heldOutlook(known: Known, policy: Policy, now: number): Outlook {
  switch (known.phase) {
    case 'redemption':
    case 'pendingRestore':
      return redemptionOutlook(known, policy, now)
    case 'pendingDelete':
      return pendingDeleteOutlook(known, policy, now)
    case 'quarantine':
      return quarantineOutlook(known, policy, now)
    case 'autoRenew':
      return isFrozen(known) ? frozenOutlook(policy, now) : graceOutlook(known, policy, now)
    case 'hold':
    case 'active':
    case null:
      if (isDeletedByRegistry(known, policy)) return registryDeleteOutlook(now)
      if (isFrozen(known)) return frozenOutlook(policy, now)
      return isInGrace(known, now)
        ? graceOutlook(known, policy, now)
        : activeOutlook(known, policy, now)
  }
}

/** A registrar that parks an expired name (clientHold) hides its grace period from the order of phases. */
const isInGrace = ({ statuses, expiresAt }: Known, now: number): boolean =>
  statuses.includes('autoRenewPeriod') || (expiresAt !== null && expiresAt.getTime() <= now)

const MINUTE_MS = 60_000

const atOnce = (now: number, probability: number, reason: string): Outlook => ({
  segments: [{ from: now, to: now + MINUTE_MS, probability }],
  never: 1 - probability,
  source: 'the verdict of the last looks',
  confidence: 'inferred',
  reason,
})

const neverOutlook = (reason: string): Outlook => ({
  segments: [],
  never: 1,
  source: 'the verdict of the last looks',
  confidence: 'documented',
  reason,
})

/** Every expected instant has passed and the name is still held: late, or kept back. */
const LATE = 0.6
const overdueOutlook = ({ reason, ...rest }: Outlook, policy: Policy, now: number): Outlook => ({
  ...rest,
  segments: scaled(dropsAround(dayIn(zoneOf(policy), new Date(now)), OVERDUE, policy), LATE),
  never: 1 - LATE,
  confidence: 'inferred',
  reason: `${reason} That time has passed: late, or kept back.`,
})
