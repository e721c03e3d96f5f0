import type { Registration } from './observation.ts'

/**
 * One registration out of several answers, strongest first: each field from the first answer that says it. An answer about
 * another registration (other ROID, or created on another day) adds nothing.
 */
export const mergeRegistrations = (answers: readonly Registration[]): Registration =>
  answers.reduce((known, next) => (areOne(known, next) ? merge(known, next) : known))

const merge = (known: Registration, next: Registration): Registration => ({
  roid: known.roid ?? next.roid,
  statuses: known.statuses.length > 0 ? known.statuses : next.statuses,
  stage: known.stage ?? next.stage,
  createdAt: known.createdAt ?? next.createdAt,
  updatedAt: known.updatedAt ?? next.updatedAt,
  expiresAt: known.expiresAt ?? next.expiresAt,
  deletedAt: known.deletedAt ?? next.deletedAt,
  releaseAt: known.releaseAt ?? next.releaseAt,
  sponsor: known.sponsor ?? next.sponsor,
  sponsorIanaId: known.sponsorIanaId ?? next.sponsorIanaId,
  deletedByRegistry: known.deletedByRegistry || next.deletedByRegistry,
})

/** Some sources print no more of the creation than its day. */
const areOne = (a: Registration, b: Registration): boolean =>
  agree(a.roid, b.roid) && agree(dayOf(a.createdAt), dayOf(b.createdAt))

const agree = (a: string | null, b: string | null): boolean => a === null || b === null || a === b
const dayOf = (at: Date | null): string | null => at?.toISOString().slice(0, 10) ?? null
