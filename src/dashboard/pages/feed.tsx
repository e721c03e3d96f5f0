import type { DomainEvent } from '../../domain/event.ts'
import { describeEvent } from '../../events/describe.ts'
import { Icon } from '../icon.tsx'
import { Relative } from '../time.tsx'
import { eventIcon } from '../words.ts'

/** Events in plain words, newest first. */
export const Feed = ({ events, now }: { events: readonly DomainEvent[]; now: Date }) => (
  <ol class="feed">
    {events.map((event) => {
      const { about, what, detail } = describeEvent(event)
      const path = pathOf(event)
      return (
        <li data-seq={event.seq} class={`told-${event.type.replace('.', '-')}`}>
          <Icon name={eventIcon(event.type)} />
          <div>
            <p class="told">
              {path ? <a href={path}>{about}</a> : <span>{about}</span>} {what}
            </p>
            {detail && <p class="detail">{detail}</p>}
          </div>
          <Relative at={event.at} now={now} />
        </li>
      )
    })}
  </ol>
)

/** The page that tells more about what an event happened to. */
function pathOf(event: DomainEvent): string | null {
  if ('captureId' in event.data) return `/captures/${event.data.captureId}`
  // These may be about names that were never watched, which have no page of their own.
  if (event.type === 'name.registered' || event.type === 'order.action-needed')
    return `/orders/${event.data.orderId}`
  if ('name' in event.data) return `/names/${event.data.name}`
  if ('orderId' in event.data) return `/orders/${event.data.orderId}`
  return event.type === 'switch.changed' ? '/switches' : null
}
