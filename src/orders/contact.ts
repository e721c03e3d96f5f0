import { z } from 'zod'
import type { ContactData } from '../channels/channel.ts'
import { isCountry } from './countries.ts'
import { line, readBy } from './text.ts'
import { parseVoice } from './voice.ts'

const country = z
  .string()
  .trim()
  .toUpperCase()
  .refine(isCountry, {
    error: 'Must be a country as ISO 3166-1 alpha-2 writes it, such as FR.',
    params: { rule: 'country-unknown' },
  })
  .meta({ example: 'FR' })

/**
 * A registrant as the registries of all our extensions ask for one. Lengths are those of RFC 5733; `citizenship` serves .eu
 * holders who live elsewhere.
 */
export const ContactInput: z.ZodType<ContactData, unknown> = z.strictObject({
  name: line(255).meta({ example: 'Marie Dupont' }),
  organisation: line(255).nullish().transform(orNull),
  street: z
    .array(line(255))
    .min(1, 'Must have at least one line.')
    .max(3, 'Must have at most three lines.')
    .meta({ example: ['12 rue des Lilas'] }),
  city: line(255).meta({ example: 'Nantes' }),
  postalCode: line(16).meta({ example: '44000' }),
  country,
  voice: z.string().max(40).transform(readBy(parseVoice)).meta({ example: '+33.240123456' }),
  email: z.email('Must be an e-mail address.').max(254).meta({ example: 'marie@example.org' }),
  citizenship: country.nullish().transform(orNull),
  language: z.enum(['fr', 'en']).default('fr'),
})

function orNull<T>(value: T | null | undefined): T | null {
  return value ?? null
}
