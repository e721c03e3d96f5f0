import type { SQL } from 'drizzle-orm'
import type { Registration } from '../domain/observation.ts'
import type { Phase } from '../domain/phase.ts'
import type { Verdict } from '../domain/verdict.ts'
import type { NameChange, NameRow } from '../store/names.ts'
import { eventCall } from '../store/outbox.ts'

/** What happened to the registration between two looks. */
export type Turn = 'none' | 'stage' | 'restored' | 'renewed' | 'replaced' | 'gone'

/** A verdict turned into what is to be written, told and done. */
export type Lesson = { learned: NameChange; events: SQL[]; turn: Turn }

/** Stages in which a name has been deleted and not yet dropped. */
export const DROPPING: readonly Phase[] = [
  'pendingRestore',
  'redemption',
  'pendingDelete',
  'quarantine',
]

/** What a stage means, for people. */
const MEANING: Readonly<Record<Phase, string>> = {
  pendingRestore: 'A restore is under way.',
  redemption: 'It was deleted; until the end of redemption its holder can restore it.',
  pendingDelete: 'Nobody can restore it any more.',
  quarantine: 'It was deleted; until its release its holder can still have it back.',
  hold: 'It is out of the zone; the clock of its life may stand still.',
  autoRenew: 'Its term has ended; its registrar can still delete it.',
  active: 'It is in ordinary use.',
}

/** An expiry moved by the registry's own auto-renewal is no renewal while the registrar may still delete: 45 days. */
const AUTO_RENEW_GRACE_MS = 45 * 86_400_000

/** Compares a verdict with what is stored. Never forgets a registration because a source was silent. */
export function learn(row: NameRow, verdict: Verdict, now: Date): Lesson {
  if (verdict.state === 'unknown')
    return { learned: { silentLooks: row.silentLooks + 1 }, events: [], turn: 'none' }
  const answered: NameChange = {
    state: verdict.state,
    reason: verdict.reason,
    silentLooks: 0,
    lastLookAt: now,
  }
  if (verdict.state === 'free' || verdict.state === 'dropzone') {
    const turn = row.state === 'held' ? 'gone' : 'none'
    // The Dropzone's end is counted from the first sight of it.
    const phaseSince = verdict.state === row.state ? row.phaseSince : now
    return { learned: { ...answered, phase: null, phaseSince }, events: [], turn }
  }
  if (verdict.state !== 'held' || !verdict.registration)
    return { learned: answered, events: [], turn: 'none' }
  return compare(
    row,
    answered,
    verdict.registration,
    verdict.phase ?? 'active',
    verdict.reason,
    now,
  )
}

function compare(
  row: NameRow,
  answered: NameChange,
  seen: Registration,
  phase: Phase,
  reason: string,
  now: Date,
): Lesson {
  const replaced = isAnother(row, seen, phase, now)
  const turn: Turn = replaced ? 'replaced' : turnOf(row, seen, phase, now)
  const phaseSince = phase === row.phase && !replaced ? row.phaseSince : now
  const learned: NameChange = {
    ...answered,
    phase,
    phaseSince,
    // One registration keeps one key, or it would be raced twice.
    registrationKey: replaced ? keyOf(seen) : (row.registrationKey ?? keyOf(seen)),
    statuses: [...seen.statuses],
    sponsor: seen.sponsor ?? (replaced ? null : row.sponsor),
    sponsorIanaId: seen.sponsorIanaId ?? (replaced ? null : row.sponsorIanaId),
    createdAt: seen.createdAt ?? (replaced ? null : row.createdAt),
    updatedAt: seen.updatedAt ?? row.updatedAt,
    expiresAt: seen.expiresAt ?? (replaced ? null : row.expiresAt),
    deletedAt: DROPPING.includes(phase) ? (seen.deletedAt ?? row.deletedAt) : null,
    releaseAt: seen.releaseAt,
  }
  return { learned, events: eventsOf(row, learned, phase, turn, reason, now), turn }
}

function turnOf(row: NameRow, seen: Registration, phase: Phase, now: Date): Turn {
  if (row.phase && DROPPING.includes(row.phase) && !DROPPING.includes(phase)) return 'restored'
  if (phase !== row.phase) return row.phase === null && !DROPPING.includes(phase) ? 'none' : 'stage'
  if (row.expiresAt && seen.expiresAt && seen.expiresAt > row.expiresAt) {
    const byTheRegistry =
      now >= row.expiresAt && now.getTime() - row.expiresAt.getTime() < AUTO_RENEW_GRACE_MS
    if (!byTheRegistry) return 'renewed'
  }
  return 'none'
}

/**
 * Whether the name has been registered anew. Where a source shows no key (EPP's check tells no more than "in use"), a name
 * that is held after it was free, or after its release instant, is.
 */
function isAnother(row: NameRow, seen: Registration, phase: Phase, now: Date): boolean {
  const key = keyOf(seen)
  if (key !== null && row.registrationKey !== null)
    return key !== row.registrationKey && !sameCreation(row, seen)
  const wasReleased = row.releaseAt !== null && row.releaseAt <= now
  return key === null && (row.state === 'free' || wasReleased) && !DROPPING.includes(phase)
}

/** The registration's own key: its ROID, else its creation date. */
const keyOf = (seen: Registration): string | null =>
  seen.roid ?? seen.createdAt?.toISOString() ?? null

/** Two sources may name one registration differently; its creation second tells. */
const sameCreation = (row: NameRow, seen: Registration): boolean =>
  row.createdAt !== null &&
  seen.createdAt !== null &&
  Math.abs(row.createdAt.getTime() - seen.createdAt.getTime()) < 1_000

function eventsOf(
  row: NameRow,
  learned: NameChange,
  phase: Phase,
  turn: Turn,
  reason: string,
  now: Date,
): SQL[] {
  const { name } = row
  const subject = `name:${name}`
  const key = `${name}:${learned.registrationKey}:${learned.phaseSince?.toISOString()}`
  const sponsor = learned.sponsor ?? null
  switch (turn) {
    case 'restored':
      return [
        eventCall('name.restored', subject, `name.restored:${key}`, now, { name, sponsor, reason }),
      ]
    case 'renewed': {
      const expiresAt = learned.expiresAt?.toISOString() ?? null
      return [
        eventCall('name.renewed', subject, `name.renewed:${name}:${expiresAt}`, now, {
          name,
          expiresAt,
          reason,
        }),
      ]
    }
    case 'stage':
      return [
        eventCall('name.stage', subject, `name.stage:${phase}:${key}`, now, {
          name,
          from: row.phase,
          to: phase,
          sponsor,
          reason: MEANING[phase],
        }),
      ]
    default:
      return []
  }
}
