import { z } from 'zod'
import type { Parsed } from '../domain/problem.ts'

/** Control characters and halves of surrogate pairs: no database text, no XML, nothing a person types. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u

/** One line of text a person typed, trimmed, from one to `max` characters. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'Must not be empty.')
    .max(max, `Must have at most ${max} characters.`)
    .refine((text) => !UNPRINTABLE.test(text), {
      error: 'Must not hold control characters.',
      params: { rule: 'control-characters' },
    })

/** A step of a schema that reads text by one of the domain's readers and keeps the rules that it names. */
export const readBy =
  <T>(read: (text: string) => Parsed<T>) =>
  (text: string, context: z.RefinementCtx): T => {
    const result = read(text)
    if (result.ok) return result.value
    for (const { message, rule } of result.problems)
      context.addIssue({ code: 'custom', message, params: { rule } })
    return z.NEVER
  }
