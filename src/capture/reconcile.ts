import { settleOpenCreates } from '../store/attempts.ts'
import { moveCapture } from '../store/captures.ts'
import { eventCall } from '../store/outbox.ts'
import { ask, type Course, type RaceEnd } from './course.ts'
import { beaten, win } from './finish.ts'

/**
 * Asks the registry what became of a create that was not answered. Nothing is sent before it has told.
 * @returns null when it says that nothing was executed, so that the race goes on.
 * @throws when the registry does not tell either; the capture is then `undetermined` and asked again at the next round.
 */
export async function reconcile(course: Course): Promise<RaceEnd | null> {
  const { capture, deps } = course
  const { standing, info } = await ask(course)
  switch (standing.kind) {
    case 'ours':
      return win(course, standing.createdAt, standing.expiresAt)
    case 'taken':
      return beaten(course, standing, info.answeredAt ?? info.sentAt)
    case 'unknown': {
      const reason = `A create was not answered, and neither was the question after it: ${standing.reason}`
      const told = { captureId: capture.id, name: capture.name, reason }
      const key = `capture.undetermined:${capture.id}`
      await moveCapture(deps.db, capture.id, ['firing'], 'undetermined', {}, [
        eventCall('capture.undetermined', `capture:${capture.id}`, key, deps.clock.now(), told),
      ])
      throw new Error(reason)
    }
    case 'free':
    case 'not-yet':
      await settleOpenCreates(deps.db, capture.id, `not-executed`)
      if (await moveCapture(deps.db, capture.id, ['undetermined'], 'firing', {}, []))
        course.capture = { ...capture, state: 'firing' }
      return null
  }
}
