import { hasOpenCreate } from '../store/attempts.ts'
import type { CaptureRow } from '../store/captures.ts'
import { postponeCapture, undecidedCapture } from '../store/captures.ts'
import type { Database } from '../store/connect.ts'
import type { NameRow } from '../store/names.ts'
import { type Miss, settleMiss, standDown } from './settle.ts'

/** How the registration that a capture waited for was saved. */
export type Saved = 'restored' | 'renewed' | 'replaced'

/**
 * Ends the capture of a name whose registration was restored, renewed or replaced without a race. A capture that has
 * sent a create is left to a catcher, which asks the registry first, if the new registration may be our own: what a look
 * takes for a restored one may be it too while a create is unaccounted for, since some sources tell neither who nor when.
 */
export async function concede(row: NameRow, how: Saved, db: Database, now: Date): Promise<boolean> {
  const capture = await undecidedCapture(db, row.name)
  if (!capture || capture.state === 'undetermined') return false
  const miss = missOf(row, how)
  if (capture.state === 'firing') {
    if (how !== 'replaced' && !(await hasOpenCreate(db, capture.id)))
      return settleMiss(db, capture, miss, now)
    // Its window may be over, and without one no catcher would come.
    await postponeCapture(db, capture.id, now)
    return false
  }
  if (how === 'replaced' && windowHadOpened(capture, now))
    return settleAsMiss(db, capture, miss, now)
  return standDown(db, capture, miss.reason, miss.explanation, now)
}

const windowHadOpened = (capture: CaptureRow, now: Date): boolean => capture.windowFrom <= now

/** A lost name is called lost, also when no create of ours had left. */
async function settleAsMiss(
  db: Database,
  capture: CaptureRow,
  miss: Miss,
  now: Date,
): Promise<boolean> {
  return (
    (await settleMiss(db, capture, miss, now)) ||
    standDown(db, capture, miss.reason, miss.explanation, now)
  )
}

function missOf(row: NameRow, how: Saved): Miss {
  const { sponsor, createdAt } = row
  const by = sponsor ?? 'its registrar'
  switch (how) {
    case 'restored':
      return {
        reason: 'restored',
        explanation: `Restored through ${by} before it dropped.`,
        rival: null,
        gap: null,
        createdAt: null,
      }
    case 'renewed':
      return {
        reason: 'renewed',
        explanation: `Renewed through ${by}.`,
        rival: null,
        gap: null,
        createdAt: null,
      }
    case 'replaced':
      return {
        reason: 'beaten',
        explanation: `A new registration through ${by} was seen.`,
        rival: sponsor,
        gap: null,
        createdAt,
      }
  }
}
