import type { Clock } from '../clock.ts'
import type { Database } from '../store/connect.ts'
import { eventCall } from '../store/outbox.ts'
import type { WatchState } from '../store/schema/watching.ts'
import { findWatch, isRacing, moveWatch, type WatchRow } from '../store/watch-list.ts'

export const WATCH_ACTIONS = ['cancel', 'pause', 'resume'] as const
export type WatchAction = (typeof WATCH_ACTIONS)[number]

/** What became of an action. `racing`: the capture is finalised for this watch, and nothing is taken back any more. */
export type WatchChanged =
  | { ok: true; watch: WatchRow }
  | { ok: false; because: 'unknown' }
  | { ok: false; because: 'racing' | 'over' | 'registering'; message: string }

const STEPS: Readonly<
  Record<WatchAction, { from: readonly WatchState[]; to: WatchState; reason: string }>
> = {
  cancel: { from: ['open', 'paused'], to: 'cancelled', reason: 'Cancelled on request.' },
  pause: { from: ['open'], to: 'paused', reason: 'Paused on request.' },
  resume: { from: ['paused'], to: 'open', reason: '' },
}

/** Cancels, pauses or resumes a watch. Asked again, it changes nothing and succeeds. */
export async function changeWatch(
  id: string,
  action: WatchAction,
  { db, clock }: { db: Database; clock: Clock },
): Promise<WatchChanged> {
  const { from, to, reason } = STEPS[action]
  const before = await findWatch(db, id)
  if (!before) return { ok: false, because: 'unknown' }
  const at = clock.now()
  const ended = eventCall('watch.ended', `watch:${id}`, `watch.ended:${id}`, at, {
    watchId: id,
    name: before.name,
    reason: 'cancelled',
  })
  for (const state of from)
    await moveWatch(db, id, { from: state, to, reason, at }, action === 'cancel' ? [ended] : [])

  const watch = (await findWatch(db, id))!
  if (watch.state === to) return { ok: true, watch }
  if (!['open', 'paused'].includes(watch.state))
    return { ok: false, because: 'over', message: `The watch is over: it is ${watch.state}.` }
  if (await isRacing(db, watch))
    return {
      ok: false,
      because: 'racing',
      message: `The capture of ${watch.name} is finalised for this watch; its outcome comes first.`,
    }
  const message = `An order is registering ${watch.name} at this moment; try again.`
  return { ok: false, because: 'registering', message }
}
