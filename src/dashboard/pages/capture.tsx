import { durationWords, spanWords } from '../../events/time-words.ts'
import { REASON_WORDS } from '../../events/words.ts'
import type { AttemptRow } from '../../store/attempts.ts'
import type { CapturePage } from '../../store/capture-page.ts'
import { CaptureBadge, NameLink } from '../badge.tsx'
import { type Volley, volleyOf } from '../charts/volley.ts'
import { VolleyChart } from '../charts/volley-chart.tsx'
import { type Page, Region } from '../layout.tsx'
import { preciseWords, When } from '../time.tsx'
import { euroWords, outcomeWords, REGISTRY_WORDS } from '../words.ts'
import { Fact } from './fact.tsx'
import { Feed } from './feed.tsx'
import { Scroll } from './scroll.tsx'

/** Says what a result code means (RFC 5730 section 3). */
export type ResultText = (code: number) => string

export const capturePage = (seen: CapturePage, resultText: ResultText, now: Date): Page => {
  const { capture } = seen
  return {
    title: `Capture of ${capture.name}`,
    section: '/captures',
    live: [`capture:${capture.id}`, `name:${capture.name}`],
    body: (
      <>
        <h1 class="name-title">
          <NameLink name={capture.name} />
        </h1>
        <section id="outcome" data-region aria-label="Outcome" class="standing">
          <p class="badges">
            <CaptureBadge state={capture.state} />
            <strong>{outcomeWords({ ...capture, delayMs: delayOf(seen) })}</strong>
          </p>
          {capture.explanation && <p class="why">{capture.explanation}</p>}
        </section>
        <Race seen={seen} />
        <div class="columns halves">
          <div>
            <Facts seen={seen} now={now} />
          </div>
          <div>
            <Region id="story" title="Story">
              {seen.events.length > 0 ? (
                <Feed events={seen.events.toReversed()} now={now} />
              ) : (
                <p class="empty">Nothing told yet.</p>
              )}
            </Region>
          </div>
        </div>
        <Attempts attempts={seen.attempts} resultText={resultText} />
      </>
    ),
  }
}

const delayOf = ({ events }: CapturePage): number | null => {
  const won = events.find((event) => event.type === 'capture.won')
  return won?.type === 'capture.won' ? won.data.delayMs : null
}

const Race = ({ seen: { capture, attempts } }: { seen: CapturePage }) => {
  const volley = volleyOf(capture, attempts)
  return (
    <Region id="race" title="The race, by the registry’s clock">
      {volley ? (
        <>
          <Legend volley={volley} />
          <VolleyChart volley={volley} winner={winnerOf(capture)} />
        </>
      ) : (
        <p class="empty">
          {capture.decidedAt
            ? 'No create was sent.'
            : `No create has been sent yet. ${capture.shots.length} are planned, ${spanWords(capture.windowFrom, capture.windowTo)}.`}
        </p>
      )}
    </Region>
  )
}

const winnerOf = ({ state, rival }: CapturePage['capture']): string =>
  state === 'won' ? 'registered for us' : `registered by ${rival ?? 'somebody else'}`

const Legend = ({ volley }: { volley: Volley }) => (
  <ul class="legend">
    <li>
      <svg viewBox="0 0 16 12" aria-hidden="true">
        <path class="planned" d="M8 1v10" />
      </svg>
      planned
    </li>
    <li>
      <svg viewBox="0 0 16 12" aria-hidden="true">
        <circle class="sent" cx="8" cy="6" r="4" />
      </svg>
      sent
    </li>
    <li>
      <svg viewBox="0 0 16 12" aria-hidden="true">
        <path class="trip" d="M0 6h8" />
        <path class="answered" d="M8 1v10" />
      </svg>
      answered
    </li>
    <li>
      <svg viewBox="0 0 16 12" aria-hidden="true">
        <path class="answered won" d="M8 0l6 6l-6 6l-6-6z" />
      </svg>
      accepted
    </li>
    <li>
      0 is{' '}
      {volley.zero.is === 'registration'
        ? `the new registration, ${preciseWords(new Date(volley.zero.at))}`
        : `the first create, ${preciseWords(new Date(volley.zero.at))}`}
    </li>
  </ul>
)

const Facts = ({
  seen: { capture, attempts, beneficiary },
  now,
}: {
  seen: CapturePage
  now: Date
}) => {
  const offset = attempts.findLast((attempt) => attempt.offsetMs !== null)
  return (
    <Region id="facts" title="Facts">
      <dl class="facts">
        <Fact term="Window">{spanWords(capture.windowFrom, capture.windowTo)}</Fact>
        <Fact term="Registry">{`${REGISTRY_WORDS[capture.registry]}, as ${capture.accreditation}`}</Fact>
        <Fact term="For">
          {beneficiary ? (
            <>
              {beneficiary.nicHandle} (
              <a href={`/orders/${beneficiary.orderId}`}>{beneficiary.reference}</a>)
            </>
          ) : (
            'not fixed yet'
          )}
        </Fact>
        <Fact term="Reason">{capture.reason ? REASON_WORDS[capture.reason] : '—'}</Fact>
        <Fact term="Rival">{capture.rival ?? '—'}</Fact>
        <Fact term="Clock offset">
          {offset
            ? `registry ${signed(offset.offsetMs ?? 0)} ms, ± ${offset.offsetUncertaintyMs ?? '?'} ms`
            : 'not measured'}
        </Fact>
        <Fact term="Price">
          {capture.priceCents === null ? '—' : euroWords(capture.priceCents)}
        </Fact>
        <Fact term="Ends registration">{capture.registrationKey}</Fact>
        <Fact term="New registration">
          {capture.newCreatedAt ? preciseWords(capture.newCreatedAt) : '—'}
        </Fact>
        <Fact term="Armed">{<When at={capture.armedAt} now={now} />}</Fact>
        <Fact term="Ready">{<When at={capture.finalisedAt} now={now} />}</Fact>
        <Fact term="Fired">{<When at={capture.firedAt} now={now} />}</Fact>
        <Fact term="Decided">{<When at={capture.decidedAt} now={now} />}</Fact>
      </dl>
    </Region>
  )
}

const Attempts = ({ attempts, resultText }: { attempts: AttemptRow[]; resultText: ResultText }) => (
  <Region id="attempts" title={attempts.length === 1 ? '1 command' : `${attempts.length} commands`}>
    {attempts.length > 0 ? (
      <Scroll label="Commands">
        <table class="attempts">
          <caption class="unseen">Every command of the capture, in the order planned</caption>
          <thead>
            <tr>
              <th scope="col">Command</th>
              <th scope="col">Sent (our clock)</th>
              <th scope="col">Result</th>
              <th scope="col" class="number">
                Late
              </th>
              <th scope="col" class="number">
                Round trip
              </th>
              <th scope="col">clTRID</th>
              <th scope="col">svTRID</th>
              <th scope="col">Session</th>
            </tr>
          </thead>
          <tbody>
            {attempts.map((attempt) => (
              <Attempt attempt={attempt} resultText={resultText} />
            ))}
          </tbody>
        </table>
      </Scroll>
    ) : (
      <p class="empty">
        Nothing has been sent. Each command is written down here before it leaves.
      </p>
    )}
  </Region>
)

const Attempt = ({ attempt, resultText }: { attempt: AttemptRow; resultText: ResultText }) => {
  const { plannedAt, sentAt, answeredAt, code } = attempt
  const text = code === null ? null : resultText(code)
  return (
    <tr class={`outcome-${attempt.outcome ?? 'open'}`}>
      <th scope="row">{attempt.command}</th>
      <td>
        {sentAt
          ? sentAt.toISOString().slice(11, 23)
          : `planned ${plannedAt.toISOString().slice(11, 23)}`}
      </td>
      <td>
        {code === null ? (
          <strong>
            {attempt.outcome === 'not-sent' ? 'not sent' : sentAt ? 'no answer' : 'not sent yet'}
          </strong>
        ) : (
          <>
            <strong>{code}</strong> {text}
          </>
        )}
        {attempt.message && attempt.message !== text && (
          <small class="message">{attempt.message}</small>
        )}
      </td>
      <td class="number">{sentAt && `${signed(sentAt.getTime() - plannedAt.getTime())} ms`}</td>
      <td class="number">
        {sentAt && answeredAt && durationWords(answeredAt.getTime() - sentAt.getTime())}
      </td>
      <td>
        <code>{attempt.clTRID}</code>
      </td>
      <td>
        <code>{attempt.svTRID ?? '—'}</code>
      </td>
      <td>
        <code>{attempt.session ?? '—'}</code>
      </td>
    </tr>
  )
}

const signed = (n: number): string => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0')
