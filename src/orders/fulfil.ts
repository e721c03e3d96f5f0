/**
 * Fulfilling an order: each pending line becomes registered, joined, transfer-on-request, watched or action-needed, and a
 * name that could not be judged yet stays pending. Every step is one statement that holds only while the line is pending, and
 * the intent to register is committed before the create: it may be run any number of times, and be cut off anywhere.
 */
import { explainLine } from '../store/order-lines.ts'
import { findOrder, type OrderRow, openClassifiedOrder, type WatchedLine } from '../store/orders.ts'
import { policyOf } from './desk.ts'
import type { FulfilDeps } from './fulfil-deps.ts'
import { fulfilLine } from './fulfil-line.ts'

/** What is to be done next. `afterMs` is for an alarm clock on the wall. */
export type Fulfilled = { do: 'rest' } | { do: 'fulfil-again'; orderId: string; afterMs: number }

const SOONEST_MS = 5_000
const LATEST_MS = 300_000

/** Settles every line of an order that can be settled now. Rejects when aborted or when the database is away. */
export async function fulfilOrder(
  orderId: string,
  deps: FulfilDeps,
  signal: AbortSignal,
): Promise<Fulfilled> {
  const order = await findOrder(deps.db, orderId)
  if (!order || order.state === 'open') return { do: 'rest' }
  const pending = order.lines.filter((line) => line.state === 'pending')
  const registries = [...new Set(pending.map(registryOf))]
  const queues = registries.map((registry) =>
    pending.filter((line) => registryOf(line) === registry),
  )
  const ends = await Promise.allSettled(
    queues.map((lines) => fulfilLines(order, lines, deps, signal)),
  )
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  const left = ends.some((end) => end.status === 'fulfilled' && end.value > 0)
  if (!left) {
    await openClassifiedOrder(deps.db, orderId)
    return { do: 'rest' }
  }
  const age = deps.clock.now().getTime() - order.placedAt.getTime()
  const afterMs = Math.min(LATEST_MS, Math.max(SOONEST_MS, Math.round(age / 4)))
  return { do: 'fulfil-again', orderId, afterMs }
}

/** Lines of one registry, one after the other. @returns how many are still pending. */
async function fulfilLines(
  order: OrderRow,
  lines: readonly WatchedLine[],
  deps: FulfilDeps,
  signal: AbortSignal,
): Promise<number> {
  let left = 0
  for (const line of lines) {
    const end = await fulfilLine(order, line, deps, signal)
    if (end.kind === 'settled') continue
    left++
    deps.log.info({ orderId: order.id, name: line.name, reason: end.reason }, 'line put off')
    await explainLine(deps.db, line, end.reason, deps.clock.now())
  }
  return left
}

const registryOf = ({ name }: WatchedLine) => policyOf(name).registry
