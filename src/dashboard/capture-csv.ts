import type { ListedCapture } from '../store/capture-list.ts'
import { type Cell, csvLine } from './csv.ts'

/** Columns of the file, in the words of the API. */
const COLUMNS: readonly [string, (capture: ListedCapture) => Cell][] = [
  ['id', (c) => c.id],
  ['name', (c) => c.name],
  ['extension', (c) => c.extension],
  ['registry', (c) => c.registry],
  ['accreditation', (c) => c.accreditation],
  ['outcome', (c) => c.state],
  ['reason', (c) => c.reason],
  ['explanation', (c) => c.explanation],
  ['rival', (c) => c.rival],
  ['gapFromMs', (c) => c.gapFromMs],
  ['gapToMs', (c) => c.gapToMs],
  ['delayMs', (c) => c.delayMs],
  ['creates', (c) => c.creates],
  ['priceCents', (c) => c.priceCents],
  ['windowFrom', (c) => c.windowFrom],
  ['windowTo', (c) => c.windowTo],
  ['armedAt', (c) => c.armedAt],
  ['firedAt', (c) => c.firedAt],
  ['decidedAt', (c) => c.decidedAt],
  ['registeredAt', (c) => c.newCreatedAt],
  ['expiresAt', (c) => c.newExpiresAt],
]

/** Captures as lines of CSV, the header first. */
export async function* captureLines(
  captures: AsyncIterable<ListedCapture>,
): AsyncGenerator<string> {
  yield csvLine(COLUMNS.map(([title]) => title))
  for await (const capture of captures) yield csvLine(COLUMNS.map(([, read]) => read(capture)))
}
