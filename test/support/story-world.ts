import type { z } from 'zod'
import type { Extension } from '../../src/domain/name.ts'
import type { World } from '../../src/sandbox/world.ts'

type WorldFile = z.input<typeof World>
type Fate = WorldFile['fates'][string]
type Rivals = Fate['rivals']

const DAY_MS = 86_400_000
const DELETED_FOR_DAYS = { com: 35, net: 35, eu: 40 } as const satisfies Partial<
  Record<Extension, number>
>

/** Names drop so long after the world begins: near enough for the catcher to stand ready, and far enough for a leap. */
const DROP_MS = 270_000

/**
 * Held by Quayside Domains, deleted long ago, and about to drop, at the same instant as all the others.
 * @param lateMs its registry frees it so much later than it said.
 */
export function drops(
  extension: keyof typeof DELETED_FOR_DAYS,
  { lateMs = 0, rivals = [] }: { lateMs?: number; rivals?: Rivals } = {},
): Fate {
  const deletedBefore = `${DELETED_FOR_DAYS[extension] * DAY_MS - DROP_MS}ms`
  const term = extension === 'eu' ? { expiresAfter: '120d' } : { expiredBefore: '60d' }
  return { heldBy: 'quayside', years: 8, ...term, deletedBefore, late: `${lateMs}ms`, rivals }
}

/** Held by Quayside Domains, paid for, and nothing ahead. */
export const stays: Fate = { heldBy: 'quayside', years: 6, expiresAfter: '500d' }

/** A rival that knows the registry's rule, and whose create arrives so long after the drop. */
export const rivalAfter = (ms: number): NonNullable<Rivals>[number] => ({
  registrar: 'rapid-names',
  strategy: { kind: 'knows-the-instant', delay: { from: `${ms}ms`, to: `${ms}ms` } },
})

/** A world of these names alone, each freed at the very end of its last stage. They drop in the second minute of Verisign's hour. */
export function worldOf(fates: WorldFile['fates']): object {
  const release = { kind: 'per-name', lateness: NEVER_LATE }
  return {
    startAt: '2027-01-11T18:56:30Z',
    extensions: { com: { release }, net: { release }, eu: { release } },
    fates,
  }
}

const NEVER_LATE = { upTo: '0s', tail: { probability: 0, upTo: '0s' }, nextDay: 0 }
