import { DATED, dropsAround, FIRST_SEEN, onTheHours, STAGE_AHEAD, zoneOf } from './drop-day.ts'
import type { Known, Outlook } from './outlook.ts'
import type { Policy } from './policy/policy.ts'
import { type Segment, scaled, staircase } from './segment.ts'
import { DAY_MS, type StageStart, stageStart } from './stage-start.ts'
import { dayIn, dayText } from './zone.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** Shares that no registry publishes: guesses to start from. */
const NEVER = {
  /** Restored, over the whole of redemption. */
  restored: 0.08,
  /** Once a restore is under way. */
  restoring: 0.9,
  /** Reactivated or transferred out of quarantine, over the whole of it. */
  reactivated: 0.05,
  /** Kept back at the last moment. */
  withheld: 0.01,
  /** Taken in the Dropzone, before an ordinary create can get it. */
  takenInDropzone: 0.2,
} as const

/** After a release instant that the registry told, the earliest: most names come within a minute. */
const FIRST_MINUTE = [
  { until: 2 * SECOND_MS, probability: 0.4 },
  { until: 10 * SECOND_MS, probability: 0.25 },
  { until: MINUTE_MS, probability: 0.21 },
]
/** The others come within a day (on the full hours that follow, at .be) or within a week. */
const REST_OF_HOUR = 0.02
const REST_OF_DAY = 0.09
const REST_OF_WEEK = 0.03

const ms = (date: Date | null): number | null => date?.getTime() ?? null
const later = (date: Date | null, days: number): number | null =>
  date === null ? null : date.getTime() + days * DAY_MS

/** The last days before the purge: nobody can restore the name any more. */
export function pendingDeleteOutlook(known: Known, policy: Policy, now: number): Outlook {
  const { pendingDeleteDays, redemptionDays, dropzoneDays } = policy.lifecycle
  if (pendingDeleteDays.value === 0) return lastDayOutlook(known, policy, now)
  const firstSeen = ms(known.phaseSince) ?? now
  const start = stageStart(firstSeen, pendingDeleteDays.value, [
    ms(known.updatedAt),
    later(known.deletedAt, redemptionDays.value),
    later(known.updatedAt, redemptionDays.value),
  ])
  const end = start.at + (pendingDeleteDays.value + (dropzoneDays.value ?? 0)) * DAY_MS
  const day = dayIn(zoneOf(policy), new Date(end))
  const never = dropzoneDays.value === null ? NEVER.withheld : NEVER.takenInDropzone
  return {
    segments: scaled(dropsAround(day, start.dated ? DATED : FIRST_SEEN, policy), 1 - never),
    never,
    ...releaseKnowledge(policy),
    reason: `In pending delete since ${sinceText(start)}: expected on ${dayText(day)}${windowText(policy)}.`,
  }
}

/** .fr has no pending delete; the redemption status goes on the last day. */
function lastDayOutlook(known: Known, policy: Policy, now: number): Outlook {
  const from = ms(known.phaseSince) ?? now
  return {
    segments: staircase(from, [
      { until: DAY_MS, probability: 0.85 },
      { until: 2 * DAY_MS, probability: 0.1 },
      { until: 7 * DAY_MS, probability: 0.04 },
    ]),
    never: NEVER.withheld,
    ...releaseKnowledge(policy),
    reason: 'Its redemption is over: expected within the day.',
  }
}

/** Deleted, and its holder may still have it back. */
export function redemptionOutlook(known: Known, policy: Policy, now: number): Outlook {
  const { redemptionDays, pendingDeleteDays, dropzoneDays } = policy.lifecycle
  const start = stageStart(ms(known.phaseSince) ?? now, redemptionDays.value, [
    ms(known.deletedAt),
    ms(known.updatedAt),
  ])
  const ends = start.at + redemptionDays.value * DAY_MS
  const left = Math.min(1, Math.max(0, (ends - now) / (redemptionDays.value * DAY_MS)))
  const restored = known.phase === 'pendingRestore' ? NEVER.restoring : NEVER.restored * left
  const taken = dropzoneDays.value === null ? 0 : NEVER.takenInDropzone
  const never = 1 - (1 - restored) * (1 - taken)
  const drops = ends + (pendingDeleteDays.value + (dropzoneDays.value ?? 0)) * DAY_MS
  const day = dayIn(zoneOf(policy), new Date(drops))
  const segments =
    pendingDeleteDays.value === 0
      ? nextBatch(ends, start)
      : dropsAround(day, start.dated ? STAGE_AHEAD : FIRST_SEEN, policy)
  return {
    segments: scaled(segments, 1 - never),
    never,
    ...releaseKnowledge(policy),
    reason: `Deleted ${sinceText(start)}: unless restored, expected about ${dayText(day)}.`,
  }
}

/**
 * .fr drops in one batch a day whose hour is not public. A name is due 30 days after its delete, so it goes with the first
 * batch after that instant, any time within the following day; or earlier that day if the registry counts whole days.
 */
const nextBatch = (due: number, { dated }: StageStart) =>
  staircase(
    due - DAY_MS,
    [
      { until: DAY_MS, probability: dated ? 0.15 : 0.35 },
      { until: 2 * DAY_MS, probability: dated ? 0.8 : 0.55 },
      { until: 3 * DAY_MS, probability: 0.035 },
      { until: 8 * DAY_MS, probability: 0.015 },
    ].map((step, _, steps) => ({ ...step, probability: step.probability / totalOf(steps) })),
  )

const totalOf = (steps: readonly { probability: number }[]): number =>
  steps.reduce((sum, { probability }) => sum + probability, 0)

/** Quarantine of .eu and .be: the registry tells accredited registrars the earliest instant; else forty days are counted. */
export function quarantineOutlook(known: Known, policy: Policy, now: number): Outlook {
  const days = policy.lifecycle.quarantineDays.value
  const start = stageStart(ms(known.phaseSince) ?? now, days, [
    ms(known.deletedAt),
    ms(known.updatedAt),
    ms(known.expiresAt),
  ])
  const told = ms(known.releaseAt)
  const due = told ?? start.at + days * DAY_MS
  const left = Math.min(1, Math.max(0, (due - now) / (days * DAY_MS)))
  const never = NEVER.reactivated * left + NEVER.withheld
  const segments = told === null ? undatedRelease(due, policy) : toldRelease(told, policy)
  return {
    segments: scaled(segments, 1 - never),
    never,
    ...releaseKnowledge(policy),
    reason:
      told === null
        ? `In quarantine since ${sinceText(start)}: forty days later is about ${new Date(due).toISOString().slice(0, 10)}.`
        : `The registry names ${new Date(told).toISOString()} as the earliest release.`,
  }
}

/** After an instant that the registry told. .be releases on full hours only, late names as well. */
function toldRelease(told: number, policy: Policy): Segment[] {
  const onTheHour = policy.release.value.kind === 'on-the-hour'
  const at = onTheHour ? Math.ceil(told / HOUR_MS) * HOUR_MS : told
  const [hour, day, week] = [at + HOUR_MS, at + DAY_MS, at + 7 * DAY_MS]
  return [
    ...staircase(at, FIRST_MINUTE),
    { from: at + MINUTE_MS, to: hour, probability: REST_OF_HOUR },
    ...(onTheHour
      ? onTheHours(hour, day, REST_OF_DAY)
      : [{ from: hour, to: day, probability: REST_OF_DAY }]),
    { from: day, to: week, probability: REST_OF_WEEK },
  ]
}

/** Without a told instant: the day before, of and after the fortieth day, on full hours where the registry keeps to them. */
function undatedRelease(due: number, policy: Policy): Segment[] {
  const hour = Math.floor(due / HOUR_MS) * HOUR_MS
  const days = [
    { offset: -1, probability: 0.3 },
    { offset: 0, probability: 0.6 },
    { offset: 1, probability: 0.1 },
  ]
  return days.flatMap(({ offset, probability }) => {
    const from = hour + offset * DAY_MS
    return policy.release.value.kind === 'on-the-hour'
      ? onTheHours(from, from + DAY_MS, probability)
      : [{ from, to: from + DAY_MS, probability }]
  })
}

/** In the Dropzone: a pool that lasts about a day before ordinary creates get what is left. */
export function dropzoneOutlook(known: Known, policy: Policy, now: number): Outlook {
  const entered = ms(known.phaseSince) ?? now
  const lasts = (policy.lifecycle.dropzoneDays.value ?? 1) * DAY_MS
  return {
    segments: scaled(
      staircase(entered, [
        { until: lasts * 0.8, probability: 0.1 },
        { until: lasts * 1.1, probability: 0.65 },
        { until: lasts * 3, probability: 0.2 },
        { until: lasts * 7, probability: 0.05 },
      ]),
      1 - NEVER.takenInDropzone,
    ),
    never: NEVER.takenInDropzone,
    source: policy.lifecycle.dropzoneDays.source,
    confidence: policy.lifecycle.dropzoneDays.confidence,
    reason:
      'In the Dropzone: what nobody takes there can be registered about a day after it came in.',
  }
}

const releaseKnowledge = ({ release }: Policy) => ({
  source: release.source,
  confidence: release.confidence,
})

function windowText({ release }: Policy): string {
  if (release.value.kind !== 'daily-window') return ''
  const { from, to, timeZone } = release.value
  return ` between ${from} and ${to} (${timeZone})`
}

const sinceText = ({ at, dated }: StageStart): string =>
  `${new Date(at).toISOString().slice(0, 10)}${dated ? '' : ' or earlier'}`
