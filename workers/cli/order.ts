import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { orderJob } from '../../jobs/order.ts'
import { openQueues } from '../../jobs/queue.ts'
import { openLog } from '../../src/log.ts'
import { placeOrder } from '../../src/orders/place.ts'
import type { Database } from '../../src/store/connect.ts'
import { findOrder, findOrderByReference, type OrderWithLines } from '../../src/store/orders.ts'
import { isUuid } from './arguments.ts'
import { causeOf, Failure, problemLines } from './failure.ts'
import { type Here, withDatabase, withInstallation } from './here.ts'
import { printOrder } from './order-view.ts'
import { tell } from './output.ts'

export type OrderOptions = { json?: true; wait?: true }

const LONGEST_WAIT_MS = 300_000
const LOOK_AGAIN_MS = 250
const CLOSE_QUEUES_MS = 3_000

/**
 * Places the order of a file, `-` for standard input, and prints it with its lines.
 * @throws Failure when a rule is broken, naming field and rule, or when lines are still pending at the end of the wait.
 */
export async function runOrder(file: string, { json, wait }: OrderOptions): Promise<void> {
  const input = await readInput(file)
  await withInstallation(async (here) => {
    const placed = await placeOrder(input, here)
    if (placed.do === 'reject') throw new Failure(problemLines(placed.problems))
    if (placed.repeated) tell('This order was placed before; it stands as it is.')
    let order = (await findOrder(here.db, placed.orderId))!
    if (order.state === 'placed') await ring(placed.orderId, here)
    if (wait) order = await classified(order, here.db)
    await printOrder(order, json)
    const pending = pendingOf(order)
    if (wait && pending.length > 0)
      throw new Failure(`Not classified in time: ${pending.join(', ')}. Vigie goes on trying.`)
  })
}

/** Prints an order by its id or by the order system's reference. */
export const showOrder = (key: string, { json }: OrderOptions): Promise<void> =>
  withDatabase(async (db) => {
    const named = await findOrderByReference(db, key)
    const order = await findOrder(db, named?.id ?? (isUuid(key) ? key : NO_ID))
    if (!order) throw new Failure(`There is no order of id or reference ${key}.`)
    await printOrder(order, json)
  })

const NO_ID = '00000000-0000-0000-0000-000000000000'

async function readInput(file: string): Promise<unknown> {
  const name = file === '-' ? 'standard input' : file
  const read = file === '-' ? text(process.stdin) : readFile(file, 'utf8')
  const json = await read.catch((fault: unknown) => {
    throw new Failure(`${name} cannot be read: ${causeOf(fault)}`)
  })
  try {
    return JSON.parse(json)
  } catch (fault) {
    throw new Failure(`${name} holds no JSON: ${causeOf(fault)}`)
  }
}

/** Asks the watcher to take the order up at once. The order stands already, so a ring that fails is only a later one. */
async function ring(orderId: string, { config, databaseUrl }: Here): Promise<void> {
  const { redisUrl } = config
  try {
    const queues = await openQueues(redisUrl ? { redisUrl } : { databaseUrl }, openLog('silent'))
    await queues
      .enqueue(orderJob, { orderId, round: 0 })
      .finally(() => queues.close(CLOSE_QUEUES_MS))
  } catch (fault) {
    tell(`The order stands and will be taken up by the next sweep; its queue: ${causeOf(fault)}`)
  }
}

/** The order once no line of it is pending, or as it is when the time is up. */
async function classified(placed: OrderWithLines, db: Database): Promise<OrderWithLines> {
  let order = placed
  if (pendingOf(order).length > 0) tell('Waiting until every line is classified …')
  for (const endMs = performance.now() + LONGEST_WAIT_MS; performance.now() < endMs; ) {
    if (pendingOf(order).length === 0) break
    await pause(LOOK_AGAIN_MS)
    order = (await findOrder(db, order.id))!
  }
  return order
}

const pendingOf = ({ lines }: OrderWithLines): string[] =>
  lines.filter(({ state }) => state === 'pending').map(({ name }) => name)
