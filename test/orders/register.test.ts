import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Line } from '../../src/channels/channel.ts'
import type { DomainName } from '../../src/domain/name.ts'
import { reconcile, registerNow } from '../../src/orders/register.ts'
import { readSpending } from '../../src/store/ledger.ts'
import { type OrderDesk, openOrderDesk } from './support/order-desk.ts'

let desk: OrderDesk
beforeAll(async () => {
  desk = await openOrderDesk()
})
afterAll(() => desk.close())

const signal = new AbortController().signal
const since = new Date('2026-11-23T10:00:00Z')
const request = (name: string) => ({ name: name as DomainName, nicHandle: 'ab1-ovh', since })

/** The desk with its sessions changed. */
const withLine = (change: (line: Line) => Partial<Line>): OrderDesk => ({
  ...desk,
  async borrow(registry, aborted) {
    const { line, giveBack } = await desk.borrow(registry, aborted)
    return { line: { ...line, ...change(line) }, giveBack }
  },
})

it('a registration of ours that is older than the intent is not this one', async () => {
  desk.registry.hold('older.fr' as DomainName, 'vigie')
  expect(await reconcile(request('older.fr'), desk, signal)).toEqual({ kind: 'taken', by: 'vigie' })
})

it.each([
  [-400, 'registered'],
  [-5_000, 'taken'],
])(
  'a registration of ours made %i ms after the intent is %s: dates may lack their milliseconds',
  async (ms, kind) => {
    const name = `made${ms}.fr` as DomainName
    desk.registry.held.set(name, { sponsor: 'vigie', createdAt: new Date(since.getTime() + ms) })
    expect((await reconcile(request(name), desk, signal)).kind).toBe(kind)
  },
)

it('dates are held against the registry’s clock, not ours', async () => {
  const name = 'other-clock.fr' as DomainName
  const behind = { offsetMs: -30_000, uncertaintyMs: 10, measuredAt: since }
  desk.registry.held.set(name, { sponsor: 'vigie', createdAt: new Date(since.getTime() - 29_000) })
  expect((await reconcile(request(name), desk, signal)).kind).toBe('taken')
  const skewed = withLine(() => ({ offset: behind }))
  expect((await reconcile(request(name), skewed, signal)).kind).toBe('registered')
})

it('a create that the registry has not decided on is not registered yet', async () => {
  const name = 'undecided.fr' as DomainName
  desk.registry.held.set(name, { sponsor: 'vigie', createdAt: since })
  const slow = withLine((line) => ({
    async info(asked) {
      const info = await line.info(asked)
      return info.kind === 'registered' ? { ...info, statuses: ['pendingCreate'] } : info
    },
  }))
  expect(await reconcile(request(name), slow, signal)).toMatchObject({ kind: 'unknown' })
})

it('without a session or leave nothing is sent', async () => {
  const before = desk.registry.commands.length
  const noSession: OrderDesk = { ...desk, borrow: () => Promise.reject(new Error('refused')) }
  const noLeave: OrderDesk = { ...desk, permit: async () => false }
  for (const closed of [noSession, noLeave]) {
    expect(await registerNow(request('closed.fr'), closed, signal)).toMatchObject({
      kind: 'not-sent',
    })
    expect(await reconcile(request('closed.fr'), closed, signal)).toMatchObject({ kind: 'unknown' })
  }
  expect(desk.registry.commands).toHaveLength(before)
})

it('an unknown price is no price', async () => {
  const unpriced: OrderDesk = { ...desk, priceOf: () => null }
  expect(await registerNow(request('unpriced.fr'), unpriced, signal)).toEqual({
    kind: 'refused',
    reason: 'The price of a .fr create is not known.',
  })
})

it('a contact that could not be brought because the session died is tried again', async () => {
  const dying = withLine(() => ({
    alive: false,
    ensureContact: async () => ({ ok: false as const, reason: 'no answer' }),
  }))
  expect((await registerNow(request('dying.fr'), dying, signal)).kind).toBe('not-sent')
})

it('penalty points are set aside for a create, and given back when it is accepted', async () => {
  const spent = () => readSpending(desk.db, 'vigie@dnsBelgium', '2026-11-23')
  await registerNow(request('accepted.be'), desk, signal)
  expect(await spent()).toEqual({ creates: 1, points: 0 })
  desk.registry.fates.set('beaten.be' as DomainName, 'beaten')
  await registerNow(request('beaten.be'), desk, signal)
  expect(await spent()).toEqual({ creates: 2, points: 10 })
})
