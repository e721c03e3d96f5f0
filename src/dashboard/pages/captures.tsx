import { CAPTURE_STATES, MISS_REASONS } from '../../domain/capture-state.ts'
import { EXTENSIONS } from '../../domain/name.ts'
import { durationWords, gapWords } from '../../events/time-words.ts'
import { REASON_WORDS } from '../../events/words.ts'
import type { CaptureFilter, ListedCapture } from '../../store/capture-list.ts'
import { CaptureBadge, NameLink } from '../badge.tsx'
import { type Page, Region } from '../layout.tsx'
import { Instant } from '../time.tsx'
import { CAPTURE_WORDS, dotted, REGISTRY_WORDS } from '../words.ts'
import { Choice } from './choice.tsx'
import { Pager, pagesOf } from './pager.tsx'
import { Scroll } from './scroll.tsx'

export type CaptureList = {
  filter: CaptureFilter
  rows: ListedCapture[]
  total: number
  page: number
  perPage: number
  address: URL
}

export const capturesPage = (list: CaptureList): Page => ({
  title: 'Captures',
  section: '/captures',
  live: ['*'],
  body: (
    <>
      <h1>Captures</h1>
      <Filters filter={list.filter} />
      <Region
        id="captures"
        title={list.total === 1 ? '1 capture' : `${list.total} captures`}
        more={list.total > 0 && <a href={csvPath(list.address)}>Download as CSV</a>}
      >
        {list.rows.length > 0 ? <Rows rows={list.rows} /> : <Empty filter={list.filter} />}
        <Pager address={list.address} page={list.page} pages={pagesOf(list.total, list.perPage)} />
      </Region>
    </>
  ),
})

const csvPath = ({ searchParams }: URL): string => {
  const filters = new URLSearchParams(searchParams)
  for (const own of ['page', 'fragment']) filters.delete(own)
  const query = filters.toString()
  return query === '' ? '/captures.csv' : `/captures.csv?${query}`
}

const OUTCOMES = [
  { value: 'under-way', words: 'under way' },
  ...CAPTURE_STATES.map((value) => ({ value, words: CAPTURE_WORDS[value].words })),
]

const Filters = ({ filter }: { filter: CaptureFilter }) => (
  <form class="filters" method="get" action="/captures">
    <Choice
      id="extension"
      label="Extension"
      any="any"
      chosen={filter.extension}
      options={EXTENSIONS.map((value) => ({ value, words: dotted(value) }))}
    />
    <Choice id="outcome" label="Outcome" any="any" chosen={filter.outcome} options={OUTCOMES} />
    <Choice
      id="reason"
      label="Reason"
      any="any"
      chosen={filter.reason}
      options={MISS_REASONS.map((value) => ({ value, words: REASON_WORDS[value] }))}
    />
    <Day id="from" label="From" at={filter.from} />
    <Day id="to" label="To" at={filter.before && new Date(filter.before.getTime() - 1)} />
    <button type="submit">Show</button>
  </form>
)

const Day = ({ id, label, at }: { id: string; label: string; at: Date | null }) => (
  <label for={id}>
    <span>{label}</span>
    <input id={id} name={id} type="date" value={at?.toISOString().slice(0, 10) ?? ''} />
  </label>
)

const Rows = ({ rows }: { rows: ListedCapture[] }) => (
  <Scroll label="Captures">
    <table class="captures">
      <caption class="unseen">Captures, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" class="spare">
            Outcome
          </th>
          <th scope="col">Why</th>
          <th scope="col" class="spare">
            Rival
          </th>
          <th scope="col" class="spare">
            Gap or delay
          </th>
          <th scope="col" class="number spare">
            Creates
          </th>
          <th scope="col" class="spare">
            When (UTC)
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">
              <NameLink name={row.name} />
              <small class="spare-line">{REGISTRY_WORDS[row.registry]}</small>
              <div class="narrow-only">
                <OutcomeLink row={row} />
              </div>
            </th>
            <td class="spare">
              <OutcomeLink row={row} />
            </td>
            <td>
              {row.reason ? REASON_WORDS[row.reason] : row.state === 'won' ? 'caught' : 'under way'}
            </td>
            <td class="spare">{row.rival ?? <span class="none">—</span>}</td>
            <td class="spare">{distance(row)}</td>
            <td class="number spare">{row.creates}</td>
            <td class="spare">
              <Instant at={row.decidedAt ?? row.windowFrom} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
)

const OutcomeLink = ({ row }: { row: ListedCapture }) => (
  <a href={`/captures/${row.id}`}>
    <CaptureBadge state={row.state} />
  </a>
)

function distance({ gapFromMs, gapToMs, delayMs }: ListedCapture): string {
  if (delayMs !== null) return `${durationWords(Math.max(0, delayMs))} after the drop`
  if (gapFromMs === null || gapToMs === null) return ''
  return `${gapWords({ from: gapFromMs, to: gapToMs })} earlier`
}

const Empty = ({ filter }: { filter: CaptureFilter }) => (
  <p class="empty">
    {Object.values(filter).every((chosen) => chosen === null)
      ? 'No capture yet. One is armed when a watched name comes near its drop, and stays here with its outcome and reason.'
      : 'No capture fits these filters.'}
  </p>
)
