import { z } from 'zod'

/**
 * The parts of an RDAP answer (RFC 9083) that we read. Lenient: a member of the wrong type counts as absent, unknown members
 * are ignored, since one odd link must not hide a whole registration.
 */
const text = z.string().optional().catch(undefined)
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item.nullable().catch(null))
    .transform((items) => items.filter((i): i is NonNullable<typeof i> => i !== null))
    .catch([])

const Notice = z.object({
  title: text,
  description: z.union([list(z.string()), z.string().transform((s) => [s])]).catch([]),
})

const Entity = z.object({
  handle: text,
  roles: list(z.string()),
  publicIds: list(z.object({ type: z.string(), identifier: z.coerce.string() })),
  /** jCard (RFC 7095): ["vcard", [[name, parameters, type, value], …]]. */
  vcardArray: z
    .tuple([z.string(), list(z.array(z.unknown()))])
    .rest(z.unknown())
    .nullable()
    .catch(null),
})

export const RdapShape = z.object({
  objectClassName: text,
  handle: text,
  ldhName: text,
  unicodeName: text,
  status: list(z.string()),
  events: list(z.object({ eventAction: z.string(), eventDate: z.string() })),
  entities: list(Entity),
  nameservers: list(z.object({ ldhName: text })),
  notices: list(Notice),
  rdapConformance: list(z.string()),
  /** RFC 9083 section 6: an integer; some write it as text. */
  errorCode: z.coerce.number().optional().catch(undefined),
  title: text,
  description: z.union([list(z.string()), z.string().transform((s) => [s])]).catch([]),
  /** AFNIC's own error shape. */
  errors: list(z.object({ errorCode: z.string(), errorMessage: text })),
})
export type RdapShape = z.infer<typeof RdapShape>
