import { type SQL, sql } from 'drizzle-orm'
import { systemClock } from '../clock.ts'
import type { Permits } from '../domain/permits.ts'
import type { HostLimit } from '../domain/policy/policy.ts'
import type { Database } from './connect.ts'

/** Places lie this much further apart than the limit asks, so that a timer that is late does not crowd the next ones. */
const GUARD = 1.1

/**
 * Permits kept in the database, on its server's clock: one statement reserves a place by the generic cell rate algorithm
 * (ITU-T I.371), for any number of processes. In the long run `perSecond` are given, and no sliding second ever sees
 * more than the larger of `perSecond` and `burst`. Limits and pauses live in real time: they are never scaled.
 */
export function storePermits(db: Database): Permits {
  return {
    async take(host, limit, { maxWaitMs, signal }) {
      signal.throwIfAborted()
      const waitMs = await reserve(db, host, limit, maxWaitMs)
      if (waitMs === null) return refusal(db, host, limit)
      if (waitMs <= 0) return { granted: true }
      await sleep(waitMs, signal)
      // The host may have been paused for everybody meanwhile.
      const pause = await readPause(db, host)
      return pause ?? { granted: true }
    },
    async pause(host, until, reason) {
      const ms = until.getTime() - systemClock.now().getTime()
      await db.execute(sql`
        insert into permits (host, paused_until, reason)
        values (${host}, clock_timestamp() + make_interval(secs => ${ms / 1000}::float8), ${reason})
        on conflict (host) do update set paused_until = excluded.paused_until, reason = excluded.reason
        where permits.paused_until is null or permits.paused_until < excluded.paused_until`)
    },
  }
}

const NOW_US = sql`(extract(epoch from clock_timestamp()) * 1000000)::bigint`

/**
 * Time between two places, and how far ahead of its place a request may go. GCRA lets `1 + tolerance / interval` go at
 * once and `perSecond` a second from then on, so of the burst only what a second does not bring anyway is let ahead.
 */
function pacing({ perSecond, burst }: HostLimit): { intervalUs: number; toleranceUs: number } {
  const intervalUs = Math.ceil((1_000_000 / perSecond) * GUARD)
  const ahead = Math.max(0, burst - Math.ceil(perSecond))
  return { intervalUs, toleranceUs: ahead * intervalUs }
}

/** @returns how long to wait for the reserved place, or null when none was reserved. */
async function reserve(
  db: Database,
  host: string,
  limit: HostLimit,
  maxWaitMs: number,
): Promise<number | null> {
  const { intervalUs, toleranceUs } = pacing(limit)
  const farthest: SQL = sql`${NOW_US} + ${Math.floor(maxWaitMs * 1000) + toleranceUs}::bigint`
  const [row] = await db.execute<{ wait_us: string }>(sql`
    insert into permits (host, tat) values (${host}, ${NOW_US} + ${intervalUs}::bigint)
    on conflict (host) do update
      set tat = greatest(permits.tat, ${NOW_US}) + ${intervalUs}::bigint
      where permits.tat <= ${farthest}
        and (permits.paused_until is null or permits.paused_until <= clock_timestamp())
    returning tat - ${intervalUs + toleranceUs}::bigint - ${NOW_US} as wait_us`)
  return row ? Number(row.wait_us) / 1000 : null
}

type Refusal = { granted: false; retryAt: Date; reason: string }

async function refusal(db: Database, host: string, limit: HostLimit): Promise<Refusal> {
  const pause = await readPause(db, host)
  if (pause) return pause
  const { toleranceUs } = pacing(limit)
  const [row] = await db.execute<{ wait_ms: string }>(sql`
    select (tat - ${toleranceUs}::bigint - ${NOW_US}) / 1000.0 as wait_ms from permits where host = ${host}`)
  return {
    granted: false,
    retryAt: fromNow(Number(row?.wait_ms ?? 0)),
    reason: `Every place of ${host} is taken for now.`,
  }
}

async function readPause(db: Database, host: string): Promise<Refusal | null> {
  const [row] = await db.execute<{ left_ms: string; reason: string }>(sql`
    select extract(epoch from paused_until - clock_timestamp()) * 1000 as left_ms, reason
    from permits where host = ${host} and paused_until > clock_timestamp()`)
  if (!row) return null
  return { granted: false, retryAt: fromNow(Number(row.left_ms)), reason: row.reason }
}

const fromNow = (ms: number): Date =>
  new Date(systemClock.now().getTime() + Math.max(0, Math.ceil(ms)))

/** Real waiting, never a moment short: a timer of Node's may fire more than a millisecond early. */
async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  const endMs = performance.now() + ms
  for (let leftMs = ms; leftMs > 0; leftMs = endMs - performance.now())
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => {
        clearTimeout(timer)
        reject(signal.reason)
      }
      const timer = setTimeout(() => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      }, Math.ceil(leftMs))
      if (signal.aborted) onAbort()
      else signal.addEventListener('abort', onAbort, { once: true })
    })
}
