/** An instant as people read it, in UTC: `2026-11-23 19:00`, with seconds only where they say something. */
export function instantWords(at: Date): string {
  const iso = at.toISOString()
  return `${iso.slice(0, 10)} ${clockOf(at)}`
}

/** Time of day in UTC: `19:00`, or `19:00:07` when the seconds are not zero. */
function clockOf(at: Date): string {
  const time = at.toISOString().slice(11, 19)
  return time.endsWith(':00') ? time.slice(0, 5) : time
}

/** A span in UTC, the day named once when both ends share it: `2026-11-23 19:00 to 20:15 UTC`. */
export function spanWords(from: Date, to: Date): string {
  const sameDay = from.toISOString().slice(0, 10) === to.toISOString().slice(0, 10)
  return `${instantWords(from)} to ${sameDay ? clockOf(to) : instantWords(to)} UTC`
}

/** A length of time in the unit that fits: `84 ms`, `1.1 s`, `3 min 20 s`, `5 h 12 min`, `12 d 4 h`. */
export function durationWords(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  const [minutes, hours, days] = [60, 3_600, 86_400].map((unit) => Math.floor(seconds / unit)) as [
    number,
    number,
    number,
  ]
  if (hours === 0) return pair(minutes, 'min', seconds % 60, 's')
  if (days === 0) return pair(hours, 'h', minutes % 60, 'min')
  return days < 14 ? pair(days, 'd', hours % 24, 'h') : `${days} d`
}

const pair = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`

/** An interval of lead, as exactly as it is known: `84 to 190 ms`, `0.1 to 1.1 s`, `up to 0.9 s`. */
export function gapWords({ from, to }: { from: number; to: number }): string {
  if (from <= 0) return `up to ${durationWords(to)}`
  const [first, last] = [durationWords(from), durationWords(to)]
  if (first === last) return first
  if (to >= 1_000 && to < 10_000) return `${(from / 1_000).toFixed(1)} to ${last}`
  const unit = last.slice(last.lastIndexOf(' '))
  const oneUnit = first.endsWith(unit) && !/\d \w+ \d/.test(first + last)
  return oneUnit ? `${first.slice(0, -unit.length)} to ${last}` : `${first} to ${last}`
}
