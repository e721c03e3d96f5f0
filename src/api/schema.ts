import { z } from '@hono/zod-openapi'
import { type DomainName, EXTENSIONS, extensionOf, parseDomainName } from '../domain/name.ts'
import { type Parsed, rejected } from '../domain/problem.ts'
import { parseNicHandle } from '../orders/nic-handle.ts'
import { readBy } from '../orders/text.ts'

/** An instant, RFC 3339, in UTC. */
export const Instant = z.iso.datetime().openapi({ example: '2026-11-23T10:00:00.000Z' })
export const instant = (at: Date): string => at.toISOString()
export const instantOrNull = (at: Date | null): string | null => at?.toISOString() ?? null

/** An instant or a day as a caller writes it. */
export const InstantInput = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'Must be an instant or a day of RFC 3339, such as 2026-11-23T10:00:00Z.',
  })
  .transform((text) => new Date(text))

/** Money is whole cents before tax. */
export const Money = z
  .object({ amountCents: z.int(), currency: z.literal('EUR') })
  .openapi('Money', { example: { amountCents: 3999, currency: 'EUR' } })
export const euros = (amountCents: number) => ({ amountCents, currency: 'EUR' as const })

export const ExtensionName = z.enum(EXTENSIONS, {
  error: `Must be one of ${EXTENSIONS.join(', ')}.`,
})

/** A name below one of our extensions, as A-label or U-label. */
export const NameInput = z
  .string()
  .max(1000)
  .transform(readBy(parseOurName))
  .openapi({ example: 'my-brand.com' })
export const NicHandleInput = z
  .string()
  .transform(readBy(parseNicHandle))
  .openapi({ example: 'ab12345-ovh' })
export const Id = z.uuid('Must be a UUID.')

/** A path with one id in it. */
export const IdPath = z.object({ id: Id.openapi({ param: { name: 'id', in: 'path' } }) })
export const NamePath = z.object({
  name: NameInput.openapi({ param: { name: 'name', in: 'path' }, example: 'my-brand.com' }),
})

function parseOurName(text: string): Parsed<DomainName> {
  const read = parseDomainName(text)
  if (!read.ok || extensionOf(read.value) !== null) return read
  const message = `The extension must be one of ${EXTENSIONS.join(', ')}.`
  return rejected('name', 'name-extension', message)
}
