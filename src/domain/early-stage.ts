import type { Known, Outlook } from './outlook.ts'
import type { Policy } from './policy/policy.ts'
import { remainderFrom, type Segment, scaled, staircase } from './segment.ts'
import { DAY_MS } from './stage-start.ts'

/**
 * Shares that no registry publishes: guesses to start from, kept here in one place. They only weigh names against each
 * other while nothing is near; the late stages decide when shots are fired.
 */
const GUESS = {
  /** Names that their holder lets lapse at expiry, by what the zone says. A name in use is renewed. */
  lapse: { delegated: 0.12, unknown: 0.25, undelegated: 0.45 },
  /** The same once the expiry date has passed. */
  lapseInGrace: { delegated: 0.2, unknown: 0.4, undelegated: 0.65 },
  /** Names deleted in a year without having expired. */
  earlyPerYear: { delegated: 0.001, unknown: 0.005, undelegated: 0.01 },
  /** New registrations undone within the add grace period, which frees the name at once. */
  undone: 0.02,
  /** A name under hold by the registry or a court that still ends in a drop within the year. */
  frozen: 0.05,
  /** A name that the registry took over and deletes within the month. */
  deletedByRegistry: 0.6,
} as const

/** Registrars delete late in the grace period: most of them in its second part. */
const LATE_PART = { share: 0.7, from: 0.55 }
/** Where a registrar may delete when it likes, around the expiry date: seen from 10 days before to 60 after. */
const FREE_TO_DELETE = { beforeDays: 10, afterDays: 60 }

const YEAR_MS = 365 * DAY_MS

type InZone = 'delegated' | 'unknown' | 'undelegated'
const inZone = ({ delegated }: Known): InZone =>
  delegated === null ? 'unknown' : delegated ? 'delegated' : 'undelegated'

/** Milliseconds from an accepted delete to the drop. */
export const leadMs = ({ lifecycle }: Policy): number =>
  DAY_MS *
  (lifecycle.redemptionDays.value +
    lifecycle.pendingDeleteDays.value +
    lifecycle.quarantineDays.value +
    (lifecycle.dropzoneDays.value ?? 0))

/** A name that is registered and, as far as known, not expired. */
export function activeOutlook(known: Known, policy: Policy, now: number): Outlook {
  const soonest = now + leadMs(policy)
  const expiry = known.expiresAt?.getTime() ?? null
  const lapse = GUESS.lapse[inZone(known)]
  const lapses =
    expiry === null
      ? [{ from: soonest, to: soonest + YEAR_MS, probability: 1 }]
      : lapsesAfter(Math.max(expiry, now), policy, soonest)
  const lapsesFrom = lapses[0]?.from ?? soonest
  const early =
    1 - Math.exp((-GUESS.earlyPerYear[inZone(known)] * (lapsesFrom - soonest)) / YEAR_MS)
  const undone = undoneInGrace(known, policy, now, soonest)
  const segments = [
    ...undone,
    { from: soonest, to: lapsesFrom, probability: early },
    ...scaled(lapses, (1 - early) * lapse),
  ]
  const when = known.expiresAt
    ? `Registered until ${known.expiresAt.toISOString().slice(0, 10)}`
    : 'Registered; the registry shows no expiry date'
  return guess(segments, `${when}; a drop before ${dateText(soonest)} is next to impossible.`)
}

/** A win that its registrar takes back within the add grace period is free at once, without redemption. */
function undoneInGrace(known: Known, policy: Policy, now: number, soonest: number): Segment[] {
  const created = known.createdAt?.getTime() ?? Number.NEGATIVE_INFINITY
  const until = Math.min(created + policy.lifecycle.addGraceDays.value * DAY_MS, soonest)
  return until > now ? [{ from: now, to: until, probability: GUESS.undone }] : []
}

/** A name past its expiry that its registrar may still renew or delete. */
export function graceOutlook(known: Known, policy: Policy, now: number): Outlook {
  const soonest = now + leadMs(policy)
  const expiry = expiryPassed(known, now)
  const rest = lapsesAfter(expiry, policy, soonest)
  const segments =
    rest.length > 0 ? rest : [{ from: soonest, to: soonest + 30 * DAY_MS, probability: 1 }]
  return guess(
    scaled(segments, GUESS.lapseInGrace[inZone(known)]),
    `Expired about ${dateText(expiry)}; most are renewed, and a deleted one drops ${Math.round(leadMs(policy) / DAY_MS)} days after its delete.`,
  )
}

/** At expiry a gTLD moves the date a year ahead by itself (auto-renew), so a date far ahead means a year before it. */
function expiryPassed({ expiresAt, phaseSince }: Known, now: number): number {
  const shown = expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
  const yearBefore = shown - YEAR_MS
  return (
    [shown, yearBefore].find((at) => at <= now && now - at < 90 * DAY_MS) ??
    phaseSince?.getTime() ??
    now
  )
}

/** Drops of names deleted around an expiry, none before `soonest`; sums to one, or is empty when all are past. */
function lapsesAfter(expiry: number, policy: Policy, soonest: number): Segment[] {
  const grace = policy.lifecycle.graceDays.value
  const from = grace === null ? expiry - FREE_TO_DELETE.beforeDays * DAY_MS : expiry
  const lasts = DAY_MS * (grace ?? FREE_TO_DELETE.beforeDays + FREE_TO_DELETE.afterDays) + DAY_MS
  const all = staircase(from + leadMs(policy), [
    { until: lasts * LATE_PART.from, probability: 1 - LATE_PART.share },
    { until: lasts, probability: LATE_PART.share },
  ])
  const rest = remainderFrom(all, soonest)
  const mass = rest.reduce((sum, { probability }) => sum + probability, 0)
  return scaled(rest, 1 / mass)
}

/** Held back by the registry or a court: the clock of the life cycle stands still. */
export const isFrozen = ({ phase, statuses }: Known): boolean =>
  statuses.includes('serverHold') ||
  statuses.includes('serverDeleteProhibited') ||
  (phase === 'hold' && !statuses.includes('clientHold'))

export function frozenOutlook(policy: Policy, now: number): Outlook {
  const from = now + leadMs(policy)
  return guess(
    [{ from, to: from + YEAR_MS, probability: GUESS.frozen }],
    'The registry keeps the name from being deleted, so its clock stands still.',
  )
}

/** AFNIC shows itself as the sponsor of names that it deletes, and those skip redemption. */
export const isDeletedByRegistry = ({ sponsor }: Known, { registry }: Policy): boolean =>
  registry === 'afnic' && /^afnic\b.*op.ration interne/i.test(sponsor ?? '')

export const registryDeleteOutlook = (now: number): Outlook =>
  guess(
    [{ from: now, to: now + 30 * DAY_MS, probability: GUESS.deletedByRegistry }],
    'The registry itself is deleting the name, without redemption: it may drop any day.',
  )

/** Drops with the given probabilities; the rest of the mass is "not this time". */
const guess = (segments: readonly Segment[], reason: string): Outlook => ({
  segments,
  never: 1 - segments.reduce((sum, { probability }) => sum + probability, 0),
  source: 'life cycle of the policy; shares of renewal are guesses',
  confidence: 'inferred',
  reason,
})

const dateText = (at: number): string => new Date(at).toISOString().slice(0, 10)
