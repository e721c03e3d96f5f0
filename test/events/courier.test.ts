import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AnchoredClock } from '../../src/clock.ts'
import { type Courier, openCourier } from '../../src/events/courier.ts'
import { createWebhook } from '../../src/events/webhooks.ts'
import { openLog } from '../../src/log.ts'
import { appendEvent } from '../../src/store/outbox.ts'
import { openSealer } from '../../src/store/seal.ts'
import { findWebhook, hasDueDeliveries, setWebhook } from '../../src/store/webhooks.ts'
import { openTestDatabase, type TestDatabase } from '../support/database.ts'

type Received = { headers: Record<string, string>; body: string }
type Receiver = { url: string; received: Received[]; close(): Promise<void> }
type Answer = (response: ServerResponse, request: IncomingMessage) => void

const clock = new AnchoredClock(
  { wallMs: 0, atMs: Date.parse('2031-05-01T00:00:00Z'), speed: 1 },
  () => 0,
)
const sealer = openSealer(Buffer.alloc(32, 1))
const log = openLog('silent')

let database: TestDatabase
const open: { close(): Promise<unknown> | unknown }[] = []
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())
afterEach(async () => {
  for (const opened of open.splice(0).reverse()) await opened.close()
  await database.db.execute(sql`truncate deliveries, webhooks, events, event_subjects`)
})

/** A receiver of webhooks on loopback. */
async function receive(answer: Answer): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      received.push({ headers: request.headers as Record<string, string>, body })
      answer(response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  open.push(receiver)
  return receiver
}

const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(code, headers).end()

function courier(options: { allowPrivate?: boolean; deadlineMs?: number } = {}): Courier {
  const opened = openCourier({
    db: database.db,
    clock,
    sealer,
    log,
    allowPrivate: true,
    ...options,
  })
  open.push(opened)
  return opened
}

async function webhookAt(url: string): Promise<{ id: string; secret: string }> {
  const made = await createWebhook(url, { db: database.db, clock, sealer, allowPrivate: true })
  if (!made.ok) throw new Error(JSON.stringify(made.problems))
  return { id: made.value.webhook.id, secret: made.value.secret }
}

let told = 0
const tell = () =>
  appendEvent(database.db, 'name.renewed', 'name:maison.com', `test:${++told}`, clock.now(), {
    name: 'maison.com',
    expiresAt: null,
    reason: 'renewed',
  })

async function carry(which: Courier): Promise<void> {
  await which.ring()
  await which.idle()
}

const deliveriesOf = async (webhookId: string) => [
  ...(await database.db.execute<{
    state: string
    attempts: number
    status: string
    wait: number
  }>(sql`
    select state, attempts, last_status as status,
      round(extract(epoch from next_at - clock_timestamp()))::int as wait
    from deliveries where webhook_id = ${webhookId} order by event_seq`)),
]

describe('an event', () => {
  it('reaches each webhook once, signed, with its place in the order', async () => {
    const receiver = await receive(status(204))
    const { id, secret } = await webhookAt(receiver.url)
    const seq = await tell()
    await tell()
    await carry(courier())
    await carry(courier())
    expect(receiver.received).toHaveLength(2)
    const { headers, body } = receiver.received[0]!
    const event = new Webhook(secret).verify(body, headers)
    expect(event).toEqual({
      id: headers['webhook-id'],
      type: 'name.renewed',
      seq,
      subject: 'name:maison.com',
      subjectSeq: 1,
      at: '2031-05-01T00:00:00.000Z',
      data: { name: 'maison.com', expiresAt: null, reason: 'renewed' },
    })
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'done' }, { state: 'done' }])
    expect(await hasDueDeliveries(database.db)).toBe(false)
  })

  it('is tried again later when the receiver fails, under the same id', async () => {
    let code = 500
    const receiver = await receive((response) => response.writeHead(code).end())
    const { id } = await webhookAt(receiver.url)
    await tell()
    await carry(courier())
    expect(await deliveriesOf(id)).toEqual([{ state: 'due', attempts: 1, status: '500', wait: 10 }])
    await carry(courier())
    expect(receiver.received).toHaveLength(1)

    await database.db.execute(sql`update deliveries set next_at = now()`)
    code = 200
    await carry(courier())
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'done', attempts: 2 }])
    const [first, second] = receiver.received
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id'])
  })

  it('after three days of failures is given up, and the webhook is disabled with the reason', async () => {
    const receiver = await receive(status(503))
    const { id } = await webhookAt(receiver.url)
    await tell()
    await database.db.execute(sql`update deliveries set attempts = 40`)
    await carry(courier())
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'failed' }])
    expect(await findWebhook(database.db, id)).toMatchObject({
      disabledAt: clock.now(),
      reason: 'Given up after three days; the last answer was: 503',
    })
  })

  it('is not sent where a redirect points', async () => {
    const target = await receive(status(200))
    const receiver = await receive(status(307, { location: target.url }))
    const { id } = await webhookAt(receiver.url)
    await tell()
    await carry(courier())
    expect(target.received).toHaveLength(0)
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'due', status: '307' }])
  })
})

describe('a webhook', () => {
  it('that answers 410 is disabled, and nothing more is sent to it', async () => {
    const receiver = await receive(status(410))
    const { id } = await webhookAt(receiver.url)
    await tell()
    await tell()
    await carry(courier())
    await carry(courier())
    expect(receiver.received).toHaveLength(1)
    expect((await findWebhook(database.db, id))!.reason).toContain('410')
    expect(await hasDueDeliveries(database.db)).toBe(false)
  })

  it('that was disabled gets what was due once it is enabled', async () => {
    const receiver = await receive(status(200))
    const { id } = await webhookAt(receiver.url)
    await tell()
    await setWebhook(database.db, id, { at: clock.now(), reason: 'test' })
    await carry(courier())
    expect(receiver.received).toHaveLength(0)
    await setWebhook(database.db, id, null)
    await carry(courier())
    expect(receiver.received).toHaveLength(1)
  })

  it('that hangs is given up at the deadline, and holds up no other', async () => {
    const hung = await receive(() => {})
    const quick = await receive(status(200))
    const { id } = await webhookAt(hung.url)
    await webhookAt(quick.url)
    for (let i = 0; i < 3; i++) await tell()
    const carrier = courier({ deadlineMs: 300 })
    await carry(carrier)
    expect(quick.received).toHaveLength(3)
    expect(hung.received).toHaveLength(1)
    expect((await deliveriesOf(id))[0]).toMatchObject({
      state: 'due',
      attempts: 1,
      status: 'no answer within 0.3 seconds',
    })
  })

  it('that cannot be reached is tried again', async () => {
    const gone = await receive(status(200))
    await gone.close()
    const { id } = await webhookAt(gone.url)
    await tell()
    await carry(courier())
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'due', status: 'ECONNREFUSED' }])
  })

  it.each(['http://127.0.0.1', 'http://localhost', 'http://[::1]', 'http://[::ffff:127.0.0.1]'])(
    'at %s gets nothing in live mode',
    async (origin) => {
      const receiver = await receive(status(200))
      const { id } = await webhookAt(`${origin}:${new URL(receiver.url).port}/hook`)
      await tell()
      await carry(courier({ allowPrivate: false }))
      expect(receiver.received).toHaveLength(0)
      expect(await deliveriesOf(id)).toMatchObject([
        { state: 'failed', status: expect.stringContaining('is a private address') },
      ])
    },
  )
})

describe('couriers', () => {
  it('share the work: of two at once each event is sent by one', async () => {
    const receiver = await receive(status(200))
    await webhookAt(receiver.url)
    for (let i = 0; i < 20; i++) await tell()
    await Promise.all([carry(courier()), carry(courier()), carry(courier())])
    await carry(courier())
    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(ids).toHaveLength(20)
    expect(new Set(ids).size).toBe(20)
  })

  it('that close break off what hangs, and it stays due', async () => {
    let arrived = () => {}
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const receiver = await receive(() => arrived())
    const { id } = await webhookAt(receiver.url)
    await tell()
    const carrier = courier()
    await carrier.ring()
    await arrival
    await carrier.close()
    expect(await deliveriesOf(id)).toMatchObject([{ state: 'due', attempts: 1 }])
  })
})
