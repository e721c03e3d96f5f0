/** A calendar day as a zone's wall calendar shows it; `month` counts from one. */
export type Day = { year: number; month: number; day: number }

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  })
  formats.set(zone, format)
  return format
}

/** What the zone's clocks show at an instant, as if it were UTC. */
function wallMs(zone: string, ms: number): number {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(ms)
      .map((p) => [p.type, +p.value]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

const offsetMs = (zone: string, ms: number): number =>
  wallMs(zone, ms) - Math.floor(ms / 1000) * 1000

/**
 * The instant at which the zone's clocks show `HH:MM` on the day, daylight saving included. `24:00` is the next midnight. An
 * hour that comes twice is its first; one that is skipped is read as if the clocks had not been moved yet.
 */
export function instantIn(zone: string, { year, month, day }: Day, time: string): Date {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const shown = Date.UTC(year, month - 1, day, hour, minute)
  const before = shown - offsetMs(zone, shown - DAY_MS)
  if (wallMs(zone, before) === shown) return new Date(before)
  const after = shown - offsetMs(zone, shown + DAY_MS)
  return new Date(wallMs(zone, after) === shown ? after : before)
}

const DAY_MS = 86_400_000

/** The day that the zone's calendar shows at the instant. */
export function dayIn(zone: string, at: Date): Day {
  const shown = new Date(wallMs(zone, at.getTime()))
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
  }
}

/** The calendar day `days` later, months and leap years included. */
export function daysLater({ year, month, day }: Day, days: number): Day {
  const at = new Date(Date.UTC(year, month - 1, day + days))
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() }
}

/** RFC 3339 full-date. */
export const dayText = ({ year, month, day }: Day): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
