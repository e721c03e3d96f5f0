import { z } from 'zod'

export const SECOND_MS = 1_000
export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

const UNIT_MS: Readonly<Record<string, number>> = {
  d: DAY_MS,
  h: HOUR_MS,
  m: 60_000,
  s: SECOND_MS,
  ms: 1,
}
const PART = /(\d+(?:\.\d+)?)(ms|d|h|m|s)/g

/** Reads `30d`, `1h30m`, `13.5s` or `40ms` into milliseconds; null when it is none. */
export function readDuration(text: string): number | null {
  const parts = [...text.matchAll(PART)]
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== text) return null
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNIT_MS[unit ?? '']!, 0)
}

/** A length of time as a world file writes it, in milliseconds once read. */
export const Duration = z.string().transform((text, context) => {
  const ms = readDuration(text)
  if (ms === null) {
    context.addIssue({
      code: 'custom',
      message: `"${text}" is no length of time such as 30d, 1h30m or 40ms`,
    })
    return z.NEVER
  }
  return ms
})
