import { describeEvent } from '../../events/describe.ts'
import { spanWords } from '../../events/time-words.ts'
import { Icon } from '../icon.tsx'
import { Relative } from '../time.tsx'
import type { TimelineEntry } from '../timeline.ts'
import { eventIcon } from '../words.ts'

/** A name's story, newest first. */
export const Timeline = ({ entries, now }: { entries: readonly TimelineEntry[]; now: Date }) =>
  entries.length > 0 ? (
    <ol class="feed timeline">
      {entries.map((entry) =>
        entry.kind === 'event' ? (
          <Happening entry={entry} now={now} />
        ) : (
          <Looks entry={entry} now={now} />
        ),
      )}
    </ol>
  ) : (
    <p class="empty">Nothing yet. Every look and every change will be listed here.</p>
  )

const Happening = ({ entry, now }: { entry: TimelineEntry & { kind: 'event' }; now: Date }) => {
  const { what, detail } = describeEvent(entry.event)
  return (
    <li class="happening" data-seq={entry.event.seq}>
      <Icon name={eventIcon(entry.event.type)} />
      <div>
        <p class="told">
          {'captureId' in entry.event.data ? (
            <a href={`/captures/${entry.event.data.captureId}`}>{what}</a>
          ) : (
            what
          )}
        </p>
        {detail && <p class="detail">{detail}</p>}
      </div>
      <Relative at={entry.at} now={now} />
    </li>
  )
}

const Looks = ({ entry, now }: { entry: TimelineEntry & { kind: 'looks' }; now: Date }) => (
  <li class="looks">
    <span class="dot" aria-hidden="true" />
    <p>
      <span class="source" title={entry.host}>
        {entry.source}
      </span>{' '}
      {entry.saw}
      {entry.count > 1 && (
        <span class="times" title={spanWords(entry.firstAt, entry.at)}>
          {' '}
          {entry.count} looks
        </span>
      )}
    </p>
    <Relative at={entry.at} now={now} />
  </li>
)
