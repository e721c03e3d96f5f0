import fc from 'fast-check'
import { expect, it } from 'vitest'
import { deliverJob } from '../../jobs/deliver.ts'
import { orderJob, ordersJob } from '../../jobs/order.ts'

/** BullMQ takes no id with a colon, nor one of digits only. */
const LEGAL = /^(?!\d+$)[^:]+$/

it('ids are legal, and one errand has one', () => {
  const order = fc.record({ orderId: fc.uuid(), round: fc.nat() })
  fc.assert(fc.property(order, (payload) => void expect(orderJob.id(payload)).toMatch(LEGAL)))
  fc.assert(fc.property(fc.nat(), (round) => void expect(deliverJob.id({ round })).toMatch(LEGAL)))
  const references = fc.tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }))
  fc.assert(
    fc.property(references, ([a, b]) => {
      const idOf = (reference: string) =>
        ordersJob.id({ reference, nicHandle: 'ab1', pack: 'francophone', label: 'x' })
      expect(idOf(a)).toMatch(LEGAL)
      expect(idOf(a) === idOf(b)).toBe(a === b)
    }),
  )
})
