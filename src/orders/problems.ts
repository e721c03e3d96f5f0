import type { z } from 'zod'
import type { Problem } from '../domain/problem.ts'

/** Rules by the kind of a schema's complaint; a complaint of ours names its own rule. */
const RULES: Readonly<Record<string, string>> = {
  invalid_type: 'wrong-type',
  invalid_value: 'not-one-of',
  invalid_format: 'wrong-format',
  too_small: 'too-small',
  too_big: 'too-big',
}

/** What a schema found wrong, as problems that name the field and the rule. @param input what was read. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], input: unknown): Problem[] {
  return issues.flatMap((issue) => {
    const field = issue.path.map(String).join('.') || 'body'
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        field: issue.path.length === 0 ? key : `${field}.${key}`,
        rule: 'unknown-field',
        message: 'There is no such field.',
      }))
    if (issue.code === 'invalid_type' && valueAt(input, issue.path) === undefined)
      return [{ field, rule: 'required', message: 'Is required.' }]
    return [{ field, rule: ruleOf(issue), message: issue.message }]
  })
}

function ruleOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' && typeof issue.params?.rule === 'string') return issue.params.rule
  return RULES[issue.code ?? ''] ?? 'malformed'
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (value === null || typeof value !== 'object') return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}
