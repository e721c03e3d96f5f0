import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Line } from '../../src/channels/channel.ts'
import { nameIn, parseLabel } from '../../src/domain/name.ts'
import { fulfilOrder } from '../../src/orders/fulfil.ts'
import type { Database } from '../../src/store/connect.ts'
import { findHeldName } from '../../src/store/portfolio.ts'
import { type OrderDesk, openOrderDesk } from './support/order-desk.ts'

let desk: OrderDesk
beforeAll(async () => {
  desk = await openOrderDesk()
})
afterAll(() => desk.close())

/** The process dies here, as far as the code can tell. */
class Crash extends Error {}

/** Steps until the crash; what was begun when it comes is done or not done, as `done` says. */
type Life = { steps: number; done: boolean }

/** Wraps every step that leaves a trace outside: each statement and each command to a registry. */
function mortal(desk: OrderDesk, life: Life): OrderDesk {
  let left = life.steps
  async function step<T>(work: () => Promise<T>): Promise<T> {
    if (left < 0) throw new Crash()
    if (left-- > 0) return work()
    if (life.done) await work()
    throw new Crash()
  }
  const db = new Proxy(desk.db, {
    get(target, key) {
      const value = Reflect.get(target, key) as unknown
      if (key === 'execute') return (query: never) => step(async () => target.execute(query))
      return typeof value === 'function' ? value.bind(target) : value
    },
  }) as Database
  const wrap = (line: Line): Line => ({
    ...line,
    check: (names) => step(() => line.check(names)),
    info: (name) => step(() => line.info(name)),
    ensureContact: (id, contact) => step(() => line.ensureContact(id, contact)),
    prepareCreate(order) {
      const create = line.prepareCreate(order)
      return { send: (clTRID) => step(() => create.send(clTRID)) }
    },
  })
  const mortalDesk: OrderDesk = {
    ...desk,
    db,
    async borrow(registry, signal) {
      const { line, giveBack } = await desk.borrow(registry, signal)
      return { line: wrap(line), giveBack }
    },
  }
  return desk.bind(mortalDesk)
}

const Situation = fc.constantFrom(
  'free',
  'held',
  'beaten',
  'answer-lost',
  'command-lost',
  'refused',
  'reserved',
)
const Lives = fc.array(fc.record({ steps: fc.integer({ min: 0, max: 25 }), done: fc.boolean() }), {
  maxLength: 6,
})

it('an order that is cut off anywhere, any number of times, ends as if it had not been', async () => {
  let n = 0
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(Situation, Situation, Situation),
      Lives,
      async (situations, lives) => {
        const label = parseLabel(`crash-${++n}`)
        if (!label.ok) throw new Error('unreachable')
        const extensions = ['fr', 'eu', 'be'] as const
        const names = extensions.map((extension) => nameIn(label.value, extension))
        names.forEach((name, i) => {
          const situation = situations[i]!
          if (situation === 'held') desk.registry.hold(name)
          else if (situation === 'reserved') desk.registry.reserved.add(name)
          else if (situation !== 'free') desk.registry.fates.set(name, situation)
        })
        // A new day, so that what a registry allows in one is not what ends the test.
        desk.clock.leapTo(new Date(desk.clock.now().getTime() + 86_400_000))
        const orderId = await desk.place(label.value)
        const signal = new AbortController().signal

        for (const life of lives)
          await fulfilOrder(orderId, mortal(desk, life), signal).catch((fault: unknown) => {
            if (!(fault instanceof Crash)) throw fault
          })
        for (let run = 0; run < 3; run++) await fulfilOrder(orderId, desk, signal)

        const order = await desk.read(orderId)
        expect(order.state).toBe('open')
        for (const [i, name] of names.entries()) {
          const line = order.lines.find((each) => each.name === name)!
          const creates = desk.registry.created.filter((made) => made.name === name).length
          const events = await eventsOf(orderId, name)
          const [row] = await desk.db.execute<{ open: number; registering: string | null }>(
            sql`select open_watches as open, registering from names where name = ${name}`,
          )
          const held = await findHeldName(desk.db, name)
          expect(row?.registering ?? null).toBeNull()
          switch (situations[i]!) {
            case 'free':
            case 'answer-lost':
            case 'command-lost':
              expect([line.state, creates, events]).toEqual(['registered', 1, ['name.registered']])
              expect([held?.orderId, row?.open]).toEqual([orderId, 0])
              break
            case 'held':
            case 'beaten':
              expect([line.state, creates, events]).toEqual(['watched', 0, ['watch.opened']])
              expect([held, row?.open, line.watchState]).toEqual([null, 1, 'open'])
              break
            case 'refused':
            case 'reserved':
              expect([line.state, creates, events]).toEqual([
                'action-needed',
                0,
                ['order.action-needed'],
              ])
          }
        }
      },
    ),
    { numRuns: 40 },
  )
}, 60_000)

async function eventsOf(orderId: string, name: string): Promise<string[]> {
  const rows = await desk.db.execute<{ type: string }>(
    sql`select type from events where data->>'orderId' = ${orderId} and data->>'name' = ${name}`,
  )
  return [...rows].map((row) => row.type)
}
