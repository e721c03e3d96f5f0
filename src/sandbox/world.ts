import { z } from 'zod'
import { EXTENSIONS, parseDomainName } from '../domain/name.ts'
import { REGISTRIES } from '../domain/policy/policy.ts'
import { Story } from './fate.ts'
import { EppMannersSchema, MannersSchema } from './manners.ts'
import { ReleaseRule } from './release.ts'

/** Lengths of the stages and what the registry does by itself. */
const LifeCycle = z.strictObject({
  redemptionDays: z.number().min(0),
  pendingDeleteDays: z.number().min(0),
  /** More than 0 at registries that have a quarantine instead of redemption. */
  quarantineDays: z.number().min(0),
  addGraceDays: z.number().min(0),
  /** A year is added at each expiry; else the registry deletes the name there. */
  autoRenew: z.boolean(),
  autoRenewGraceDays: z.number().min(0),
  /** The registry shows the grace periods of RFC 3915. */
  gracePeriods: z.boolean(),
  /** Purged names pass through a Dropzone this long, and some are taken there. */
  dropzone: z
    .strictObject({ hours: z.number().positive(), taken: z.number().min(0).max(1) })
    .nullable(),
})
export type LifeCycle = z.infer<typeof LifeCycle>

const Rate = z.number().min(0).max(1)

/** What holders do who are left to chance. */
const Holders = z.strictObject({
  /** Renewed before or after expiry, and so never deleted. */
  renewRate: Rate,
  /** Days after expiry within which an unrenewed name is deleted by its registrar. */
  deleteWithinDays: z.number().positive(),
  /** Restored in redemption, or reactivated in quarantine. */
  restoreRate: Rate,
})
export type Holders = z.infer<typeof Holders>

const Registrar = z.strictObject({
  /** RFC 5730 clIDType. */
  id: z.string().min(3).max(16),
  name: z.string().min(1),
  ianaId: z.string().regex(/^\d+$/, 'an IANA registrar id is a number'),
  /** RFC 5730 pwType. */
  password: z.string().min(6).max(16),
})

const Name = z.string().transform((text, context) => {
  const read = parseDomainName(text)
  if (read.ok) return read.value
  context.addIssue({ code: 'custom', message: read.problems.map((p) => p.message).join(' ') })
  return z.NEVER
})
const Names = z.array(Name).readonly()

const extensions = <T extends z.ZodType>(schema: T) => z.record(z.enum(EXTENSIONS), schema)

/**
 * The true state of things, which the product never reads and which differs on purpose from what its policies believe. A
 * world file may leave out whatever it has no other wish for: the default world fills it in, field by field.
 */
export const World = z
  .strictObject({
    seed: z.int(),
    /** What the clock shows at the very first start; null for the host's own time. */
    startAt: z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .nullable(),
    /** The first is the one the sandbox is for; the others hold and want names. */
    registrars: z.array(Registrar).min(2),
    registries: z.record(
      z.enum(REGISTRIES),
      z.strictObject({
        epp: EppMannersSchema,
        rdap: MannersSchema,
        whois: MannersSchema,
        das: MannersSchema,
        dns: MannersSchema,
      }),
    ),
    extensions: extensions(
      z.strictObject({ lifeCycle: LifeCycle, release: ReleaseRule, holders: Holders }),
    ),
    /** Names with nothing ahead but what their stage brings; every other name is free. */
    names: z.strictObject({
      free: Names,
      active: Names,
      redemption: Names,
      pendingDelete: Names,
      quarantine: Names,
      reserved: Names,
      premium: Names,
      blocked: Names,
      notOpen: Names,
    }),
    /** Told for the label that is asked for, one name an extension; null leaves it free. */
    stories: extensions(Story.nullable()),
    /** Told for a whole name from the first start on. */
    fates: z.record(z.string(), Story),
  })
  .superRefine((world, context) => {
    const known = new Set(world.registrars.map(({ id }) => id))
    const check = (story: Story | null, path: string[]) => {
      for (const id of story ? registrarsIn(story) : []) {
        if (!known.has(id))
          context.addIssue({ code: 'custom', path, message: `"${id}" is none of the registrars` })
      }
    }
    for (const [extension, story] of Object.entries(world.stories))
      check(story, ['stories', extension])
    for (const [name, story] of Object.entries(world.fates)) {
      check(story, ['fates', name])
      const read = parseDomainName(name)
      const extension = read.ok ? read.value.split('.').slice(1).join('.') : ''
      if (!(EXTENSIONS as readonly string[]).includes(extension))
        context.addIssue({
          code: 'custom',
          path: ['fates', name],
          message: 'this is no name directly below one of the extensions',
        })
    }
  })
export type World = z.infer<typeof World>

const registrarsIn = (story: Story): string[] => [
  story.heldBy,
  ...story.rivals.map(({ registrar }) => registrar),
  ...story.acts.flatMap(({ to }) => to ?? []),
]
