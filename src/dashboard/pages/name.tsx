import { unicodeOf } from '../../domain/name.ts'
import { durationWords, instantWords, spanWords } from '../../events/time-words.ts'
import type { NamePage } from '../../store/name-page.ts'
import { CaptureBadge, NameText, StageBadge } from '../badge.tsx'
import { ForecastChart } from '../charts/forecast-chart.tsx'
import { type Page, Region } from '../layout.tsx'
import { Relative, When } from '../time.tsx'
import { timelineOf } from '../timeline.ts'
import {
  becauseWords,
  outcomeWords,
  percentWords,
  REGISTRY_WORDS,
  STAGE_MEANING,
  WATCH_WORDS,
} from '../words.ts'
import { Fact } from './fact.tsx'
import { Scroll } from './scroll.tsx'
import { Timeline } from './timeline.tsx'

export const namePage = (known: NamePage, now: Date): Page => {
  const { row } = known
  return {
    title: unicodeOf(row.name),
    section: '/names',
    live: [
      `name:${row.name}`,
      ...known.captures.map(({ id }) => `capture:${id}`),
      ...known.watches.map(({ id }) => `watch:${id}`),
    ],
    body: (
      <>
        <h1 class="name-title">
          <NameText name={row.name} />
        </h1>
        {row.unicode !== row.name && <p class="a-label">{row.name}</p>}
        <Standing known={known} now={now} />
        <Forecast known={known} now={now} />
        <div class="columns">
          <div>
            <Region id="timeline" title="What happened and what was seen">
              <Timeline entries={timelineOf(known.events, known.observations)} now={now} />
            </Region>
          </div>
          <div>
            <Captures known={known} now={now} />
            <Watches known={known} now={now} />
            <Facts known={known} now={now} />
          </div>
        </div>
      </>
    ),
  }
}

type Part = { known: NamePage; now: Date }

const Standing = ({ known: { row }, now }: Part) => (
  <section id="standing" data-region aria-label="Where it stands" class="standing">
    <p class="badges">
      <StageBadge row={row} />
      {row.phaseSince && (
        <small>
          since {instantWords(row.phaseSince)} UTC, <Relative at={row.phaseSince} now={now} />
        </small>
      )}
    </p>
    {row.phase && row.state === 'held' && <p>{STAGE_MEANING[row.phase]}</p>}
    {row.reason && <p class="why">{row.reason}</p>}
    <p class="next-look">
      {row.openWatches === 0 ? (
        'Nobody watches it any more, so it is not looked at.'
      ) : row.nextLookAt ? (
        <>
          Next look <Relative at={row.nextLookAt} now={now} />
          {row.nextLookBecause && `: ${becauseWords(row.nextLookBecause)}`}.
        </>
      ) : (
        'The next look is being planned.'
      )}
      {row.silentLooks > 0 &&
        ` No answer to the last ${row.silentLooks === 1 ? 'look' : `${row.silentLooks} looks`}.`}
    </p>
  </section>
)

const Forecast = ({ known: { row, captures }, now }: Part) => {
  const { forecast } = row
  const armed = captures.find(({ decidedAt }) => decidedAt === null)
  return (
    <Region id="forecast" title="When it can drop">
      {forecast && forecast.segments.length > 0 ? (
        <>
          <ForecastChart forecast={forecast} now={now} shots={armed?.shots ?? []} wide={1150} />
          <p class="why">
            {forecast.reason} {percentWords(1 - forecast.never)} this time,{' '}
            {percentWords(forecast.never)} not.{' '}
            <small>
              {`Source: ${forecast.source} (${forecast.confidence}), made ${instantWords(new Date(forecast.madeAt))} UTC.`}
            </small>
          </p>
          <details id="segments">
            <summary>The forecast in figures</summary>
            <Scroll label="Segments of the forecast">
              <table>
                <caption class="unseen">Segments of the forecast</caption>
                <thead>
                  <tr>
                    <th scope="col">Span</th>
                    <th scope="col">Lasts</th>
                    <th scope="col" class="number">
                      Probability
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {forecast.segments.map(({ from, to, probability }) => (
                    <tr>
                      <td>{spanWords(new Date(from), new Date(to))}</td>
                      <td>{durationWords(to - from)}</td>
                      <td class="number">{percentWords(probability)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          </details>
        </>
      ) : (
        <p class="empty">
          {forecast?.reason ??
            'No forecast yet. It is drawn here after the first look that brings an answer.'}
        </p>
      )}
    </Region>
  )
}

const Captures = ({ known: { captures }, now }: Part) => (
  <Region id="captures" title="Captures">
    {captures.length > 0 ? (
      <ul class="plain">
        {captures.map((capture) => (
          <li>
            <a href={`/captures/${capture.id}`}>
              <CaptureBadge state={capture.state} />
            </a>{' '}
            {outcomeWords({ ...capture, delayMs: null })}{' '}
            <small>
              {capture.decidedAt ? (
                <Relative at={capture.decidedAt} now={now} />
              ) : (
                spanWords(capture.windowFrom, capture.windowTo)
              )}
            </small>
          </li>
        ))}
      </ul>
    ) : (
      <p class="empty">None yet. One is armed as soon as its window is near.</p>
    )}
  </Region>
)

const Watches = ({ known: { watches }, now }: Part) => (
  <Region id="watches" title="Watches">
    {watches.length > 0 ? (
      <ol class="plain">
        {watches.map((watch) => (
          <li>
            <a href={`/orders/${watch.orderId}`}>{watch.reference}</a> for {watch.nicHandle}:{' '}
            <strong>{WATCH_WORDS[watch.state]}</strong>{' '}
            <small>
              opened <Relative at={watch.openedAt} now={now} />
              {watch.endedAt && (
                <>
                  , ended <Relative at={watch.endedAt} now={now} />
                </>
              )}
            </small>
            {watch.reason && <p class="detail">{watch.reason}</p>}
          </li>
        ))}
      </ol>
    ) : (
      <p class="empty">Nobody has ordered it.</p>
    )}
  </Region>
)

const Facts = ({ known: { row }, now }: Part) => (
  <Region id="facts" title="As the registry tells it">
    <dl class="facts">
      <Fact term="Registry">{REGISTRY_WORDS[row.registry]}</Fact>
      <Fact term="Registrar">
        {row.sponsor ?? '—'}
        {row.sponsorIanaId && ` (IANA ${row.sponsorIanaId})`}
      </Fact>
      <Fact term="Statuses">{row.statuses.length > 0 ? row.statuses.join(', ') : '—'}</Fact>
      <Fact term="Delegated">
        {row.delegated === null ? 'not known' : row.delegated ? 'yes' : 'no'}
      </Fact>
      <Fact term="Created">{<When at={row.createdAt} now={now} />}</Fact>
      <Fact term="Changed">{<When at={row.updatedAt} now={now} />}</Fact>
      <Fact term="Expires">{<When at={row.expiresAt} now={now} />}</Fact>
      <Fact term="Deleted">{<When at={row.deletedAt} now={now} />}</Fact>
      <Fact term="Released from">{<When at={row.releaseAt} now={now} />}</Fact>
      <Fact term="Registration">{row.registrationKey ?? '—'}</Fact>
      <Fact term="Last look">{<When at={row.lastLookAt} now={now} />}</Fact>
      <Fact term="Last glance">{<When at={row.lastGlanceAt} now={now} />}</Fact>
    </dl>
  </Region>
)
