import type { Clock } from '../clock.ts'
import type { Reply } from './in-flight.ts'
import type { Greeting } from './response.ts'

/** One greeting as a reading of the registry's clock: somewhere between `sentAt` and `answeredAt` it showed `serverAt`. */
export type ClockSample = { sentAt: Date; answeredAt: Date; serverAt: Date }

/** Registry clock minus ours: within `uncertaintyMs` of `offsetMs`. */
export type OffsetEstimate = { offsetMs: number; uncertaintyMs: number; measuredAt: Date }

/** Bounds of the offset, in milliseconds. */
type Interval = { low: number; high: number }

/** Our own clock cuts to the millisecond as well. */
const OWN_RESOLUTION_MS = 1
/** How fast two disciplined clocks may drift apart, and how long a reading is of use. */
const DRIFT_MS_A_MS = 20e-6
const LONGEST_USE_MS = 10 * 60_000

/**
 * Where the offset can be. Each reading bounds it: the registry read its clock after we sent and before the answer was
 * here, and cut the reading to its resolution. The bounds of all readings hold at once, so they are intersected; readings
 * that contradict newer ones (a clock was set, or leapt) are left out with all before them.
 * @returns null when there is no reading.
 */
export function estimateOffset(samples: readonly ClockSample[]): OffsetEstimate | null {
  // Of readings in the same millisecond the one further back in the list is the newer.
  const newestFirst = samples
    .toReversed()
    .sort((a, b) => b.answeredAt.getTime() - a.answeredAt.getTime())
  const [newest] = newestFirst
  if (!newest) return null
  const resolutionMs = resolutionOf(newestFirst)
  let known: Interval = boundsOf(newest, resolutionMs, 0)
  for (const sample of newestFirst.slice(1)) {
    const ageMs = newest.answeredAt.getTime() - sample.answeredAt.getTime()
    const bounds = boundsOf(sample, resolutionMs, ageMs)
    const both = { low: Math.max(known.low, bounds.low), high: Math.min(known.high, bounds.high) }
    if (ageMs > LONGEST_USE_MS || both.low > both.high) break
    known = both
  }
  return {
    offsetMs: (known.low + known.high) / 2,
    uncertaintyMs: (known.high - known.low) / 2,
    measuredAt: newest.answeredAt,
  }
}

function boundsOf(sample: ClockSample, resolutionMs: number, ageMs: number): Interval {
  const slackMs = ageMs * DRIFT_MS_A_MS
  const serverMs = sample.serverAt.getTime()
  return {
    low: serverMs - sample.answeredAt.getTime() - OWN_RESOLUTION_MS - slackMs,
    high: serverMs + resolutionMs - sample.sentAt.getTime() + slackMs,
  }
}

/** Registries print tenths or thousandths that may always be zero: what varies is what counts. */
const resolutionOf = (samples: readonly ClockSample[]): number =>
  [1000, 100, 10].find((ms) => samples.every((s) => s.serverAt.getTime() % ms === 0)) ?? 1

/** A reading, where the greeting came and showed a date. */
export const sampleOf = ({ sentAt, answeredAt, answer }: Reply<Greeting>): ClockSample | null =>
  sentAt && answeredAt && answer?.serverAt
    ? { sentAt, answeredAt, serverAt: answer.serverAt }
    : null

/**
 * Reads the registry's clock `n` times more by hello. Where it prints whole seconds, each hello is sent so that by what
 * is known the second turns in the middle of the bounds: the answer then halves them.
 * @param known earlier readings.
 * @returns all readings; none is added by a hello that is not answered.
 */
export async function measure(
  session: { hello(): Promise<Reply<Greeting>> },
  n: number,
  known: readonly ClockSample[],
  clock: Clock,
  signal?: AbortSignal,
): Promise<ClockSample[]> {
  const samples = [...known]
  for (let i = 0; i < n; i += 1) {
    const at = tellingInstant(samples, clock.now())
    if (at) await clock.until(at, signal)
    const sample = sampleOf(await session.hello())
    if (sample) samples.push(sample)
  }
  return samples
}

/** When a hello tells most; null for now. At most a second away. */
function tellingInstant(samples: readonly ClockSample[], now: Date): Date | null {
  const known = estimateOffset(samples)
  if (!known) return null
  const resolutionMs = resolutionOf(samples)
  const roundTripMs = Math.min(...samples.map((s) => s.answeredAt.getTime() - s.sentAt.getTime()))
  if (known.uncertaintyMs * 2 <= roundTripMs + 2 * OWN_RESOLUTION_MS || resolutionMs <= roundTripMs)
    return null
  const arrivesMs = now.getTime() + roundTripMs / 2 + known.offsetMs
  const leftMs = resolutionMs - (((arrivesMs % resolutionMs) + resolutionMs) % resolutionMs)
  return new Date(now.getTime() + Math.floor(leftMs))
}
