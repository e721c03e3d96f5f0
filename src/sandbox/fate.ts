import { z } from 'zod'
import { DAY_MS, Duration } from './duration.ts'
import { Rival } from './rivals.ts'

const DEEDS = ['delete', 'request-restore', 'restore', 'renew', 'hand-over'] as const

/** What somebody does to a name, so long after the story begins. */
const PlannedAct = z.strictObject({
  after: Duration,
  does: z.enum(DEEDS),
  /** Who gets it by `hand-over`. */
  to: z.string().optional(),
})

/** Part of a world file: what a name is when its story begins, and what becomes of it. */
export const Story = z
  .strictObject({
    heldBy: z.string(),
    /** Years from its creation to its expiry date. */
    years: z.int().positive(),
    /** When its paid term ends: so long after the story begins … */
    expiresAfter: Duration.optional(),
    /** … or so long before. */
    expiredBefore: Duration.optional(),
    /** Already deleted when the story begins: how long since. */
    deletedBefore: Duration.optional(),
    delegated: z.boolean().default(true),
    acts: z.array(PlannedAct).default([]),
    /** Its lateness at the release, instead of the registry's chance. */
    late: Duration.optional(),
    rivals: z.array(Rival).default([]),
    /** The holder renews, deletes and restores as the rates of the extension have it. */
    holder: z.enum(['as-told', 'by-chance']).default('as-told'),
  })
  .refine((story) => (story.expiresAfter === undefined) !== (story.expiredBefore === undefined), {
    error: 'give one of expiresAfter and expiredBefore',
  })
  .refine(({ years, expiresAfter = 0 }) => expiresAfter < years * 365 * DAY_MS, {
    error: 'it would be created after its story begins: more years, or a nearer expiry',
  })
  .refine(
    (story) => story.acts.every(({ does, to }) => (does === 'hand-over') === (to !== undefined)),
    {
      error: 'a hand-over, and nothing else, has a `to`',
    },
  )
export type Story = z.infer<typeof Story>

/** An act with its instant. */
export type Act = { at: Date; does: (typeof DEEDS)[number]; to: string | null }

/** What is ahead of one name in the books. The leaping clock stops for a name that has a fate. */
export type Fate = {
  acts: readonly Act[]
  lateMs: number | null
  rivals: readonly Rival[]
  holder: Story['holder']
}

/** A name that somebody began to delete: nothing planned, but it is going somewhere. */
export const followed: Fate = { acts: [], lateMs: null, rivals: [], holder: 'as-told' }
