import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DomainName } from '../../src/domain/name.ts'
import { putContact } from '../../src/orders/contacts.ts'
import { fulfilOrder } from '../../src/orders/fulfil.ts'
import { findName } from '../../src/store/names.ts'
import { retryLine } from '../../src/store/order-lines.ts'
import { pendingOrders } from '../../src/store/orders.ts'
import { readEvents } from '../../src/store/outbox.ts'
import { findHeldName, saveHeldName } from '../../src/store/portfolio.ts'
import { setSwitch } from '../../src/store/switches.ts'
import { CONTACT, type OrderDesk, openOrderDesk } from './support/order-desk.ts'

let desk: OrderDesk
beforeAll(async () => {
  desk = await openOrderDesk()
})
afterAll(() => desk.close())
beforeEach(() => {
  desk.registry.silent = false
  desk.registry.contactProblem = null
  Object.assign(desk.forget, { noAccreditation: false, noSession: false, noPermit: false })
})

const signal = new AbortController().signal
const name = (text: string) => text as DomainName
const fulfil = (orderId: string) => fulfilOrder(orderId, desk, signal)
const lineOf = async (orderId: string, extension: string) =>
  (await desk.read(orderId)).lines.find((line) => line.extension === extension)!
const eventsOf = async (orderId: string) =>
  (await readEvents(desk.db, { limit: 10_000 }))
    .filter((event) => 'orderId' in event.data && event.data.orderId === orderId)
    .map((event) => event.type)

describe('a free name', () => {
  it('is registered with the order and enters the portfolio', async () => {
    const id = await desk.place('free-all')
    expect(await fulfil(id)).toEqual({ do: 'rest' })
    expect(await desk.states(id)).toEqual({ fr: 'registered', eu: 'registered', be: 'registered' })
    expect((await desk.read(id)).state).toBe('open')
    expect(await findHeldName(desk.db, name('free-all.fr'))).toMatchObject({
      nicHandle: 'ab1-ovh',
      orderId: id,
      expiresAt: new Date('2027-11-23T10:00:00Z'),
    })
    expect((await eventsOf(id)).sort()).toEqual([
      'name.registered',
      'name.registered',
      'name.registered',
      'order.placed',
    ])
  })

  it('is created for one year with the contact that the registry wants, known by an id of 16 characters', async () => {
    await fulfil(await desk.place('with-contact'))
    const order = desk.registry.created.find((made) => made.name === 'with-contact.fr')!
    expect(order).toMatchObject({ years: 1, nameServers: ['ns1.example.net', 'ns2.example.net'] })
    expect(order.registrant).toMatch(/^vg[a-z2-7]{14}$/)
    expect(desk.registry.contacts.get(order.registrant!)).toMatchObject({ name: 'Marie Dupont' })
  })

  it('is created without contacts where the registry keeps none', async () => {
    await fulfil(await desk.place('thin', { pack: 'international' }))
    const order = desk.registry.created.find((made) => made.name === 'thin.com')!
    expect(order).toMatchObject({ registrant: null, admin: [], tech: [], billing: [] })
  })

  it('that somebody watches is watched too: the earlier order comes first', async () => {
    desk.registry.hold(name('queue.fr'))
    const first = await desk.place('queue')
    await fulfil(first)
    desk.registry.held.delete(name('queue.fr'))
    const second = await desk.place('queue', { reference: 'queue-2', nicHandle: 'cd2-ovh' })
    await fulfil(second)
    expect(await desk.states(second)).toMatchObject({ fr: 'watched' })
    expect(desk.registry.created.map((made) => made.name)).not.toContain('queue.fr')
    expect((await findName(desk.db, name('queue.fr')))!.openWatches).toBe(2)
  })

  it('above the price ceiling asks for action and is not created', async () => {
    desk.registry.fees.set(name('premium.fr'), 90_000)
    const id = await desk.place('premium')
    await fulfil(id)
    expect(await lineOf(id, 'fr')).toMatchObject({
      state: 'action-needed',
      reason: expect.stringContaining('90000 cents, above the ceiling of 5000'),
    })
    expect(desk.registry.commands).not.toContain('create premium.fr')
    expect(await eventsOf(id)).toContain('order.action-needed')
  })

  it('that the registry refuses asks for action, and the price stays', async () => {
    desk.registry.fates.set(name('refused.fr'), 'refused')
    const id = await desk.place('refused')
    await fulfil(id)
    const order = await desk.read(id)
    expect(order.priceCents).toBe(2499)
    expect(await lineOf(id, 'fr')).toMatchObject({
      state: 'action-needed',
      reason: expect.stringContaining('2306'),
    })
    expect((await findName(desk.db, name('refused.fr')))!.registering).toBeNull()
  })

  it('whose contact the registry refuses asks for action', async () => {
    desk.registry.contactProblem = 'postal code wrong'
    const id = await desk.place('bad-contact')
    await fulfil(id)
    expect((await lineOf(id, 'fr')).reason).toContain('postal code wrong')
    expect(desk.registry.commands).not.toContain('create bad-contact.fr')
  })

  it('that a rival takes just before is watched', async () => {
    desk.registry.fates.set(name('beaten.fr'), 'beaten')
    const id = await desk.place('beaten')
    await fulfil(id)
    expect(await lineOf(id, 'fr')).toMatchObject({
      state: 'watched',
      reason: 'It was free, and rival was faster.',
      watchState: 'open',
    })
  })

  it('whose create was executed and not answered is found by info, and created once', async () => {
    desk.registry.fates.set(name('unanswered.fr'), 'answer-lost')
    const id = await desk.place('unanswered')
    await fulfil(id)
    expect(await desk.states(id)).toMatchObject({ fr: 'registered' })
    expect(desk.registry.created.filter((made) => made.name === 'unanswered.fr')).toHaveLength(1)
  })

  it('whose create was lost on its way is created again only after the registry was asked', async () => {
    desk.registry.fates.set(name('lost-on-way.fr'), 'command-lost')
    const id = await desk.place('lost-on-way')
    expect(await fulfil(id)).toMatchObject({ do: 'fulfil-again' })
    expect((await lineOf(id, 'fr')).state).toBe('pending')
    expect(await fulfil(id)).toEqual({ do: 'rest' })
    const sent = desk.registry.commands.filter((command) => command.endsWith(' lost-on-way.fr'))
    const [first, second] = [
      sent.indexOf('create lost-on-way.fr'),
      sent.lastIndexOf('create lost-on-way.fr'),
    ]
    expect(second).toBeGreaterThan(first)
    expect(sent.slice(first, second)).toContain('info lost-on-way.fr')
    expect(await desk.states(id)).toMatchObject({ fr: 'registered' })
  })

  it('is put off without a session, and its intent is given back', async () => {
    desk.registry.fates.set(name('no-session.fr'), 'no-session')
    const id = await desk.place('no-session')
    expect(await fulfil(id)).toMatchObject({ do: 'fulfil-again', orderId: id, afterMs: 5000 })
    expect(await lineOf(id, 'fr')).toMatchObject({ state: 'pending', reason: '2502 code 2502' })
    expect((await findName(desk.db, name('no-session.fr')))!.registering).toBeNull()
    desk.registry.fates.delete(name('no-session.fr'))
    expect(await fulfil(id)).toEqual({ do: 'rest' })
  })

  it('is not created while a switch stops it, and is once it goes', async () => {
    const set = { scope: 'extension:fr', by: 'test', reason: 'rehearsal', at: desk.clock.now() }
    await setSwitch(desk.db, { ...set, stopped: true })
    const id = await desk.place('switched')
    expect(await fulfil(id)).toMatchObject({ do: 'fulfil-again' })
    expect((await lineOf(id, 'fr')).reason).toBe('Stopped by the switch extension:fr: rehearsal')
    expect(await desk.states(id)).toMatchObject({ fr: 'pending', eu: 'registered' })
    await setSwitch(desk.db, { ...set, stopped: false })
    expect(await fulfil(id)).toEqual({ do: 'rest' })
    expect(await desk.states(id)).toMatchObject({ fr: 'registered' })
  })

  it('asks for action where we have no way to the registry', async () => {
    desk.forget.noAccreditation = true
    desk.verdicts.set(name('no-way.fr'), 'free')
    const id = await desk.place('no-way')
    await fulfil(id)
    expect(await lineOf(id, 'fr')).toMatchObject({
      state: 'action-needed',
      reason: expect.stringContaining('no accreditation'),
    })
    expect((await findName(desk.db, name('no-way.fr')))!.registering).toBeNull()
  })

  it('cannot be registered twice by two orders at once', async () => {
    const [one, two] = [
      await desk.place('at-once'),
      await desk.place('at-once', { reference: 'at-once-2', nicHandle: 'cd2-ovh' }),
    ]
    await Promise.all([fulfil(one), fulfil(two)])
    await Promise.all([fulfil(one), fulfil(two)])
    const states = [await desk.states(one), await desk.states(two)].map(({ fr }) => fr)
    expect(states.sort()).toEqual(['registered', 'watched'])
    expect(desk.registry.created.filter((made) => made.name === 'at-once.fr')).toHaveLength(1)
  })
})

describe('a name that somebody holds', () => {
  it('opens a watch, whose name is looked at at once', async () => {
    desk.registry.hold(name('held.fr'))
    const id = await desk.place('held')
    await fulfil(id)
    expect(await lineOf(id, 'fr')).toMatchObject({
      state: 'watched',
      reason: 'Held through rival.',
      watchState: 'open',
    })
    expect(await findName(desk.db, name('held.fr'))).toMatchObject({
      openWatches: 1,
      registry: 'afnic',
      nextLookAt: desk.clock.now(),
      nextLookBecause: 'first',
    })
    expect(await eventsOf(id)).toContain('watch.opened')
  })

  it('joins the pack when the same nic-handle holds it with us', async () => {
    const at = desk.clock.now()
    const expiresAt = new Date('2027-03-01T00:00:00Z')
    await saveHeldName(desk.db, {
      name: name('mine.fr'),
      nicHandle: 'ab1-ovh',
      expiresAt,
      updatedAt: at,
    })
    const id = await desk.place('mine')
    await fulfil(id)
    expect(await lineOf(id, 'fr')).toMatchObject({ state: 'joined', expiresAt })
    expect(await eventsOf(id)).toContain('name.joined')
    expect(desk.registry.commands).not.toContain('check mine.fr')
  })

  it('is watched when another nic-handle holds it with us', async () => {
    const updatedAt = desk.clock.now()
    await saveHeldName(desk.db, {
      name: name('theirs.fr'),
      nicHandle: 'cd2-ovh',
      expiresAt: null,
      updatedAt,
    })
    const id = await desk.place('theirs')
    await fulfil(id)
    expect(await lineOf(id, 'fr')).toMatchObject({
      state: 'watched',
      reason: 'Held by another customer of ours.',
    })
  })

  it('is offered for transfer when the customer says that he holds it elsewhere', async () => {
    desk.registry.hold(name('elsewhere.fr'))
    const id = await desk.place('elsewhere', { heldElsewhere: ['elsewhere.fr'] })
    await fulfil(id)
    expect(await desk.states(id)).toEqual({
      fr: 'transfer-on-request',
      eu: 'registered',
      be: 'registered',
    })
  })
})

describe('a name that nobody can have', () => {
  it('asks for action when the registry withholds it', async () => {
    desk.registry.reserved.add(name('reserved.fr'))
    desk.verdicts.set(name('reserved.fr'), 'unknown')
    const id = await desk.place('reserved')
    await fulfil(id)
    expect(await lineOf(id, 'fr')).toMatchObject({
      state: 'action-needed',
      reason: expect.stringContaining('Reserved'),
    })
  })

  it('is watched while it is in the Dropzone', async () => {
    desk.registry.reserved.add(name('zone.org'))
    desk.verdicts.set(name('zone.org'), 'dropzone')
    const id = await desk.place('zone', { pack: 'international' })
    await fulfil(id)
    expect(await desk.states(id)).toMatchObject({ org: 'watched', com: 'registered' })
  })

  it('asks for action where the label breaks the rule of one registry, and the rest goes on', async () => {
    const id = await desk.place('москва', { pack: 'international-france' })
    await fulfil(id)
    expect(await desk.states(id)).toMatchObject({ fr: 'action-needed', com: 'registered' })
    expect((await lineOf(id, 'fr')).reason).toContain('.fr takes only')
  })

  it('asks for action where the registry would not accept the holder', async () => {
    const desk = await openOrderDesk([])
    try {
      await putContact('us9-ovh', { ...CONTACT, country: 'US', voice: '+12125550100' }, desk)
      const id = await desk.place('american', {
        nicHandle: 'us9-ovh',
        pack: 'international-france',
      })
      await fulfilOrder(id, desk, signal)
      expect(await desk.states(id)).toMatchObject({ fr: 'action-needed', com: 'registered' })
    } finally {
      await desk.close()
    }
  })

  it('is taken up again when somebody asks for it', async () => {
    desk.registry.fates.set(name('again.fr'), 'refused')
    const id = await desk.place('again')
    await fulfil(id)
    desk.registry.fates.delete(name('again.fr'))
    expect(
      await retryLine(desk.db, { orderId: id, name: name('again.fr') }, desk.clock.now()),
    ).toBe(true)
    expect((await desk.read(id)).state).toBe('placed')
    await fulfil(id)
    expect(await desk.states(id)).toMatchObject({ fr: 'registered' })
    expect(
      await retryLine(desk.db, { orderId: id, name: name('again.fr') }, desk.clock.now()),
    ).toBe(false)
  })
})

describe('silence', () => {
  it('is no answer: the line stays pending, and says why', async () => {
    desk.registry.silent = true
    const id = await desk.place('silence')
    expect(await fulfil(id)).toMatchObject({ do: 'fulfil-again' })
    expect(await lineOf(id, 'fr')).toMatchObject({
      state: 'pending',
      reason: 'The sources say nothing.',
    })
    expect(await pendingOrders(desk.db, new Date(desk.clock.now().getTime() + 1), 100)).toContain(
      id,
    )
  })

  it('after an hour opens a watch, whose looks go on asking', async () => {
    desk.forget.noSession = true
    const id = await desk.place('long-silence')
    await fulfil(id)
    desk.clock.leapTo(new Date(desk.clock.now().getTime() + 3_600_000))
    expect(await fulfil(id)).toEqual({ do: 'rest' })
    expect(await desk.states(id)).toEqual({ fr: 'watched', eu: 'watched', be: 'watched' })
  })

  it('one public source that denies a name buys nothing', async () => {
    desk.forget.noAccreditation = true
    desk.verdicts.set(name('denied.fr'), 'unconfirmed')
    const id = await desk.place('denied')
    expect(await fulfil(id)).toMatchObject({ do: 'fulfil-again' })
    expect((await lineOf(id, 'fr')).state).toBe('pending')
  })

  it('an order that is not there, or is settled, rests', async () => {
    expect(await fulfil('00000000-0000-4000-8000-000000000000')).toEqual({ do: 'rest' })
    const id = await desk.place('settled')
    await fulfil(id)
    const before = desk.registry.commands.length
    expect(await fulfil(id)).toEqual({ do: 'rest' })
    expect(desk.registry.commands).toHaveLength(before)
  })
})

it('keeps the daily limit of creates', async () => {
  const day = desk.clock.now().toISOString().slice(0, 10)
  await desk.db.execute(sql`insert into ledger (accreditation, day, creates) values ('vigie@dnsBelgium', ${day}, 1000000)
    on conflict (accreditation, day) do update set creates = 1000000`)
  const id = await desk.place('spent')
  expect(await fulfil(id)).toMatchObject({ do: 'fulfil-again' })
  expect(await lineOf(id, 'be')).toMatchObject({
    state: 'pending',
    reason: expect.stringContaining('spent'),
  })
})
