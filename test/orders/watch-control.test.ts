import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DomainName } from '../../src/domain/name.ts'
import { fulfilOrder } from '../../src/orders/fulfil.ts'
import { putHeldName } from '../../src/orders/portfolio.ts'
import { changeWatch } from '../../src/orders/watch-control.ts'
import { findName } from '../../src/store/names.ts'
import { readEvents } from '../../src/store/outbox.ts'
import { captures } from '../../src/store/schema/capturing.ts'
import { type OrderDesk, openOrderDesk } from './support/order-desk.ts'

let desk: OrderDesk
beforeAll(async () => {
  desk = await openOrderDesk()
})
afterAll(() => desk.close())

async function watch(label: string, more: Record<string, unknown> = {}) {
  const name = `${label}.fr` as DomainName
  if (!desk.registry.held.has(name)) desk.registry.hold(name)
  const orderId = await desk.place(label, more)
  await fulfilOrder(orderId, desk, new AbortController().signal)
  const line = (await desk.read(orderId)).lines.find((each) => each.name === name)!
  return { name, orderId, watchId: line.watchId! }
}
const watched = async (name: DomainName) => (await findName(desk.db, name))!.openWatches

async function arm(
  name: DomainName,
  state: 'armed' | 'finalised',
  beneficiaryWatchId: string | null,
) {
  const at = desk.clock.now()
  const id = randomUUID()
  await desk.db.insert(captures).values({
    id,
    name,
    extension: 'fr',
    registry: 'afnic',
    registrationKey: id,
    state,
    accreditation: 'vigie@afnic',
    windowFrom: at,
    windowTo: at,
    shots: [],
    armedAt: at,
    beneficiaryWatchId,
  })
}

it('a watch counts in its name’s looks only while it is open', async () => {
  const { name, watchId } = await watch('counted')
  expect(await watched(name)).toBe(1)
  await changeWatch(watchId, 'pause', desk)
  await changeWatch(watchId, 'pause', desk)
  expect(await watched(name)).toBe(0)
  await changeWatch(watchId, 'resume', desk)
  expect(await watched(name)).toBe(1)
  await changeWatch(watchId, 'pause', desk)
  await changeWatch(watchId, 'cancel', desk)
  await changeWatch(watchId, 'cancel', desk)
  expect(await watched(name)).toBe(0)
  const told = await readEvents(desk.db, { subject: `watch:${watchId}`, limit: 10 })
  expect(told.map(({ type }) => type)).toEqual(['watch.opened', 'watch.ended'])
})

it('many cancels at once end a watch once', async () => {
  const { name, watchId } = await watch('crowded')
  await watch('crowded', { reference: 'crowded-2', nicHandle: 'cd2-ovh' })
  await Promise.all(Array.from({ length: 6 }, () => changeWatch(watchId, 'cancel', desk)))
  expect(await watched(name)).toBe(1)
})

it('an armed capture still lets a watch be cancelled, a finalised one does not', async () => {
  const armed = await watch('armed')
  await arm(armed.name, 'armed', null)
  expect(await changeWatch(armed.watchId, 'cancel', desk)).toMatchObject({ ok: true })

  const finalised = await watch('finalised')
  await arm(finalised.name, 'finalised', finalised.watchId)
  expect(await changeWatch(finalised.watchId, 'cancel', desk)).toMatchObject({
    ok: false,
    because: 'racing',
  })
  expect(await watched(finalised.name)).toBe(1)
})

it('a capture finalised for somebody else lets a watch be cancelled', async () => {
  const first = await watch('second-in-line')
  const second = await watch('second-in-line', { reference: 'second', nicHandle: 'cd2-ovh' })
  await arm(first.name, 'finalised', first.watchId)
  expect(await changeWatch(second.watchId, 'cancel', desk)).toMatchObject({ ok: true })
})

it('a watch that is not there is unknown', async () => {
  expect(await changeWatch(randomUUID(), 'cancel', desk)).toEqual({ ok: false, because: 'unknown' })
})

it('a name that its watcher comes to hold with us joins the pack, and the watch ends', async () => {
  const { name, orderId, watchId } = await watch('transferred')
  const expiresAt = new Date('2027-07-01T00:00:00Z')
  for (let times = 0; times < 2; times++)
    await putHeldName({ name, nicHandle: 'ab1-ovh', expiresAt }, desk)
  const line = (await desk.read(orderId)).lines.find((each) => each.name === name)!
  expect(line).toMatchObject({ state: 'joined', watchState: 'ended', expiresAt })
  expect(await watched(name)).toBe(0)
  const told = await readEvents(desk.db, { subject: `order:${orderId}`, limit: 20 })
  expect(told.filter(({ type }) => type === 'name.joined')).toHaveLength(1)
  expect(
    (await readEvents(desk.db, { subject: `watch:${watchId}`, limit: 10 })).map(({ type }) => type),
  ).toEqual(['watch.opened', 'watch.ended'])
})

it('a name that another customer comes to hold stays watched', async () => {
  const { name, orderId } = await watch('theirs-now')
  await putHeldName({ name, nicHandle: 'cd2-ovh', expiresAt: null }, desk)
  expect(await desk.states(orderId)).toMatchObject({ fr: 'watched' })
  expect(await watched(name)).toBe(1)
})
