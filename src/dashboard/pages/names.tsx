import { raceWindow } from '../../capture/window.ts'
import { EXTENSIONS } from '../../domain/name.ts'
import { PHASES } from '../../domain/phase.ts'
import { PHASE_WORDS } from '../../events/words.ts'
import { type ListedName, NAME_STATES, type NameFilter } from '../../store/name-list.ts'
import { ArmedBadge, NameLink, StageBadge } from '../badge.tsx'
import { type Page, Region } from '../layout.tsx'
import { Countdown, Relative } from '../time.tsx'
import { becauseWords, dotted, percentWords, STATE_WORDS } from '../words.ts'
import { Choice } from './choice.tsx'
import { Pager, pagesOf } from './pager.tsx'
import { Scroll } from './scroll.tsx'

export type NameList = {
  filter: NameFilter
  rows: ListedName[]
  total: number
  page: number
  perPage: number
  address: URL
}

export const namesPage = (list: NameList, now: Date): Page => ({
  title: 'Names',
  section: '/names',
  live: ['*'],
  body: (
    <>
      <h1>Names</h1>
      <Filters filter={list.filter} />
      <Region id="names" title={list.total === 1 ? '1 name' : `${list.total} names`}>
        {list.rows.length > 0 ? (
          <Rows rows={list.rows} now={now} />
        ) : (
          <Empty filter={list.filter} />
        )}
        <Pager address={list.address} page={list.page} pages={pagesOf(list.total, list.perPage)} />
      </Region>
    </>
  ),
})

const STAGES = [
  ...PHASES.map((phase) => ({ value: phase, words: PHASE_WORDS[phase] })),
  ...NAME_STATES.map((state) => ({
    value: state,
    words: STATE_WORDS[state],
  })),
]

const ORDERS = [
  { value: 'drop', words: 'soonest drop' },
  { value: 'name', words: 'name' },
  { value: 'look', words: 'next look' },
]

const Filters = ({ filter }: { filter: NameFilter }) => (
  <form class="filters" method="get" action="/names">
    <label for="q">
      <span>Name</span>
      <input
        id="q"
        name="q"
        type="search"
        value={filter.text}
        placeholder="maison, münchen.eu"
        maxlength={253}
      />
    </label>
    <Choice
      id="extension"
      label="Extension"
      any="any"
      chosen={filter.extension}
      options={EXTENSIONS.map((value) => ({ value, words: dotted(value) }))}
    />
    <Choice id="phase" label="Stage" any="any" chosen={filter.stage} options={STAGES} />
    <Choice id="order" label="Order by" any={null} chosen={filter.order} options={ORDERS} />
    <button type="submit">Show</button>
  </form>
)

const Rows = ({ rows, now }: { rows: ListedName[]; now: Date }) => (
  <Scroll label="Names">
    <table class="names">
      <caption class="unseen">Watched names with their stage, drop and next look</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" class="spare">
            Stage
          </th>
          <th scope="col">Can drop</th>
          <th scope="col" class="spare">
            Likely
          </th>
          <th scope="col" class="spare">
            Next look
          </th>
          <th scope="col" class="number spare">
            Watches
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row row={row} now={now} />
        ))}
      </tbody>
    </table>
  </Scroll>
)

const Row = ({ row, now }: { row: ListedName; now: Date }) => {
  const window = windowOf(row)
  const chance = row.forecast?.segments.reduce((sum, s) => sum + s.probability, 0)
  return (
    <tr>
      <th scope="row">
        <NameLink name={row.name} />
        <div class="narrow-only">
          <Badges row={row} />
        </div>
      </th>
      <td class="spare">
        <Badges row={row} />
      </td>
      <td class="nowrap">
        {window ? <Countdown {...window} now={now} /> : <span class="none">—</span>}
      </td>
      <td class="spare">
        {chance === undefined ? <span class="none">—</span> : percentWords(chance)}
      </td>
      <td class="spare">
        {row.nextLookAt && row.openWatches > 0 ? (
          <span title={becauseWords(row.nextLookBecause)}>
            <Relative at={row.nextLookAt} now={now} />
          </span>
        ) : (
          <span class="none">none</span>
        )}
      </td>
      <td class="number spare">{row.openWatches}</td>
    </tr>
  )
}

const Badges = ({ row }: { row: ListedName }) => (
  <span class="badges">
    <StageBadge row={row} />
    {row.capture && <ArmedBadge state={row.capture.state} />}
  </span>
)

/** When a name can drop: the window of its capture, else the dense part of its forecast. */
function windowOf({
  capture,
  forecast,
}: Pick<ListedName, 'capture' | 'forecast'>): { from: Date; to: Date } | null {
  if (capture) return { from: capture.windowFrom, to: capture.windowTo }
  return forecast && raceWindow(forecast)
}

const Empty = ({ filter: { text, extension, stage } }: { filter: NameFilter }) => (
  <p class="empty">
    {text === '' && !extension && !stage
      ? 'No name is watched yet. A name appears here when an order holds an extension that somebody else has.'
      : 'No watched name fits. Try less of the name, or any stage.'}
  </p>
)
