import { z } from 'zod'
import { Duration } from './duration.ts'
import { seededRandom } from './random.ts'
import { localTime, TimeOfDay, TimeZone } from './zone.ts'

/**
 * How a rival tries to get a name:
 * - `poll-then-buy` looks every so often and orders what it finds free;
 * - `typed-time` sends a few creates from a time that somebody typed in: the published instant, or a time of day;
 * - `knows-the-instant` has the registry's own rule and sends one create just after the release.
 */
export const Strategy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('poll-then-buy'), every: Duration, buyTakes: Duration }),
  z.strictObject({
    kind: z.literal('typed-time'),
    timeZone: TimeZone,
    time: TimeOfDay,
    shots: z.int().positive(),
    every: Duration,
  }),
  z.strictObject({
    kind: z.literal('knows-the-instant'),
    delay: z.strictObject({ from: Duration, to: Duration }),
  }),
])
export type Strategy = z.infer<typeof Strategy>

/** A registrar that wants a name, and its way of getting it. */
export const Rival = z.strictObject({ registrar: z.string(), strategy: Strategy })
export type Rival = z.infer<typeof Rival>

/**
 * When the create of a rival arrives that can win a name set free at `freeAt`; null when all of its creates come too early.
 * @param availableAt the instant that the registry published, if it does.
 */
export function rivalCreateAt(
  { registrar, strategy }: Rival,
  { name, freeAt, availableAt }: { name: string; freeAt: Date; availableAt: Date | null },
  seed: number,
): Date | null {
  const chance = seededRandom(seed, 'rival', registrar, name, freeAt.toISOString())
  const free = freeAt.getTime()
  switch (strategy.kind) {
    case 'poll-then-buy': {
      const seenAt = free + chance.next() * strategy.every
      return new Date(Math.ceil(seenAt + strategy.buyTakes))
    }
    case 'knows-the-instant':
      return new Date(Math.ceil(free + chance.between(strategy.delay.from, strategy.delay.to)))
    case 'typed-time': {
      const typed = availableAt ?? localTime(freeAt, strategy.timeZone, strategy.time)
      const shot = Math.max(0, Math.ceil((free - typed.getTime()) / strategy.every))
      return shot < strategy.shots ? new Date(typed.getTime() + shot * strategy.every) : null
    }
  }
}
