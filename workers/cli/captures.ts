import { viewAttempt, viewCapture } from '../../src/api/capture-view.ts'
import { CAPTURE_WORDS, outcomeWords } from '../../src/dashboard/words.ts'
import { unicodeOf } from '../../src/domain/name.ts'
import { instantWords } from '../../src/events/time-words.ts'
import {
  type CaptureFilter,
  eachCapture,
  type ListedCapture,
} from '../../src/store/capture-list.ts'
import { readCapturePage } from '../../src/store/capture-page.ts'
import { Failure } from './failure.ts'
import { withDatabase } from './here.ts'
import { type Column, printJson, printTable, tell } from './output.ts'
import { listedOf, printRace } from './race.ts'

export type CapturesOptions = {
  extension?: NonNullable<CaptureFilter['extension']>
  outcome?: NonNullable<CaptureFilter['outcome']>
  reason?: NonNullable<CaptureFilter['reason']>
  from?: Date
  to?: Date
  json?: true
}

const COLUMNS: readonly Column<ListedCapture>[] = [
  ['ID', ({ id }) => id],
  ['NAME', ({ name }) => unicodeOf(name)],
  ['AT (UTC)', ({ decidedAt, windowFrom }) => instantWords(decidedAt ?? windowFrom)],
  ['OUTCOME', ({ state }) => CAPTURE_WORDS[state].words],
  ['CREATES', ({ creates }) => String(creates)],
  ['HOW', outcomeWords],
]

/** Prints captures, newest first: a capture stands at the instant it was decided, or at the start of its window. */
export const runCapturesList = (options: CapturesOptions): Promise<void> =>
  withDatabase(async (db) => {
    const { extension = null, outcome = null, reason = null, from = null, to = null } = options
    const captures = eachCapture(db, { extension, outcome, reason, from, before: to })
    if (options.json) for await (const capture of captures) await printJson(viewCapture(capture))
    else if ((await printTable(captures, COLUMNS)) === 0) tell('There are no such captures.')
  })

/** Prints the whole story of one race. */
export const runCapturesShow = (id: string, { json }: { json?: true }): Promise<void> =>
  withDatabase(async (db) => {
    const page = await readCapturePage(db, id)
    if (!page) throw new Failure(`There is no capture ${id}.`)
    const { attempts, beneficiary, events } = page
    if (!json) return printRace(page)
    await printJson({
      ...viewCapture(listedOf(page)),
      beneficiary,
      attempts: attempts.map(viewAttempt),
      events,
    })
  })
