import { LINE_WORDS } from '../../src/dashboard/words.ts'
import { type Label, unicodeOf } from '../../src/domain/name.ts'
import { findPack } from '../../src/domain/pack.ts'
import { instantWords } from '../../src/events/time-words.ts'
import type { OrderWithLines, WatchedLine } from '../../src/store/orders.ts'
import { type Column, print, printFacts, printJson, printTable } from './output.ts'

const COLUMNS: readonly Column<WatchedLine>[] = [
  ['NAME', ({ name }) => unicodeOf(name)],
  ['LINE', ({ state }) => LINE_WORDS[state].words],
  ['WATCH', ({ watchId, watchState }) => (watchId ? `${watchId} (${watchState})` : '')],
  ['REASON', ({ reason }) => reason],
]

/** Prints an order with its lines: as the API tells it, or for people. */
export async function printOrder(order: OrderWithLines, json: true | undefined): Promise<void> {
  if (json) return printJson(viewOrder(order))
  const { reference, label, pack, priceCents, id, nicHandle, placedAt, lines } = order
  const pending = lines.filter(({ state }) => state === 'pending').length
  await print(`${reference}: ${findPack(pack)?.title ?? pack} for “${unicodeOf(label as Label)}”`)
  await printFacts([
    ['id', id],
    ['placed', `${instantWords(placedAt)} UTC, for nic-handle ${nicHandle}`],
    ['price', `${(priceCents / 100).toFixed(2)} EUR a year before tax`],
    ['lines', pending > 0 ? `${pending} of ${lines.length} being looked up` : 'all classified'],
  ])
  await print()
  await printTable(lines, COLUMNS, '  ')
}

const viewOrder = ({ fingerprint: _, priceCents, lines, ...order }: OrderWithLines) => ({
  ...order,
  unicode: unicodeOf(order.label as Label),
  pricePerYear: { amountCents: priceCents, currency: 'EUR' },
  lines: lines.map(({ orderId: _, heldElsewhere: __, watchId, watchState, ...line }) => ({
    ...line,
    unicode: unicodeOf(line.name),
    watch: watchId && { id: watchId, state: watchState },
  })),
})
