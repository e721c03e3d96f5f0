const FIRST_MS = 10_000
const LONGEST_MS = 12 * 3_600_000
/** A receiver that is away for longer is given up. */
const PATIENCE_MS = 3 * 86_400_000

/**
 * How long to wait after a failed try: ten seconds at first, each time twice as long, half a day at most.
 * @param attempts tries so far, from 1.
 * @returns null once three days of waiting are over.
 */
export function retryAfterMs(attempts: number): number | null {
  let waitedMs = 0
  for (let n = 1; n < attempts; n++) waitedMs += pauseAfter(n)
  return waitedMs + pauseAfter(attempts) > PATIENCE_MS ? null : pauseAfter(attempts)
}

const pauseAfter = (attempt: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** (attempt - 1))
