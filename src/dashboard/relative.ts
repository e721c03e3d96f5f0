/**
 * A length of time as a countdown says it: whole units, at most two. The page's own script says it in the same words
 * (`assets/live-script.ts`), so that a countdown does not change its voice when it begins to tick.
 */
export function lengthWords(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days >= 730) return `${Math.floor(days / 365)} y`
  if (days >= 14) return `${days} d`
  if (days > 0) return `${days} d ${hours % 24} h`
  if (hours > 0) return `${hours} h ${minutes % 60} min`
  if (minutes > 0) return `${minutes} min ${seconds % 60} s`
  return `${seconds} s`
}

/** An instant seen from another one: `in 3 min 20 s`, `now`, `5 d ago`. What is past needs no more than one unit. */
export function relativeWords(at: Date, now: Date): string {
  const left = at.getTime() - now.getTime()
  if (Math.abs(left) < 1000) return 'now'
  return left > 0 ? `in ${lengthWords(left)}` : `${oneUnit(lengthWords(-left))} ago`
}

const oneUnit = (length: string): string => length.split(' ').slice(0, 2).join(' ')

/** A window seen from an instant: `in 3 h 12 min`, `open, 42 min 0 s left`, `over for 2 min`. */
export function windowWords(from: Date, to: Date, now: Date): string {
  if (now < from) return relativeWords(from, now)
  const left = to.getTime() - now.getTime()
  return left >= 0 ? `open, ${lengthWords(left)} left` : `over for ${oneUnit(lengthWords(-left))}`
}
