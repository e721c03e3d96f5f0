/**
 * Watching: what one look changes. A look asks the sources in policy order until one of them tells enough, judges what
 * they said together with what was seen lately, writes it down, and says what should happen next.
 */
import type { Clock } from '../clock.ts'
import { forecastDrop } from '../domain/forecast.ts'
import type { DomainName } from '../domain/name.ts'
import type { Observation, Probe, Source } from '../domain/observation.ts'
import { policyFor } from '../domain/policy/policies.ts'
import type { Policy } from '../domain/policy/policy.ts'
import { judge } from '../domain/verdict.ts'
import type { Database } from '../store/connect.ts'
import { findName, type NameRow, recordName, releaseClaim } from '../store/names.ts'
import { keepObservations, recentObservations } from '../store/observations.ts'
import { DROPPING, learn, type Turn } from './learn.ts'
import { whenToLook } from './schedule.ts'

export type WatchDeps = {
  db: Database
  clock: Clock
  probes: Readonly<Partial<Record<Source, Probe>>>
}

/** What the worker should do after a look. */
export type AfterLook =
  | { do: 'rest' }
  /** The name is free, or its drop can be seen coming. */
  | { do: 'arm'; row: NameRow }
  /** The registration was restored, renewed or replaced: a capture waiting for its end is moot. */
  | { do: 'concede'; row: NameRow; turn: Saved }

/** Turns that take a drop away. */
type Saved = Extract<Turn, 'restored' | 'renewed' | 'replaced'>

/** Observations of this age still count when an answer is judged. */
const RECENT_MS = 3_600_000

/**
 * Looks once at a watched name.
 * @param dueAt the due instant the errand was handed out for; if the name has been looked at since, nothing happens.
 */
export async function observe(
  name: DomainName,
  dueAt: Date,
  deps: WatchDeps,
  signal: AbortSignal,
): Promise<AfterLook> {
  const row = await findName(deps.db, name)
  if (!row || row.openWatches === 0 || row.nextLookAt?.getTime() !== dueAt.getTime())
    return { do: 'rest' }
  const policy = policyFor(row.extension)
  const seen = await askSources(name, policy, deps, signal)
  if (signal.aborted) {
    await releaseClaim(deps.db, name)
    return { do: 'rest' }
  }
  await keepObservations(deps.db, seen)
  const now = deps.clock.now()
  const lately = await recentObservations(deps.db, name, new Date(now.getTime() - RECENT_MS))
  const verdict = judge(lately, policy, now)
  const { learned, events, turn } = learn(row, verdict, now)
  const after: NameRow = { ...row, ...learned }
  const forecast = forecastDrop(after, policy, now)
  const due = whenToLook(after, forecast, policy, now, retryOf(seen))
  const written = await recordName(
    deps.db,
    row,
    { ...learned, forecast, nextLookAt: due.at, nextLookBecause: due.because },
    events,
  )
  if (!written) return { do: 'rest' }
  const next: NameRow = { ...after, forecast, nextLookAt: due.at, nextLookBecause: due.because }
  if (turn === 'restored' || turn === 'renewed' || turn === 'replaced')
    return { do: 'concede', row: next, turn }
  if (
    next.state === 'free' ||
    (next.state === 'held' && next.phase && DROPPING.includes(next.phase))
  )
    return { do: 'arm', row: next }
  return { do: 'rest' }
}

/** Asks one source after the other until one speaks for itself; a denial wants the word of a second one. */
export async function askSources(
  name: DomainName,
  policy: Policy,
  deps: WatchDeps,
  signal: AbortSignal,
): Promise<Observation[]> {
  const seen: Observation[] = []
  for (const source of policy.sources) {
    const probe = deps.probes[source]
    if (!probe || signal.aborted) continue
    const observation = await probe(name, signal)
    seen.push(observation)
    const denials = seen.filter(({ kind }) => kind === 'absent').length
    if (isEnough(observation) || denials === 2) break
  }
  return seen
}

const isEnough = ({ kind, source }: Observation): boolean =>
  kind === 'available' ||
  kind === 'reserved' ||
  kind === 'invalid' ||
  kind === 'dropzone' ||
  (kind === 'registered' && source !== 'das')

function retryOf(seen: readonly Observation[]): Date | null {
  const instants = seen.flatMap((o) =>
    o.kind === 'throttled' && o.retryAt ? [o.retryAt.getTime()] : [],
  )
  return instants.length > 0 ? new Date(Math.min(...instants)) : null
}
