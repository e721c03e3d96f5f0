import type { SQL } from 'drizzle-orm'
import type { Channel } from '../channels/channel.ts'
import type { Clock } from '../clock.ts'
import type { Forecast } from '../domain/forecast.ts'
import { policyFor } from '../domain/policy/policies.ts'
import { planShots } from '../domain/shots.ts'
import { armCapture, captureIdOf, countCaptures, countSaves } from '../store/captures.ts'
import type { Database } from '../store/connect.ts'
import type { NameRow } from '../store/names.ts'
import { eventCall } from '../store/outbox.ts'
import { raceWindow } from './window.ts'

/** A window this far ahead is not armed yet: looks will refine it. */
const ARM_AHEAD_MS = 8 * 86_400_000
/** Planned creates of one volley at most, whatever the registry would allow in a day. */
const VOLLEY = 60
/** A name seen free is raced at once and for this long. */
const FREE_WINDOW_MS = 120_000

export type ArmDeps = { db: Database; channel: Channel; clock: Clock; shareOfDay: number }

type Window = { from: Date; to: Date }

/** What became of arming. `not-yet`: no window near enough; `no-way`: no accreditation at this registry. */
export type Armed =
  | { kind: 'armed'; captureId: string; from: Date; to: Date }
  | { kind: 'not-yet' }
  | { kind: 'no-way' }
  | { kind: 'over' }

/**
 * Commits the intent to register a name when its present registration ends, with the window and the planned shots. Safe
 * to repeat: a capture that is not decided only gets the newer window.
 */
export async function arm(row: NameRow, deps: ArmDeps): Promise<Armed> {
  const now = deps.clock.now()
  const window = row.state === 'free' ? nowOn(now) : row.forecast ? raceWindow(row.forecast) : null
  if (!window || window.from.getTime() - now.getTime() > ARM_AHEAD_MS) return { kind: 'not-yet' }
  const accreditation = deps.channel.accreditation(row.registry)
  if (accreditation === null) return { kind: 'no-way' }

  const registrationKey = await endingOf(row, deps.db)
  const captureId = captureIdOf(row.name, registrationKey)
  const shots = row.state === 'free' || !row.forecast ? [] : volley(row, row.forecast, window, deps)
  const state = await armCapture(
    deps.db,
    {
      name: row.name,
      extension: row.extension,
      registry: row.registry,
      registrationKey,
      accreditation,
      windowFrom: window.from,
      windowTo: window.to,
      shots,
      armedAt: now,
    },
    armedEvents(captureId, row, window, shots.length, now),
  )
  return state === null ? { kind: 'over' } : { kind: 'armed', captureId, ...window }
}

/** Which registration's end is raced for. One that was saved before and ends after all has `~` and a number behind its key. */
async function endingOf({ name, registrationKey: key }: NameRow, db: Database): Promise<string> {
  if (key === null) return `unseen-${await countCaptures(db, name)}`
  const saves = await countSaves(db, name, key)
  return saves === 0 ? key : `${key}~${saves}`
}

/** Ops hear of each window once, and so does the order system. A window in progress keeps its end. */
function armedEvents(
  captureId: string,
  row: NameRow,
  window: Window,
  shots: number,
  now: Date,
): SQL[] {
  const { name } = row
  const reason = row.forecast?.reason ?? row.reason
  const [from, to] = [window.from.toISOString(), window.to.toISOString()]
  const key = `${captureId}:${to}`
  const armed = { captureId, name, from, to, shots, reason }
  const dropping = { name, from, to, reason }
  return [
    eventCall('capture.armed', `capture:${captureId}`, `capture.armed:${key}`, now, armed),
    eventCall('name.dropping', `name:${name}`, `name.dropping:${key}`, now, dropping),
  ]
}

const nowOn = (now: Date): Window => ({ from: now, to: new Date(now.getTime() + FREE_WINDOW_MS) })

/** The planned creates: as many as our share of the registry's day allows, at the instants the law of shots gives. */
function volley(row: NameRow, forecast: Forecast, window: Window, deps: ArmDeps): number[] {
  const { epp } = policyFor(row.extension)
  const penalty = epp.penalty.value
  const affordable = Math.floor(epp.createsPerDay.value * deps.shareOfDay)
  const pointwise = penalty
    ? Math.floor((penalty.perDay * deps.shareOfDay) / Math.max(1, penalty.exists))
    : affordable
  const segments = forecast.segments.filter(({ to }) => to <= window.to.getTime())
  return planShots({
    forecast: { ...forecast, segments },
    now: deps.clock.now().getTime(),
    budget: Math.min(VOLLEY, affordable, pointwise),
    minSpacingMs: epp.spacingMs.value,
    contested: true,
  })
}
