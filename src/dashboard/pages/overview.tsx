import type { DomainEvent } from '../../domain/event.ts'
import { spanWords } from '../../events/time-words.ts'
import type { Alarms } from '../../store/alarms.ts'
import type { ListedCapture } from '../../store/capture-list.ts'
import type { Dropping, Score, WatchCount } from '../../store/overview.ts'
import { ArmedBadge, CaptureBadge, NameLink, StageBadge } from '../badge.tsx'
import { ForecastChart } from '../charts/forecast-chart.tsx'
import { type Page, Region } from '../layout.tsx'
import { Countdown, Relative } from '../time.tsx'
import { outcomeWords, percentWords } from '../words.ts'
import { AlarmList } from './alarms.tsx'
import { Feed } from './feed.tsx'

export type Overview = {
  alarms: Alarms
  dropping: Dropping[]
  /** Planned creates of the first name, epoch milliseconds. */
  shots: readonly number[]
  captures: ListedCapture[]
  score: Score
  watches: WatchCount[]
  events: DomainEvent[]
}

export const overviewPage = (overview: Overview, now: Date): Page => ({
  title: 'Overview',
  section: '/',
  live: ['*'],
  body: (
    <>
      <h1 class="unseen">Overview</h1>
      <AlarmList alarms={overview.alarms} />
      <div class="columns">
        <div>
          <Next overview={overview} now={now} />
          <Captures captures={overview.captures} score={overview.score} now={now} />
        </div>
        <div>
          <Region id="happenings" title="Happening">
            {overview.events.length > 0 ? (
              <Feed events={overview.events} now={now} />
            ) : (
              <p class="empty">
                Nothing has happened yet. As soon as an order is placed, each step appears here.
              </p>
            )}
          </Region>
          <Watches watches={overview.watches} />
        </div>
      </div>
    </>
  ),
})

const Next = ({ overview, now }: { overview: Overview; now: Date }) => {
  const [first, ...rest] = overview.dropping
  return (
    <Region
      id="dropping"
      title="Dropping next"
      more={first && <a href="/names?order=drop">All names by drop</a>}
    >
      {first ? (
        <Hero drop={first} shots={overview.shots} now={now} />
      ) : (
        <p class="empty">
          No watched name is about to drop. Names appear here once a forecast says when they can.
        </p>
      )}
      {rest.length > 0 && (
        <ol class="drops">
          {rest.map((drop) => (
            <li>
              <div class="drop-name">
                <NameLink name={drop.name} />
                <span class="badges">
                  <StageBadge row={drop} />
                  <ArmedBadge state={drop.capture?.state ?? null} />
                </span>
              </div>
              <div class="drop-when">
                <strong>
                  <Countdown from={drop.from} to={drop.to} now={now} />
                </strong>
                <small>{spanWords(drop.from, drop.to)}</small>
              </div>
              <Odds probability={drop.probability} />
            </li>
          ))}
        </ol>
      )}
    </Region>
  )
}

const Hero = ({ drop, shots, now }: { drop: Dropping; shots: readonly number[]; now: Date }) => (
  <article class="hero">
    <div class="hero-head">
      <h3>
        <NameLink name={drop.name} />
      </h3>
      <p class="hero-count">
        <Countdown from={drop.from} to={drop.to} now={now} />
      </p>
    </div>
    <p class="hero-facts">
      <StageBadge row={drop} />
      <ArmedBadge state={drop.capture?.state ?? null} />
      <span>{spanWords(drop.from, drop.to)}</span>
      {drop.probability !== null && <span>{percentWords(drop.probability)} this time</span>}
      {drop.capture && drop.capture.shots > 0 && <span>{drop.capture.shots} creates planned</span>}
      {drop.openWatches > 1 && <span>{drop.openWatches} watches</span>}
    </p>
    {drop.forecast && drop.forecast.segments.length > 0 && (
      <ForecastChart forecast={drop.forecast} now={now} shots={shots} wide={720} />
    )}
    <p class="why">{drop.forecast?.reason ?? drop.reason}</p>
  </article>
)

/** How likely the name drops this time, in words; the bar only repeats it. */
const Odds = ({ probability }: { probability: number | null }) =>
  probability === null ? (
    <div class="odds" />
  ) : (
    <div class="odds">
      <span>{percentWords(probability)}</span>
      <svg viewBox="0 0 60 4" aria-hidden="true" preserveAspectRatio="none">
        <rect class="odds-ground" width="60" height="4" />
        <rect class="odds-part" width={Math.round(probability * 600) / 10} height="4" />
      </svg>
    </div>
  )

const Captures = ({
  captures,
  score,
  now,
}: {
  captures: ListedCapture[]
  score: Score
  now: Date
}) => (
  <Region id="captures" title="Last captures" more={<a href="/captures">All captures</a>}>
    {captures.length > 0 ? (
      <>
        <p class="score">
          Last 30 days: <strong>{score.won}</strong> won, <strong>{score.lost}</strong> lost,{' '}
          <strong>{score.refused}</strong> refused, <strong>{score.stoodDown}</strong> stood down;{' '}
          <strong>{score.underWay}</strong> under way.
        </p>
        <ol class="outcomes">
          {captures.map((capture) => (
            <li>
              <div class="outcome-name">
                <NameLink name={capture.name} />
                <CaptureBadge state={capture.state} />
              </div>
              <p>
                <a href={`/captures/${capture.id}`}>
                  {outcomeWords(capture) || 'see what was sent'}
                </a>
                {capture.explanation && <span class="detail">{capture.explanation}</span>}
              </p>
              <small>{capture.decidedAt && <Relative at={capture.decidedAt} now={now} />}</small>
            </li>
          ))}
        </ol>
      </>
    ) : (
      <p class="empty">
        No capture has been decided yet. Each one appears here with its outcome, and every miss with
        its reason.
      </p>
    )}
  </Region>
)

const Watches = ({ watches }: { watches: WatchCount[] }) => {
  const total = watches.reduce((sum, { watches: n }) => sum + n, 0)
  const most = Math.max(1, ...watches.map((w) => w.watches))
  return (
    <Region id="watches" title="Open watches" more={<span class="total">{total}</span>}>
      {watches.length > 0 ? (
        <ul class="counts">
          {watches.map(({ extension, watches: n, ending }) => (
            <li>
              <a href={`/names?extension=${extension}`}>.{extension}</a>
              <svg viewBox="0 0 100 6" aria-hidden="true" preserveAspectRatio="none">
                <rect width={Math.max(1, Math.round((n / most) * 1000) / 10)} height="6" />
              </svg>
              <strong>{n}</strong>
              <small>{ending > 0 ? `${ending} ending` : ''}</small>
            </li>
          ))}
        </ul>
      ) : (
        <p class="empty">
          No open watch. Watches open by themselves when an order holds a taken name.
        </p>
      )}
    </Region>
  )
}
