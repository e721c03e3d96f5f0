import { becauseWords, percentWords, stageWords } from '../../src/dashboard/words.ts'
import type { Forecast, Segment } from '../../src/domain/forecast.ts'
import { type DomainName, unicodeOf } from '../../src/domain/name.ts'
import { instantWords, spanWords } from '../../src/events/time-words.ts'
import { findName, type NameRow } from '../../src/store/names.ts'
import { Failure } from './failure.ts'
import { withDatabase } from './here.ts'
import { print, printFacts, printJson, printTable, tell } from './output.ts'

/** Prints what is believed of watched names: when they can drop, and when they are looked at next and why. */
export const runForecast = (
  names: readonly DomainName[],
  { json }: { json?: true },
): Promise<void> =>
  withDatabase(async (db) => {
    let printed = 0
    for (const name of names) {
      const row = await findName(db, name)
      if (!row) {
        tell(`${unicodeOf(name)} was never watched.`)
        continue
      }
      if (json) await printJson(viewForecast(row))
      else {
        if (printed > 0) await print()
        await printForecast(row)
      }
      printed++
    }
    if (printed < names.length)
      throw new Failure(`${names.length - printed} of ${names.length} names are not known here.`)
  })

async function printForecast(row: NameRow): Promise<void> {
  const { forecast, openWatches, nextLookAt, lastLookAt } = row
  await print(`${unicodeOf(row.name)}: ${stageWords(row)}`)
  await printFacts([
    ['why', row.reason],
    ['watches', openWatches === 0 ? 'none open: it is not looked at' : `${openWatches} open`],
    ['last look', lastLookAt && `${instantWords(lastLookAt)} UTC`],
    ['next look', openWatches > 0 && nextLookAt ? nextLookWords(row, nextLookAt) : null],
    ['forecast', forecast ? forecast.reason : 'none yet: it comes with the first look'],
    ['source', forecast && `${forecast.source} (${forecast.confidence})`],
    ['made', forecast && `${instantWords(new Date(forecast.madeAt))} UTC`],
  ])
  if (!forecast) return
  const { segments, never } = forecast
  await print()
  await printTable(
    [
      ...readable(segments).map(({ from, to, probability }) => ({
        span: spanWords(new Date(from), new Date(to)),
        probability,
      })),
      { span: 'not this time: renewed, restored, handed over or withheld', probability: never },
    ],
    [
      ['CAN DROP', ({ span }) => span],
      ['PROBABILITY', ({ probability }) => percentWords(probability)],
    ],
    '  ',
  )
}

/** Below it a segment of its own tells a person nothing. */
const SMALL = 0.01

/** Small segments that follow one another as one, so that a tail of many hours is a line. */
function readable(segments: readonly Segment[]): Segment[] {
  const told: Segment[] = []
  let isTail = false
  for (const segment of segments) {
    const isSmall = segment.probability < SMALL
    const last = told.at(-1)
    if (isSmall && isTail && last) {
      const probability = last.probability + segment.probability
      told[told.length - 1] = { from: last.from, to: segment.to, probability }
    } else told.push(segment)
    isTail = isSmall
  }
  return told
}

const nextLookWords = ({ nextLookBecause }: NameRow, at: Date): string =>
  `${instantWords(at)} UTC, because: ${becauseWords(nextLookBecause)}`

const viewForecast = (row: NameRow) => ({
  name: row.name,
  unicode: unicodeOf(row.name),
  state: row.state,
  phase: row.phase,
  reason: row.reason,
  openWatches: row.openWatches,
  lastLookAt: row.lastLookAt,
  nextLook: row.nextLookAt && { at: row.nextLookAt, because: row.nextLookBecause },
  forecast: row.forecast && inInstants(row.forecast),
})

const inInstants = ({ segments, madeAt, ...forecast }: Forecast) => ({
  ...forecast,
  madeAt: new Date(madeAt),
  segments: segments.map(({ from, to, probability }) => ({
    from: new Date(from),
    to: new Date(to),
    probability,
  })),
})
