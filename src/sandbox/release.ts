import { z } from 'zod'
import { DAY_MS, Duration, HOUR_MS } from './duration.ts'
import { seededRandom } from './random.ts'
import { localTime, nextLocalTime, TimeOfDay, TimeZone } from './zone.ts'

/** How much later than its place a name may be set free. */
const Lateness = z.strictObject({
  /** Every name is late by up to this, evenly. */
  upTo: Duration,
  /** A few names come later still: how many, and by up to how much. */
  tail: z.strictObject({ probability: z.number().min(0).max(1), upTo: Duration }),
  /** Chance that the registry only comes to it a day later. */
  nextDay: z.number().min(0).max(1),
})

/** When a registry truly frees a name whose last stage is over. */
export const ReleaseRule = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('daily'),
    timeZone: TimeZone,
    from: TimeOfDay,
    lasts: Duration,
    /** What gives a name its place in the window; ties go by ROID. */
    order: z.enum(['updated', 'created', 'chance']),
    /** The window of the day on which the last stage ends, or the first that opens after it. */
    day: z.enum(['of-the-end', 'after-the-end']),
    lateness: Lateness,
  }),
  z.strictObject({
    kind: z.literal('on-the-hour'),
    /** Names are spread over the full hours of this long after the end. */
    spread: Duration,
    lateness: Lateness,
  }),
  z.strictObject({ kind: z.literal('per-name'), lateness: Lateness }),
])
export type ReleaseRule = z.infer<typeof ReleaseRule>

/** What the place of a name depends on. */
export type Leaving = {
  name: string
  roid: string
  createdAt: Date
  deletedAt: Date
  /** As the registry prints it once the last stage is reached. */
  updatedAt: Date
  /** End of the last stage. */
  endsAt: Date
  /** Lateness told by a story instead of chance. */
  lateMs: number | null
}

/**
 * The true instant at which the name is free again, and the one the registry publishes (.eu and .be), which is the earliest.
 * The same seed and registration give the same answer.
 */
export function releaseOf(
  rule: ReleaseRule,
  leaving: Leaving,
  seed: number,
): { availableAt: Date | null; releaseAt: Date } {
  const chance = seededRandom(seed, 'release', leaving.name, leaving.deletedAt.toISOString())
  const place = placeIn(rule, leaving, chance.next())
  const lateMs = leaving.lateMs ?? lateBy(rule.lateness, chance)
  return {
    availableAt: rule.kind === 'daily' ? null : place,
    releaseAt: new Date(Math.round(place.getTime() + lateMs)),
  }
}

function placeIn(rule: ReleaseRule, leaving: Leaving, luck: number): Date {
  switch (rule.kind) {
    case 'per-name':
      return leaving.endsAt
    case 'on-the-hour': {
      const earliest = leaving.endsAt.getTime() + luck * rule.spread
      return new Date(Math.ceil(earliest / HOUR_MS) * HOUR_MS)
    }
    case 'daily': {
      const opens =
        rule.day === 'of-the-end'
          ? localTime(leaving.endsAt, rule.timeZone, rule.from)
          : nextLocalTime(leaving.endsAt, rule.timeZone, rule.from)
      return new Date(opens.getTime() + Math.round(shareOf(rule.order, leaving, luck) * rule.lasts))
    }
  }
}

/** Oldest registrations that an order by creation counts from. */
const FIRST_NAMES_MS = Date.UTC(1990, 0)

/**
 * Where in its window a name comes, from 0 to 1. A registry frees the names of a day in the order of its table; since the
 * other names of that day fill it evenly, the share of the day that had passed at the last update is the place in the window.
 */
function shareOf(order: 'updated' | 'created' | 'chance', leaving: Leaving, luck: number): number {
  if (order === 'chance') return luck
  if (order === 'created') {
    const age = leaving.endsAt.getTime() - FIRST_NAMES_MS
    return Math.max(0, (leaving.createdAt.getTime() - FIRST_NAMES_MS) / age)
  }
  const tieBreak = (Number(/\d+/.exec(leaving.roid)?.[0] ?? 0) % 1000) / 1000
  return ((leaving.updatedAt.getTime() % DAY_MS) + tieBreak) / DAY_MS
}

function lateBy(
  { upTo, tail, nextDay }: ReleaseRule['lateness'],
  chance: ReturnType<typeof seededRandom>,
): number {
  const usual = chance.between(0, upTo)
  const extra = chance.happens(tail.probability) ? chance.between(0, tail.upTo) : 0
  return usual + extra + (chance.happens(nextDay) ? DAY_MS : 0)
}
