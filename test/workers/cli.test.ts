import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { orderJob } from '../../jobs/order.ts'
import { openQueues } from '../../jobs/queue.ts'
import { openLog } from '../../src/log.ts'
import { saveContact } from '../../src/store/contacts.ts'
import { settleLine } from '../../src/store/order-lines.ts'
import { findOrder, findOrderByReference } from '../../src/store/orders.ts'
import { openSealer } from '../../src/store/seal.ts'
import { stoppedBy } from '../../src/store/switches.ts'
import { findToken } from '../../src/store/tokens.ts'
import { findWatch } from '../../src/store/watch-list.ts'
import {
  addCapture,
  addCreates,
  addName,
  addOrder,
  addWatch,
  forecastOf,
  fromNow,
  HOUR,
  MINUTE,
} from '../dashboard/scene.ts'
import { spawnVigie, vigie } from '../support/command-line.ts'
import { openEmptyDatabase, openTestDatabase, type TestDatabase } from '../support/database.ts'
import { spawnSandbox } from '../support/sandbox.ts'
import { openTemporaryFolder } from '../support/temporary.ts'

/** What the contact of the orders below is sealed with. */
const SEALING_KEY = Buffer.alloc(32, 7)

let database: TestDatabase
/** An installation that lives by the system's clock. */
let here: Record<string, string>
beforeAll(async () => {
  database = await openTestDatabase()
  here = { DATABASE_URL: database.url, VIGIE_REGISTRIES: 'live' }
})
afterAll(() => database.close())

describe('vigie', () => {
  it('tells wrong usage with the field and the rule, and exits with 2', async () => {
    const said = await Promise.all(
      [
        ['ordre', '-'],
        ['watch', 'pause', '17'],
        ['captures', 'list', '--from', 'yesterday'],
        ['stop', 'planet:mars', '--reason', 'x'],
        ['forecast', 'no-extension'],
      ].map((args) => vigie(args)),
    )
    expect(said.map(({ status, stdout }) => [status, stdout])).toEqual(said.map(() => [2, '']))
    expect(said[0]?.stderr).toMatch(/unknown command 'ordre'.*Did you mean order\?/s)
    expect(said[1]?.stderr).toMatch(/'17' is invalid for argument 'id'.*UUID/)
    expect(said[2]?.stderr).toMatch(/--from.*'yesterday'.*RFC 3339/)
    expect(said[3]?.stderr).toMatch(/'scope'.*registry, extension/)
    expect(said[4]?.stderr).toMatch(/'name'.*label and an extension/)
  })

  it('says how to start what is not running, also when a dead process left its file', async () => {
    const { path, remove } = await openTemporaryFolder()
    const running = { databaseUrl: database.url, url: 'http://localhost:1', pid: 2 ** 22 + 1 }
    await writeFile(join(path, 'running.json'), JSON.stringify(running))
    const { status, stdout, stderr } = await vigie(['watch', 'list'], { VIGIE_HOME: path })
    await remove()
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: 'vigie: Vigie is not running here: start it with npm start, or set DATABASE_URL.\n',
    })
  })

  it('finds what runs in its home folder', async () => {
    const { path, remove } = await openTemporaryFolder()
    const running = { databaseUrl: database.url, url: 'http://localhost:1', pid: process.pid }
    await writeFile(join(path, 'running.json'), JSON.stringify(running))
    const { status, stderr } = await vigie(['forecast', 'never.com'], { VIGIE_HOME: path })
    await remove()
    expect(status).toBe(1)
    expect(stderr).toContain('never.com was never watched')
  })

  it('says what is wrong with a database that is away or empty, never the password', async () => {
    const empty = await openEmptyDatabase()
    const [away, bare] = await Promise.all([
      vigie(['token', 'list'], { DATABASE_URL: 'postgres://u:hidden@127.0.0.1:1/x' }),
      vigie(['token', 'list'], { DATABASE_URL: empty.url }),
    ])
    await empty.close()
    expect([away.status, bare.status]).toEqual([1, 1])
    expect(away.stderr).toMatch(/^vigie: PostgreSQL at 127\.0\.0\.1:1\/x: .*ECONNREFUSED/)
    expect(away.stderr).not.toContain('hidden')
    expect(bare.stderr).toMatch(/^vigie: The database has 0 of Vigie’s \d+ migrations/)
  })

  it('ends quietly when its reader has seen enough', async () => {
    const child = spawnVigie(['read'], {})
    const messages: Buffer[] = []
    child.stderr.on('data', (chunk) => messages.push(chunk))
    child.stdin.on('error', () => {})
    const line = JSON.stringify({ id: 1, source: 'whois', name: 'a.com', body: 'No match' })
    child.stdin.end(`${line}\n`.repeat(20_000))
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [status] = await once(child, 'close')
    expect([status, Buffer.concat(messages).toString()]).toEqual([0, ''])
  })

  it('judges recorded answers', async () => {
    const line = JSON.stringify({
      id: 1,
      source: 'whois',
      name: 'a.com',
      body: 'No match for A.COM',
    })
    const { status, json } = await vigie(['read'], {}, `${line}\nnonsense\n`)
    expect(status).toBe(1)
    expect(json).toEqual([
      expect.objectContaining({ id: 1, state: 'free' }),
      { id: null, error: expect.any(String) },
    ])
  })
})

describe('vigie order', () => {
  const order = { reference: 'CLI-1', nicHandle: 'ab12345', pack: 'francophone', label: 'zephyr' }
  beforeAll(() =>
    saveContact(database.db, {
      nicHandle: 'ab12345',
      sealed: openSealer(SEALING_KEY).seal('{}'),
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
  it('lists watches, and pauses and cancels one', async () => {
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

    await vigie(['watch', 'cancel', id], here)
    const late = await vigie(['watch', 'resume', id], here)
    expect([late.status, late.stderr]).toEqual([1, 'vigie: The watch is over: it is cancelled.\n'])
  })
})

describe('vigie captures', () => {
  it('lists what was asked for, and tells a race whole', async () => {
    const { db } = database
    const plannedAt = fromNow(-HOUR)
    const id = await addCapture(db, 'lost.com', {
      state: 'lost',
      reason: 'beaten',
      rival: 'Rapid Names',
      gapFromMs: 84,
      gapToMs: 190,
      explanation: 'Rapid Names was first.',
      shots: [plannedAt.getTime()],
      decidedAt: fromNow(-HOUR),
    })
    await addCapture(db, 'won.fr', { state: 'won', decidedAt: fromNow(-MINUTE) })
    await addCreates(db, id, plannedAt, [{ plan: 0, late: 1, trip: 12 }])
    const lost = ['--extension', 'com', '--outcome', 'lost', '--reason', 'beaten']
    const [list, table, story, json] = await Promise.all([
      vigie(['captures', 'list', ...lost, '--json'], here),
      vigie(['captures', 'list', '--from', fromNow(-MINUTE).toISOString()], here),
      vigie(['captures', 'show', id], here),
      vigie(['captures', 'show', id, '--json'], here),
    ])
    expect(list.json).toEqual([
      expect.objectContaining({ id, state: 'lost', creates: 1, gapMs: { from: 84, to: 190 } }),
    ])
    expect(table.stdout.split('\n')).toHaveLength(3)
    expect(table.stdout).toContain('won.fr')
    const time = (ms: number) => new Date(plannedAt.getTime() + ms).toISOString().slice(11, 23)
    expect(story.stdout).toMatch(/^lost\.com: lost, beaten by Rapid Names/)
    expect(story.stdout).toMatch(
      new RegExp(
        `create .*${time(0)}  ${time(1)}  ${time(13)} \\(\\+12 ms\\)  2302  Object exists`,
      ),
    )
    expect(story.stdout).toContain('84 to 190 ms behind the rival')
    expect(json.json[0]).toMatchObject({ id, rival: 'Rapid Names', attempts: [{ code: 2302 }] })
  })
})

describe('vigie forecast', () => {
  it('says when names can drop and when they are looked at next, small tails in one line', async () => {
    const tail = Array.from(
      { length: 20 },
      (_, i) => [(i + 2) * HOUR, (i + 3) * HOUR, 0.005] as const,
    )
    const forecast = forecastOf([[HOUR, 2 * HOUR, 0.7], ...tail])
    await addName(database.db, 'soon.com', { phase: 'pendingDelete', forecast })
    const [told, json] = await Promise.all([
      vigie(['forecast', 'soon.com', 'stranger.com'], here),
      vigie(['forecast', 'soon.com', '--json'], here),
    ])
    expect(told.status).toBe(1)
    expect(told.stderr).toContain('stranger.com was never watched')
    expect(told.stdout).toMatch(/^soon\.com: pending delete$/m)
    expect(told.stdout).toMatch(/next look .*UTC, because: the promised looks of the day/)
    expect(told.stdout.match(/ UTC +\d+ %$/gm)?.map((row) => row.trim().split(/ {2,}/)[1])).toEqual(
      ['70 %', '10 %'],
    )
    expect(told.stdout).toMatch(/not this time.* 20 %/)
    expect(json.json[0]).toMatchObject({ name: 'soon.com', nextLook: { because: 'promise' } })
    const { segments } = json.json[0]!.forecast as { segments: unknown[] }
    expect(segments).toHaveLength(21)
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
    const args = ['token', 'create', '--name', 'shop', '--scope', 'orders', 'support', '--json']
    const [shop] = (await vigie(args, here)).json
    expect(shop).toMatchObject({ name: 'shop', scopes: ['orders', 'support'] })

    const list = await vigie(['token', 'list'], here)
    expect(list.stdout).toContain(token!.id)
    expect(list.stdout).not.toContain('vigie_')
    await vigie(['token', 'revoke', token!.id], here)
    expect(await findToken(db, alone.stdout.trim())).toBeNull()
    const again = await vigie(['token', 'revoke', token!.id], here)
    expect(again.status).toBe(1)
  })
})

describe('vigie beside a sandbox', () => {
  it('probes its servers without an installation, and finds nothing wrong with one', async () => {
    const { path, remove } = await openTemporaryFolder()
    const stateDir = join(path, 'sandbox')
    await mkdir(stateDir)
    const { ready, stop } = await spawnSandbox(['--state', stateDir])
    const free = ready.names.free.find((name) => name.endsWith('.com'))!
    const held = ready.names.active.find((name) => name.endsWith('.be'))!
    const server = (port: number) => `127.0.0.1:${port}`
    const env = {
      ...here,
      VIGIE_REGISTRIES: 'sandbox',
      VIGIE_HOME: path,
      VIGIE_SANDBOX: join(stateDir, 'ready.json'),
      VIGIE_SECRET_KEY: SEALING_KEY.toString('base64'),
    }
    const [rdap, text, silent, look, doctor] = await Promise.all([
      vigie(['probe', free, '--rdap-base', ready.rdap]),
      vigie([
        'probe',
        held,
        ...['--whois-server', server(ready.whois), '--das-server', server(ready.das)],
        ...['--dns-server', server(ready.dns)],
      ]),
      vigie(['probe', free, '--rdap-base', 'http://127.0.0.1:1/']),
      vigie(['probe', '--source', 'epp', held], env),
      vigie(['doctor', '--json'], env),
    ])
    await stop()
    await remove()
    expect(rdap.json).toEqual([expect.objectContaining({ name: free, kind: 'absent' })])
    expect(text.json.map(({ source, kind }) => [source, kind])).toEqual([
      ['whois', 'registered'],
      ['das', 'registered'],
      ['dns', 'delegated'],
    ])
    expect([silent.status, silent.stderr]).toEqual([1, 'vigie: 1 look brought no answer.\n'])
    expect(look.json).toEqual([
      expect.objectContaining({ source: 'epp', host: 'epp:dnsBelgium', kind: 'registered' }),
    ])
    expect(doctor.json.filter(({ ok }) => !ok)).toEqual([])
    expect(doctor.status).toBe(0)
  })

  it('says what is wrong with one, and how to mend it', async () => {
    const env = {
      ...here,
      VIGIE_REGISTRIES: 'sandbox',
      VIGIE_SECRET_KEY: Buffer.alloc(32, 8).toString('base64'),
    }
    const { status, json } = await vigie(['doctor', '--json'], env)
    expect(status).toBe(1)
    const wrong = json.filter(({ ok }) => !ok)
    expect(wrong.map(({ check }) => check)).toEqual(['secret key', 'sandbox'])
    for (const { remedy } of wrong) expect(remedy).toMatch(/./)
  })

  it('runs one alone, with its first line alone on standard output', async () => {
    const child = spawnVigie(['sandbox', '--seed', '4'], {})
    const printed: Buffer[] = []
    child.stdout.on('data', (chunk) => printed.push(chunk))
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    const [status] = await once(child, 'close')
    expect(status).toBe(0)
    expect(JSON.parse(Buffer.concat(printed).toString())).toHaveProperty('epp.verisign')
  })
})

/** Asks again and again until there is an answer. */
async function eventually<T>(ask: () => Promise<T | null | undefined>): Promise<T> {
  for (let tries = 0; tries < 1_000; tries++) {
    const answer = await ask()
    if (answer) return answer
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('there was no answer')
}
