import { type DomainName, unicodeOf } from '../../src/domain/name.ts'
import { instantWords } from '../../src/events/time-words.ts'
import { changeWatch, type WatchAction } from '../../src/orders/watch-control.ts'
import type { Database } from '../../src/store/connect.ts'
import type { WatchState } from '../../src/store/schema/watching.ts'
import { listWatches, type WatchFilter, type WatchRow } from '../../src/store/watch-list.ts'
import { Failure } from './failure.ts'
import { withDatabase, withInstallation } from './here.ts'
import { type Column, print, printJson, printTable, tell } from './output.ts'

export type WatchListOptions = { name?: DomainName; state?: WatchState; json?: true }

const PAGE = 200

const COLUMNS: readonly Column<WatchRow>[] = [
  ['ID', ({ id }) => id],
  ['NAME', ({ name }) => unicodeOf(name)],
  ['STATE', ({ state }) => state],
  ['NIC-HANDLE', ({ nicHandle }) => nicHandle],
  ['OPENED (UTC)', ({ openedAt }) => instantWords(openedAt)],
  ['REASON', ({ reason }) => reason],
]

/** Prints watches, oldest first, which is their order of precedence. */
export const runWatchList = ({ json, ...filter }: WatchListOptions): Promise<void> =>
  withDatabase(async (db) => {
    const watches = allWatches(db, filter)
    if (json) for await (const watch of watches) await printJson(viewWatch(watch))
    else if ((await printTable(watches, COLUMNS)) === 0) tell('There are no such watches.')
  })

/** Pauses, resumes or cancels a watch. @throws Failure when there is none, or it can no longer be changed. */
export const runWatchAction = (
  id: string,
  action: WatchAction,
  { json }: { json?: true },
): Promise<void> =>
  withInstallation(async (here) => {
    const changed = await changeWatch(id, action, here)
    if (!changed.ok)
      throw new Failure(
        changed.because === 'unknown' ? `There is no watch ${id}.` : changed.message,
      )
    const { watch } = changed
    if (json) return printJson(viewWatch(watch))
    await print(`The watch of ${unicodeOf(watch.name)} for ${watch.nicHandle} is ${watch.state}.`)
  })

/** All watches of a filter, read page by page. */
async function* allWatches(db: Database, filter: WatchFilter): AsyncGenerator<WatchRow> {
  let after: { at: Date; id: string } | null = null
  for (;;) {
    const rows: WatchRow[] = await listWatches(db, filter, after, PAGE)
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = { at: last.openedAt, id: last.id }
  }
}

const viewWatch = (watch: WatchRow) => ({ ...watch, unicode: unicodeOf(watch.name) })
