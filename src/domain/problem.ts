/** One thing wrong with an input: which field, which rule it breaks, and how to put it right. */
export type Problem = {
  /** Path of the field as the caller wrote it, such as `label` or `registrant.country`. */
  field: string
  /** Stable machine word for the rule, such as `label-too-long`. */
  rule: string
  /** One sentence for a person. */
  message: string
}

/** A value, or everything that is wrong with the text it was read from. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; problems: Problem[] }

export const parsed = <T>(value: T): Parsed<T> => ({ ok: true, value })
export const rejected = (field: string, rule: string, message: string): Parsed<never> => ({
  ok: false,
  problems: [{ field, rule, message }],
})
