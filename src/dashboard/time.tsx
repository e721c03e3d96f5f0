import { instantWords, spanWords } from '../events/time-words.ts'
import { relativeWords, windowWords } from './relative.ts'

/** An instant seen from now; the page's script keeps it ticking. The full instant is in its title. */
export const Relative = ({ at, now }: { at: Date; now: Date }) => (
  <time datetime={at.toISOString()} data-at={at.getTime()} title={preciseWords(at)}>
    {relativeWords(at, now)}
  </time>
)

/** A window seen from now: how long until it opens, how long it stays open. */
export const Countdown = ({ from, to, now }: { from: Date; to: Date; now: Date }) => (
  <time
    datetime={from.toISOString()}
    data-from={from.getTime()}
    data-to={to.getTime()}
    title={spanWords(from, to)}
  >
    {windowWords(from, to, now)}
  </time>
)

/** An instant in UTC. */
export const Instant = ({ at }: { at: Date }) => (
  <time datetime={at.toISOString()} title={preciseWords(at)}>
    {instantWords(at)}
  </time>
)

/** An instant in UTC with its distance from now in small print; a dash when there is none. */
export const When = ({ at, now }: { at: Date | null; now: Date }) =>
  at ? (
    <>
      <Instant at={at} /> <small>{<Relative at={at} now={now} />}</small>
    </>
  ) : (
    <span class="none">—</span>
  )

/** To the millisecond: `2026-11-23 19:00:07.312 UTC`. */
export const preciseWords = (at: Date): string =>
  `${at.toISOString().replace('T', ' ').slice(0, 23)} UTC`
