/** An open watch as the rule of allocation sees it. */
export type Claim = { watchId: string; nicHandle: string; openedAt: Date; eligible: boolean }

/** Who gets the name: the oldest open watch whose holder the registry would accept. Ties go to the lower id. */
export function beneficiaryOf(claims: readonly Claim[]): Claim | null {
  const inLine = claims
    .filter((claim) => claim.eligible)
    .sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime() || (a.watchId < b.watchId ? -1 : 1))
  return inLine[0] ?? null
}
