import { AnchoredClock } from '../../../src/clock.ts'
import type { DomainName } from '../../../src/domain/name.ts'
import type { Verdict } from '../../../src/domain/verdict.ts'
import { openLog } from '../../../src/log.ts'
import { classifyName } from '../../../src/orders/classify.ts'
import { putContact } from '../../../src/orders/contacts.ts'
import type { FulfilDeps } from '../../../src/orders/fulfil-deps.ts'
import { type Placed, placeOrder } from '../../../src/orders/place.ts'
import { type RegisterDeps, reconcile, registerNow } from '../../../src/orders/register.ts'
import { makeRegisterOrder } from '../../../src/orders/register-order.ts'
import { findOrder, type OrderWithLines } from '../../../src/store/orders.ts'
import { openSealer } from '../../../src/store/seal.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { FakeRegistry } from './fake-registry.ts'

export const CONTACT = {
  name: 'Marie Dupont',
  organisation: null,
  street: ['12 rue des Lilas'],
  city: 'Nantes',
  postalCode: '44000',
  country: 'FR',
  voice: '+33.240123456',
  email: 'marie@example.org',
}

/** Orders with a real database and registries by hand. */
export type OrderDesk = RegisterDeps &
  FulfilDeps & {
    database: TestDatabase
    registry: FakeRegistry
    clock: AnchoredClock
    sealer: ReturnType<typeof openSealer>
    verdicts: Map<DomainName, Verdict['state']>
    forget: { noAccreditation: boolean; noSession: boolean; noPermit: boolean }
    place(label: string, more?: Record<string, unknown>): Promise<string>
    read(orderId: string): Promise<OrderWithLines>
    states(orderId: string): Promise<Record<string, string>>
    /** Fills in `classify`, `register` and `reconcile` from a desk's own parts. */
    bind(parts: OrderDesk): OrderDesk
    close(): Promise<void>
  }

/** @param nicHandles who have a contact, in France. */
export async function openOrderDesk(nicHandles = ['ab1-ovh', 'cd2-ovh']): Promise<OrderDesk> {
  const database = await openTestDatabase()
  const { db } = database
  const clock = new AnchoredClock(
    {
      wallMs: 0,
      atMs: Date.parse('2026-11-23T10:00:00Z'),
      speed: 1,
    },
    () => 0,
  )
  const registry = new FakeRegistry(clock)
  const sealer = openSealer(Buffer.alloc(32, 7))
  const log = openLog('silent')
  const verdicts = new Map<DomainName, Verdict['state']>()
  const forget = { noAccreditation: false, noSession: false, noPermit: false }
  let ids = 0
  const registering: RegisterDeps = {
    db,
    clock,
    log,
    channel: { accreditation: (key) => (forget.noAccreditation ? null : `vigie@${key}`) },
    async borrow(key) {
      if (forget.noSession) throw new Error('connection refused')
      return { line: registry.open(key), giveBack() {} }
    },
    permit: async () => !forget.noPermit,
    orderFor: (line, name, nicHandle) =>
      makeRegisterOrder(line, name, nicHandle, {
        db,
        sealer,
        nameServers: ['ns1.example.net', 'ns2.example.net'],
      }),
    priceOf: () => 1000,
    priceCeilingCents: 5000,
    newClTRID: () => `ours-${++ids}`,
  }
  const look = async (name: DomainName): Promise<Verdict> => ({
    state: verdicts.get(name) ?? 'unknown',
    phase: null,
    registration: null,
    basis: [],
    against: [],
    reason: `The sources say ${verdicts.get(name) ?? 'nothing'}.`,
  })
  const refuse = () => Promise.reject(new Error('not bound'))
  const unbound: OrderDesk = {
    ...registering,
    database,
    registry,
    clock,
    sealer,
    verdicts,
    forget,
    classify: refuse,
    register: refuse,
    reconcile: refuse,
    bind: (parts) => ({
      ...parts,
      classify: (name, signal) => classifyName(name, { ...parts, look }, signal),
      register: (request, signal) => registerNow(request, parts, signal),
      reconcile: (request, signal) => reconcile(request, parts, signal),
    }),
    async place(label, more = {}) {
      const placed = await placeOrder({ ...orderOf(label), ...more }, { db, clock })
      return orderIdOf(placed)
    },
    async read(orderId) {
      return (await findOrder(db, orderId))!
    },
    async states(orderId) {
      const { lines } = await this.read(orderId)
      return Object.fromEntries(lines.map((line) => [line.extension, line.state]))
    },
    close: () => database.close(),
  }
  const desk = unbound.bind(unbound)
  for (const nicHandle of nicHandles) await putContact(nicHandle, CONTACT, desk)
  return desk
}

/** An order that breaks no rule. */
export const orderOf = (label: string) => ({
  reference: `order-${label}`,
  nicHandle: 'ab1-ovh',
  pack: 'francophone',
  label,
})

export function orderIdOf(placed: Placed): string {
  if (placed.do === 'reject') throw new Error(JSON.stringify(placed.problems))
  return placed.orderId
}
