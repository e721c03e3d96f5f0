import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orderJob } from '../../../jobs/order.ts'
import { openQueues } from '../../../jobs/queue.ts'
import { openLog } from '../../../src/log.ts'
import { saveContact } from '../../../src/store/contacts.ts'
import { settleLine } from '../../../src/store/order-lines.ts'
import { findOrder, findOrderByReference } from '../../../src/store/orders.ts'
import { stoppedBy } from '../../../src/store/switches.ts'
import { findToken } from '../../../src/store/tokens.ts'
import { findWatch } from '../../../src/store/watch-list.ts'
import { addName, addOrder, addWatch } from '../../dashboard/scene.ts'
import { eventually, vigie } from '../../support/command-line.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'

let database: TestDatabase
/** An installation that lives by the system's clock. */
let here: Record<string, string>
beforeAll(async () => {
  database = await openTestDatabase()
  here = { DATABASE_URL: database.url, VIGIE_REGISTRIES: 'live' }
})
afterAll(() => database.close())

describe('vigie order', () => {
  const order = { reference: 'CLI-1', nicHandle: 'ab12345', pack: 'francophone', label: 'zephyr' }
  beforeAll(() =>
    saveContact(database.db, {
      nicHandle: 'ab12345',
      sealed: 'v1.sealed',
      country: 'FR',
      citizenship: null,
      updatedAt: new Date(),
    }),
  )

  it('names field and rule of what it refuses, and places nothing', async () => {
    const wrong = { ...order, reference: 'CLI-0', label: '-zephyr', colour: 'red' }
    const { status, stdout, stderr } = await vigie(['order', '-'], here, JSON.stringify(wrong))
    expect([status, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^vigie: label: .*hyphen.* \(label-hyphen-edge\)$/m)
    expect(stderr).toMatch(/^vigie: colour: .* \(unknown-field\)$/m)
    expect(await findOrderByReference(database.db, 'CLI-0')).toBeNull()
  })

  it('places it, rings for it, and waits until every line is classified', async () => {
    const { db } = database
    const child = vigie(['order', '-', '--wait', '--json'], here, JSON.stringify(order))
    const placed = await eventually(() => findOrderByReference(db, 'CLI-1'))
    const queues = await openQueues({ databaseUrl: database.url }, openLog('silent'))
    queues.show([orderJob.kind])
    const rung = await eventually(() => queues.queues()[0]!.getJob(`order-${placed.id}-0`))
    await queues.close(3_000)
    expect(rung.data).toEqual({ orderId: placed.id, round: 0 })

    const { lines } = (await findOrder(db, placed.id))!
    for (const { name } of lines) {
      const end = { state: 'action-needed', reason: 'Told by the test.', expiresAt: null } as const
      await settleLine(db, { orderId: placed.id, name }, end, [], new Date())
    }
    const { status, json } = await child
    expect(status).toBe(0)
    expect(json).toHaveLength(1)
    expect(json[0]).toMatchObject({
      reference: 'CLI-1',
      pricePerYear: { amountCents: 2499, currency: 'EUR' },
      lines: ['be', 'eu', 'fr'].map((extension) => ({
        name: `zephyr.${extension}`,
        state: 'action-needed',
        reason: 'Told by the test.',
      })),
    })
  })

  it('shows an order by its reference and by its id', async () => {
    const id = await addOrder(database.db, { reference: 'CLI-2' })
    const [byReference, byId, none] = await Promise.all([
      vigie(['order', 'show', 'CLI-2'], here),
      vigie(['order', 'show', id, '--json'], here),
      vigie(['order', 'show', 'CLI-3'], here),
    ])
    expect(byReference.stdout).toContain('39.99 EUR')
    expect(byReference.stdout).toContain(id)
    expect(byId.json).toEqual([expect.objectContaining({ id, reference: 'CLI-2' })])
    expect([none.status, none.stderr]).toEqual([
      1,
      'vigie: There is no order of id or reference CLI-3.\n',
    ])
  })
})

describe('vigie watch', () => {
  it('lists watches, and pauses one', async () => {
    const { db } = database
    await addName(db, 'wached.com')
    const orderId = await addOrder(db)
    const id = await addWatch(db, orderId, 'wached.com')
    const list = await vigie(['watch', 'list', '--name', 'WACHED.com', '--json'], here)
    expect(list.json).toEqual([expect.objectContaining({ id, name: 'wached.com', state: 'open' })])

    const paused = await vigie(['watch', 'pause', id], here)
    expect([paused.status, paused.stdout]).toEqual([
      0,
      'The watch of wached.com for MD1042-VIGIE is paused.\n',
    ])
    expect((await findWatch(db, id))?.state).toBe('paused')
  })
})

describe('vigie stop and go', () => {
  it('stop creates and let them go again, with the reason', async () => {
    const { db } = database
    const stop = await vigie(['stop', 'extension:.fr', '--reason', 'maintenance'], here)
    expect([stop.status, stop.stdout]).toEqual([0, 'Stopped: every create under .fr.\n'])
    expect(await stoppedBy(db, ['extension:fr'])).toEqual({
      scope: 'extension:fr',
      reason: 'maintenance',
    })
    const go = await vigie(['go', 'extension:fr', '--reason', 'over', '--json'], here)
    expect(go.json).toEqual([expect.objectContaining({ scope: 'extension:fr', stopped: false })])
    expect(await stoppedBy(db, ['extension:fr'])).toBeNull()
  })
})

describe('vigie token', () => {
  it('prints a secret that works until it is revoked, and never again', async () => {
    const { db } = database
    const alone = await vigie(['token'], here)
    const token = await findToken(db, alone.stdout.trim())
    expect(token?.scopes).toEqual(['orders', 'support', 'ops:read', 'ops:act'])

    const list = await vigie(['token', 'list'], here)
    expect(list.stdout).toContain(token!.id)
    expect(list.stdout).not.toContain('vigie_')
    await vigie(['token', 'revoke', token!.id], here)
    expect(await findToken(db, alone.stdout.trim())).toBeNull()
  })
})
