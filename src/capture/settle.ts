import type { SQL } from 'drizzle-orm'
import pRetry from 'p-retry'
import type { CaptureState, MissReason } from '../domain/capture-state.ts'
import { type CaptureRow, moveCapture } from '../store/captures.ts'
import type { Database } from '../store/connect.ts'
import { codeOf } from '../store/connection.ts'
import { eventCall } from '../store/outbox.ts'
import { type Beneficiary, missChanges, winChanges } from '../store/settlement.ts'
import type { Gap } from './gap.ts'

/** A win as the registry confirmed it. */
export type Win = {
  createdAt: Date | null
  expiresAt: Date | null
  priceCents: number | null
  /** Longest the name can have been free before our create was accepted; null when it was not watched closely. */
  delayMs: number | null
  creates: number
}

/** A miss with its reason. */
export type Miss = {
  reason: MissReason
  explanation: string
  rival: string | null
  gap: Gap | null
  createdAt: Date | null
}

const UNDECIDED: readonly CaptureState[] = ['armed', 'finalised', 'firing', 'undetermined']

/** Settles a win: capture, watch, order line, portfolio and events change together, once, however often it is called. */
export function settleWin(
  db: Database,
  capture: CaptureRow,
  to: Beneficiary,
  win: Win,
  now: Date,
): Promise<boolean> {
  const about = { captureId: capture.id, name: capture.name }
  const once = (type: string) => `${type}:${capture.id}`
  const subject = `capture:${capture.id}`
  return surely(() =>
    moveCapture(
      db,
      capture.id,
      ['firing', 'undetermined'],
      'won',
      {
        decidedAt: now,
        settledAt: now,
        newCreatedAt: win.createdAt,
        newExpiresAt: win.expiresAt,
        priceCents: win.priceCents,
        explanation: 'Our create was accepted.',
      },
      [
        eventCall('capture.won', subject, once('capture.won'), now, {
          ...about,
          watchId: to.watchId,
          orderId: to.orderId,
          delayMs: win.delayMs,
          creates: win.creates,
        }),
        eventCall(
          'name.joined',
          `order:${to.orderId}`,
          `name.joined:${to.orderId}:${capture.name}`,
          now,
          {
            orderId: to.orderId,
            name: capture.name,
            how: 'capture',
          },
        ),
        eventCall('watch.ended', `watch:${to.watchId}`, `watch.ended:${to.watchId}`, now, {
          watchId: to.watchId,
          name: capture.name,
          reason: 'captured',
        }),
      ],
      winChanges(capture.name, to, win.expiresAt, now),
    ),
  )
}

/** Settles a capture that was raced and not won. The watches stay open. */
export function settleMiss(
  db: Database,
  capture: CaptureRow,
  miss: Miss,
  now: Date,
): Promise<boolean> {
  const refused = miss.reason === 'refused'
  const subject = `capture:${capture.id}`
  const about = { captureId: capture.id, name: capture.name }
  const event: SQL = refused
    ? eventCall('capture.refused', subject, `capture.refused:${capture.id}`, now, {
        ...about,
        reason: miss.explanation,
      })
    : eventCall('capture.lost', subject, `capture.lost:${capture.id}`, now, {
        ...about,
        reason: miss.reason,
        rival: miss.rival,
        gapMs: miss.gap,
        explanation: miss.explanation,
      })
  return surely(() =>
    moveCapture(
      db,
      capture.id,
      ['finalised', 'firing', 'undetermined'],
      refused ? 'refused' : 'lost',
      {
        decidedAt: now,
        settledAt: now,
        reason: miss.reason,
        explanation: miss.explanation,
        rival: miss.rival,
        gapFromMs: miss.gap?.from ?? null,
        gapToMs: miss.gap?.to ?? null,
        newCreatedAt: miss.createdAt,
      },
      [event],
      missChanges(capture.name, now),
    ),
  )
}

/** Withdraws a capture before anything was sent: the name was restored, renewed, handed over, or nobody wants it any more. */
export function standDown(
  db: Database,
  capture: CaptureRow,
  reason: MissReason,
  explanation: string,
  now: Date,
): Promise<boolean> {
  return surely(() =>
    moveCapture(
      db,
      capture.id,
      ['armed', 'finalised'],
      'stood-down',
      { decidedAt: now, settledAt: now, reason, explanation },
      [
        eventCall(
          'capture.stood-down',
          `capture:${capture.id}`,
          `capture.stood-down:${capture.id}`,
          now,
          {
            captureId: capture.id,
            name: capture.name,
            reason,
            explanation,
          },
        ),
      ],
      missChanges(capture.name, now),
    ),
  )
}

/** Whether anything can still become of it. */
export const isUndecided = (capture: CaptureRow): boolean => UNDECIDED.includes(capture.state)

/**
 * An outcome is written however long the database is away; a step that is not allowed any more is simply not taken. What the
 * database refuses for its content it would refuse for ever: that is thrown at once.
 */
const surely = (write: () => Promise<boolean>): Promise<boolean> =>
  pRetry(write, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 100,
    maxTimeout: 2_000,
    shouldRetry: ({ error }) => !REFUSED.test(codeOf(error) ?? ''),
  })

/** Classes of SQLSTATE for bad data, broken constraints and bad statements. */
const REFUSED = /^(22|23|42)/
