import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock.ts'
import { labelProblem } from '../domain/label.ts'
import { policyFor } from '../domain/policy/policies.ts'
import type { Problem } from '../domain/problem.ts'
import type { Database } from '../store/connect.ts'
import { findContact } from '../store/contacts.ts'
import { findOrderByReference, insertOrder } from '../store/orders.ts'
import { eventCall } from '../store/outbox.ts'
import { fingerprintOf, namesOf, type OrderRequest, readOrder } from './order-input.ts'

/** What became of an order that came in. `reused`: another order has the reference. */
export type Placed =
  | { do: 'fulfil'; orderId: string; repeated: boolean }
  | { do: 'reject'; because: 'invalid'; problems: Problem[] }
  | { do: 'reject'; because: 'reference-reused'; orderId: string; problems: Problem[] }

/**
 * Takes an order: every rule is checked first, and then the order, its lines and the event `order.placed` are written in one
 * statement. The same reference with the same content is the same order, however often it is sent.
 */
export async function placeOrder(
  input: unknown,
  deps: { db: Database; clock: Clock },
): Promise<Placed> {
  const read = readOrder(input)
  if (!read.ok) return { do: 'reject', because: 'invalid', problems: read.problems }
  const request = read.value
  const fingerprint = fingerprintOf(request)

  const earlier = await findOrderByReference(deps.db, request.reference)
  if (earlier) return again(earlier, fingerprint)
  const problems = [...impossible(request), ...(await strangerTo(deps.db, request))]
  if (problems.length > 0) return { do: 'reject', because: 'invalid', problems }

  const orderId = randomUUID()
  const { reference, nicHandle, pack, label } = request
  const now = deps.clock.now()
  const isNew = await insertOrder(
    deps.db,
    {
      id: orderId,
      reference,
      fingerprint,
      nicHandle,
      pack: pack.code,
      label,
      priceCents: pack.priceCents,
      state: 'placed',
      placedAt: now,
    },
    namesOf(pack, label).map((name, i) => ({
      name,
      extension: pack.extensions[i]!,
      heldElsewhere: request.heldElsewhere.includes(name),
    })),
    eventCall('order.placed', `order:${orderId}`, `order.placed:${orderId}`, now, {
      orderId,
      reference,
      pack: pack.code,
      label,
      nicHandle,
    }),
  )
  if (isNew) return { do: 'fulfil', orderId, repeated: false }
  const faster = await findOrderByReference(deps.db, reference)
  return again(faster!, fingerprint)
}

/** Another order of the reference is there already. */
function again(earlier: { id: string; fingerprint: string }, fingerprint: string): Placed {
  if (earlier.fingerprint === fingerprint)
    return { do: 'fulfil', orderId: earlier.id, repeated: true }
  const message = `The reference belongs to order ${earlier.id}, which asks for something else.`
  return {
    do: 'reject',
    because: 'reference-reused',
    orderId: earlier.id,
    problems: [{ field: 'reference', rule: 'reference-reused', message }],
  }
}

/** A label that no registry of the pack takes makes the order impossible; one that some take does not. */
function impossible({ pack, label }: OrderRequest): Problem[] {
  const found = pack.extensions.map((extension) => labelProblem(label, policyFor(extension)))
  const problems = found.filter((problem) => problem !== null)
  if (problems.length < found.length) return []
  const distinct = new Map(problems.map((problem) => [problem.message, problem]))
  return [...distinct.values()].map((problem) => ({ ...problem, field: 'label' }))
}

async function strangerTo(db: Database, { nicHandle }: OrderRequest): Promise<Problem[]> {
  if (await findContact(db, nicHandle)) return []
  const message = `There is no contact of ${nicHandle}; put it first, at /v1/contacts/${nicHandle}.`
  return [{ field: 'nicHandle', rule: 'contact-unknown', message }]
}
