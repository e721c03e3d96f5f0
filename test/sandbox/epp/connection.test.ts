import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { skipWithoutXmllint } from '../../support/xmllint.ts'
import { faultsOfAnswers } from './client.ts'
import { check, command, create, frame, logout, poll } from './frames.ts'
import { openRegistry, START } from './registry.ts'

afterAll(async () => {
  if (!skipWithoutXmllint()) expect(await faultsOfAnswers()).toEqual([])
})

const HELLO = frame('<hello/>')
const dateOf = (greeting: string) => new Date(/<svDate>(.*?)</.exec(greeting)![1]!).getTime()

describe('greeting', () => {
  it('comes on connecting and at each hello, dated by the registry', async () => {
    const registry = await openRegistry('pir')
    const client = await registry.connect()
    expect(client.greeting).toContain('<svID>Sandbox EPP server, pir</svID>')
    expect(client.greeting).toContain('<extURI>urn:ietf:params:xml:ns:rgp-1.0</extURI>')
    const first = dateOf(client.greeting)
    expect(first).toBeGreaterThanOrEqual(START.getTime())
    registry.clock.leapTo(new Date('2030-03-01T00:00:00Z'))
    client.send(HELLO)
    expect(new Date(dateOf(await client.next())).toISOString()).toMatch(/^2030-03-01T00:00/)
  })

  it('is wrong by the skew of the registry, and by minutes while its clock is at fault', async () => {
    const registry = await openRegistry('pir', { skewMs: 90_000 })
    const client = await registry.connect()
    const ahead = dateOf(client.greeting) - registry.clock.now().getTime()
    expect(Math.round(ahead / 1000)).toBe(90)
    registry.manners.faults = ['skewed-clock']
    client.send(HELLO)
    expect(dateOf(await client.next()) - registry.clock.now().getTime()).toBeGreaterThan(400_000)
  })
})

describe('frames', () => {
  it('are put together however they are cut', async () => {
    const client = await (await openRegistry('pir')).open()
    const body = Buffer.from(check(['vent-debout.org']))
    const head = Buffer.alloc(4)
    head.writeUInt32BE(body.length + 4)
    for (const byte of Buffer.concat([head, body])) client.socket.write(Buffer.of(byte))
    expect((await client.hear()).code).toBe(1000)
  })

  it('are answered in the order they came when a client does not wait', async () => {
    const client = await (await openRegistry('pir', { latencyMs: 10 })).open()
    const ids = Array.from({ length: 150 }, (_, i) => `pipelined-${i}`)
    for (const id of ids) client.send(command('<poll op="req"/>', '', id))
    const answered: (string | null)[] = []
    for (const _ of ids) answered.push((await client.hear()).clTRID)
    expect(answered).toEqual(ids)
  })

  it.each([
    ['too long a frame', Buffer.from([0, 1, 0, 1, 60])],
    ['a frame without content', Buffer.from([0, 0, 0, 4])],
    ['a frame that is no text', Buffer.from([0, 0, 0, 6, 0xc3, 0x28])],
  ])('end the connection with 2500 for %s, behind the answers before it', async (_what, bytes) => {
    const client = await (await openRegistry('pir')).open()
    client.send(poll('req'))
    client.socket.write(bytes)
    expect((await client.hear()).code).toBe(1300)
    expect((await client.hear()).code).toBe(2500)
    await client.closed
  })

  it.each([
    ['no XML', 'register vent-debout.org for me', 2001],
    ['XML that is cut off', '<epp xmlns="urn:ietf:params:xml:ns:epp-1.0"><command>', 2001],
    [
      'a document type',
      '<!DOCTYPE epp [<!ENTITY a "b">]><epp xmlns="urn:ietf:params:xml:ns:epp-1.0"/>',
      2001,
    ],
    ['another root', '<html/>', 2001],
    ['EPP of no namespace', '<epp><hello/></epp>', 2001],
    ['two things at once', frame('<hello/><hello/>'), 2001],
    ['an empty command', frame('<command/>'), 2001],
    ['a response', frame('<response/>'), 2001],
    ['a protocol extension', frame('<extension><a xmlns="urn:a"/></extension>'), 2101],
    ['an unknown command', command('<seize/>'), 2000],
    ['two commands at once', command('<logout/><logout/>'), 2001],
    ['a command on nothing', command('<check/>'), 2001],
    [
      'another verb inside',
      command('<check><d:info xmlns:d="urn:ietf:params:xml:ns:domain-1.0"/></check>'),
      2001,
    ],
    ['an unknown object', command('<check><z:check xmlns:z="urn:zone"/></check>'), 2307],
    ['an unknown extension', check(['a.org'], '<z:z xmlns:z="urn:zone"/>'), 2103],
    ['a clTRID that is too short', command('<poll op="req"/>', '', 'ab'), 2001],
  ])('are refused and survived: %s', async (_what, xml, code) => {
    const client = await (await openRegistry('pir')).open()
    expect((await client.ask(xml)).code).toBe(code)
    expect((await client.ask(poll('req'))).code).toBe(1300)
  })

  it('have the clTRID of the client echoed, even when refused, and an svTRID of their own', async () => {
    const client = await (await openRegistry('pir')).open()
    const first = await client.ask(command('<seize/>', '', 'mine-1'))
    const second = await client.ask(frame('<command><poll op="req"/></command>'))
    expect([first.clTRID, second.clTRID]).toEqual(['mine-1', null])
    expect(first.svTRID).not.toBe(second.svTRID)
  })

  it('are handed to the recorder before they are carried out, without secrets', async () => {
    const registry = await openRegistry('pir')
    const client = await registry.open()
    await client.ask(create('vent-debout.org'))
    client.send('no XML <pw>haute-mer-1789')
    await client.next()
    expect(registry.recorded.map(({ key }) => key)).toEqual(['pir', 'pir', 'pir'])
    const all = registry.recorded.map(({ xml }) => xml).join('\n')
    expect(all).toContain('vent-debout.org')
    expect(all).not.toMatch(/haute-mer-1789|aB3!secret/)
  })
})

describe('garbage', () => {
  it('never takes the server down, and others are served meanwhile', async () => {
    const registry = await openRegistry('pir')
    const other = await registry.open()
    const xmlish = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '<epp xmlns="urn:ietf:params:xml:ns:epp-1.0">',
            '</epp>',
            '<command>',
            '</command>',
            '<create>',
            '<login>',
            '<clTRID>',
            '&amp;',
            '<![CDATA[',
            '<domain:name xmlns:domain="urn:ietf:params:xml:ns:domain-1.0">',
          ),
          fc.string({ unit: 'binary', maxLength: 20 }),
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''))
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      xmlish.map((text) => {
        const body = Buffer.from(text)
        const head = Buffer.alloc(4)
        head.writeUInt32BE(body.length + 4)
        return Buffer.concat([head, body])
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 5 }), async (pieces) => {
        const client = await registry.connect()
        for (const bytes of pieces) client.socket.write(bytes)
        client.socket.end()
        await client.closed
      }),
      { numRuns: 60 },
    )
    expect((await other.ask(poll('req'))).code).toBe(1300)
  })

  it('inside a well-formed command is refused with a code of RFC 5730', async () => {
    const registry = await openRegistry('pir')
    const client = await registry.open()
    const text = fc.string({ maxLength: 12 }).map((s) => s.replace(/[^ -~]|[<>&"']/g, ''))
    const part = fc.constantFrom(
      'name',
      'period',
      'ns',
      'authInfo',
      'contact',
      'add',
      'chg',
      'pw',
      'status',
    )
    const tree = fc.letrec((tie) => ({
      node: fc
        .tuple(
          part,
          fc.oneof(
            { maxDepth: 4 },
            text,
            fc.array(tie('node'), { maxLength: 3 }).map((all) => all.join('')),
          ),
        )
        .map(
          ([name, inner]) => `<domain:${name} type="a" unit="y" s="ok">${inner}</domain:${name}>`,
        ),
    })).node
    const verb = fc.constantFrom('check', 'info', 'create', 'delete', 'renew', 'update', 'transfer')
    await fc.assert(
      fc.asyncProperty(verb, fc.array(tree, { maxLength: 5 }), async (name, nodes) => {
        const answer = await client.ask(
          command(
            `<${name} op="request"><domain:${name} xmlns:domain="urn:ietf:params:xml:ns:domain-1.0">${nodes.join('')}</domain:${name}></${name}>`,
          ),
        )
        expect([1000, 2001, 2003, 2004, 2005, 2102, 2201, 2303, 2306]).toContain(answer.code)
      }),
      { numRuns: 150 },
    )
  })

  it('that is no TLS at all is turned away', async () => {
    const registry = await openRegistry('pir')
    const socket = connect(registry.port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => {})
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.write('GET / HTTP/1.1\r\n\r\n')
    await closed
    await registry.open()
  })
})

describe('time', () => {
  const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
    const from = performance.now()
    await work()
    return performance.now() - from
  }

  it('passes on the way there and back, for pipelined commands together', async () => {
    const client = await (await openRegistry('pir', { latencyMs: 60 })).open()
    const one = await elapsed(() => client.ask(poll('req')))
    expect(one).toBeGreaterThan(57)
    const ten = await elapsed(async () => {
      for (let i = 0; i < 10; i += 1) client.send(poll('req'))
      for (let i = 0; i < 10; i += 1) await client.hear()
    })
    expect(ten).toBeLessThan(500)
  })

  it('passes between two commands of a session where the registry wants a gap, and it is no refusal', async () => {
    const client = await (await openRegistry('afnic', { spacingMs: 50 })).open()
    const took = await elapsed(async () => {
      for (let i = 0; i < 3; i += 1) client.send(poll('req'))
      for (let i = 0; i < 3; i += 1) expect((await client.hear()).code).toBe(1300)
    })
    expect(took).toBeGreaterThan(140)
  })

  it('ends a session that is too old, and one that says nothing', async () => {
    const aging = await openRegistry('pir', { sessionMaxAgeMs: 80 })
    const old = await aging.open()
    await old.closed
    const idle = await (await openRegistry('pir', {}, { idleMs: 80 })).connect()
    await idle.closed
    expect((await aging.open()).greeting).not.toBe('')
  })
})

it('says goodbye after a logout', async () => {
  const client = await (await openRegistry('pir')).open()
  expect((await client.ask(logout())).code).toBe(1500)
  await client.closed
})
