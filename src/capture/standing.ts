import type { InfoAnswer } from '../channels/channel.ts'

/** How a name stands at the registry, as far as one capture is concerned. */
export type Standing =
  | { kind: 'ours'; createdAt: Date | null; expiresAt: Date | null }
  /** The registration that is to end is still there: too early. */
  | { kind: 'not-yet'; statuses: readonly string[]; releaseAt: Date | null }
  /** Another registration has taken its place. */
  | { kind: 'taken'; by: string; createdAt: Date | null }
  | { kind: 'free' }
  | { kind: 'unknown'; reason: string }

/** What is known of the registration that is to end. */
export type Ending = {
  /** Its ROID, its creation date in RFC 3339, or a stand-in where the registry shows neither. */
  key: string
  /** A registration made before this instant is the one that is to end; null when the name was armed already free. */
  heldAt: Date | null
}

/** Tells too early from too late, which a 2302 does not. */
export function standingOf(info: InfoAnswer, ending: Ending): Standing {
  if (info.kind === 'unknown') return { kind: 'unknown', reason: info.message }
  if (info.kind === 'absent') return { kind: 'free' }
  const { roid, createdAt, expiresAt, statuses, releaseAt } = info
  // Behind "~" stands how often this registration was saved before.
  const key = ending.key.replace(/~\d+$/, '')
  const same =
    roid === key ||
    createdAt?.toISOString() === key ||
    (createdAt !== null && ending.heldAt !== null && createdAt < ending.heldAt)
  if (same) return { kind: 'not-yet', statuses, releaseAt }
  if (info.ours) return { kind: 'ours', createdAt, expiresAt }
  return { kind: 'taken', by: info.sponsor, createdAt }
}
