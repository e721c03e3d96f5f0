import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readOrder } from '../../src/orders/order-input.ts'
import { placeOrder } from '../../src/orders/place.ts'
import { listOrders } from '../../src/store/orders.ts'
import { readEvents } from '../../src/store/outbox.ts'
import { type OrderDesk, openOrderDesk, orderIdOf, orderOf } from './support/order-desk.ts'

let desk: OrderDesk
beforeAll(async () => {
  desk = await openOrderDesk()
})
afterAll(() => desk.close())

describe('an order', () => {
  it('is written with a pending line for each extension, and told', async () => {
    const id = await desk.place('Maison')
    const order = await desk.read(id)
    expect(order).toMatchObject({
      label: 'maison',
      pack: 'francophone',
      priceCents: 2499,
      state: 'placed',
      placedAt: desk.clock.now(),
    })
    expect(order.lines.map(({ name, state }) => [name, state])).toEqual([
      ['maison.be', 'pending'],
      ['maison.eu', 'pending'],
      ['maison.fr', 'pending'],
    ])
    const events = await readEvents(desk.db, { subject: `order:${id}`, limit: 10 })
    expect(events.map(({ type, data }) => [type, data])).toEqual([
      [
        'order.placed',
        {
          orderId: id,
          reference: 'order-Maison',
          pack: 'francophone',
          label: 'maison',
          nicHandle: 'ab1-ovh',
        },
      ],
    ])
  })

  it('sent again is the same order, however it is spelled', async () => {
    const first = await placeOrder(orderOf('crème'), desk)
    const again = await placeOrder(
      { ...orderOf('crème'), label: 'xn--crme-6oa', nicHandle: 'AB1-OVH', heldElsewhere: [] },
      desk,
    )
    expect(again).toEqual({ do: 'fulfil', orderId: orderIdOf(first), repeated: true })
  })

  it.each([
    { label: 'other' },
    { pack: 'international' },
    { nicHandle: 'cd2-ovh' },
    { heldElsewhere: ['reused.fr'] },
  ])('with the same reference and other content (%o) is a conflict', async (other) => {
    const input = { ...orderOf('reused'), reference: 'reused' }
    const first = await placeOrder(input, desk)
    expect(await placeOrder({ ...input, ...other }, desk)).toMatchObject({
      do: 'reject',
      because: 'reference-reused',
      orderId: orderIdOf(first),
      problems: [{ field: 'reference', rule: 'reference-reused' }],
    })
  })

  it('sent many times at once is one order', async () => {
    const placed = await Promise.all(
      Array.from({ length: 8 }, () => placeOrder(orderOf('crowd'), desk)),
    )
    expect(new Set(placed.map(orderIdOf)).size).toBe(1)
    const found = await listOrders(desk.db, { reference: 'order-crowd' }, null, 10)
    expect(found).toHaveLength(1)
    const told = await readEvents(desk.db, { subject: `order:${found[0]!.id}`, limit: 10 })
    expect(told).toHaveLength(1)
  })

  it('keeps which names the customer holds elsewhere', async () => {
    const id = await desk.place('kept', { heldElsewhere: ['KEPT.fr'] })
    const held = (await desk.read(id)).lines.filter((line) => line.heldElsewhere)
    expect(held.map((line) => line.name)).toEqual(['kept.fr'])
  })

  it('for a label that one registry takes and another does not is placed', async () => {
    const placed = await placeOrder({ ...orderOf('москва'), pack: 'international-france' }, desk)
    expect(placed.do).toBe('fulfil')
  })

  it('for a label that no registry of the pack takes is refused', async () => {
    const placed = await placeOrder(orderOf('💩'), desk)
    expect(placed).toMatchObject({ do: 'reject', because: 'invalid' })
    expect(placed.do === 'reject' && placed.problems[0]).toMatchObject({
      field: 'label',
      rule: 'label-emoji',
    })
  })
})

it('reading an order never throws, whatever it is given', () => {
  fc.assert(
    fc.property(fc.anything(), (input) => {
      const read = readOrder(input)
      expect(read.ok || read.problems.length > 0).toBe(true)
    }),
  )
  fc.assert(
    fc.property(
      fc.record({
        reference: fc.string({ unit: 'binary' }),
        nicHandle: fc.string({ unit: 'binary' }),
        pack: fc.string(),
        label: fc.string({ unit: 'binary' }),
        heldElsewhere: fc.array(fc.string({ unit: 'binary' })),
      }),
      (input) => {
        const read = readOrder(input)
        if (!read.ok)
          for (const { field, rule } of read.problems) expect([field, rule]).not.toContain('')
      },
    ),
  )
})
