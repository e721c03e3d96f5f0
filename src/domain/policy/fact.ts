import type { Confidence, Fact } from './policy.ts'

const fact =
  (confidence: Confidence) =>
  <T>(value: T, source: string): Fact<T> => ({ value, source, confidence })

/** Stated by the registry, ICANN, an RFC or a reviewed paper. */
export const documented = fact('documented')
/** Seen in the field: code, samples, forums, observers. */
export const community = fact('community')
/** Concluded from other facts; `source` says from which. */
export const inferred = fact('inferred')
/** Looked for and not found: a cautious value, and `source` says what it rests on. */
export const unknown = fact('unknown')
