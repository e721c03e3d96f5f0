import { z } from 'zod'
import { DAY_MS } from './duration.ts'

/** A time of day as a world file writes it. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is HH:MM')

/** A zone of the IANA time zone database. */
export const TimeZone = z.string().refine(
  (zone) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: zone })
      return true
    } catch {
      return false
    }
  },
  { error: 'no time zone of the IANA database' },
)

/** How far the zone's wall clock is ahead of UTC at an instant, in milliseconds. */
function offsetMs(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value)
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return wall - (at - (((at % 1000) + 1000) % 1000))
}

/** When a clock on the wall of `timeZone` shows `HH:MM` on the day that `day` falls on there. */
export function localTime(day: Date, timeZone: string, time: string): Date {
  const local = day.getTime() + offsetMs(timeZone, day.getTime())
  const [hours, minutes] = time.split(':').map(Number)
  const wall = Math.floor(local / DAY_MS) * DAY_MS + (hours! * 60 + minutes!) * 60_000
  const guess = wall - offsetMs(timeZone, wall)
  return new Date(wall - offsetMs(timeZone, guess))
}

/** The first time at or after `from` that the zone's wall clock shows `HH:MM`. */
export function nextLocalTime(from: Date, timeZone: string, time: string): Date {
  for (let day = 0; ; day += 1) {
    const at = localTime(new Date(from.getTime() + day * DAY_MS), timeZone, time)
    if (at >= from) return at
  }
}
