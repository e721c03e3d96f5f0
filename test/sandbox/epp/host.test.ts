import { afterAll, describe, expect, it } from 'vitest'
import { skipWithoutXmllint } from '../../support/xmllint.ts'
import { faultsOfAnswers } from './client.ts'
import { create, host, hostObj, info, poll, transfer, update } from './frames.ts'
import { openRegistry } from './registry.ts'

afterAll(async () => {
  if (!skipWithoutXmllint()) expect(await faultsOfAnswers()).toEqual([])
})

const names = (...all: string[]) => all.map((name) => `<host:name>${name}</host:name>`).join('')
const addr = (address: string, ip = 'v4') => `<host:addr ip="${ip}">${address}</host:addr>`

describe('a host', () => {
  it('outside the registry is created without an address, and names can be delegated to it', async () => {
    const client = await (await openRegistry('pir')).open()
    expect((await client.ask(host('create', names('NS1.Example.NET')))).code).toBe(1000)
    expect((await client.ask(host('create', names('ns1.example.net')))).code).toBe(2302)
    const checked = await client.ask(host('check', names('ns1.example.net', 'ns2.example.net')))
    expect(checked.findAll('name').map(({ attributes }) => attributes.avail)).toEqual(['0', '1'])
    expect(
      (await client.ask(create('vent-debout.org', { ns: hostObj('ns1.example.net') }))).code,
    ).toBe(1000)
    expect((await client.ask(info('vent-debout.org'))).find('hostObj')?.text).toBe(
      'ns1.example.net',
    )
    const gone = `<domain:rem><domain:ns>${hostObj('ns1.example.net')}</domain:ns></domain:rem>`
    expect((await client.ask(update('vent-debout.org', gone))).code).toBe(1000)
    expect((await client.ask(info('vent-debout.org'))).find('hostObj')).toBeNull()
  })

  it('inside the registry needs its domain, sponsored by the same registrar, and an address', async () => {
    const registry = await openRegistry('pir')
    const client = await registry.open()
    const inside = (name: string, address = addr('192.0.2.1')) =>
      host('create', names(name) + address)
    expect((await client.ask(inside('ns1.vent-debout.org'))).code).toBe(2303)
    expect((await client.ask(inside('ns1.grand-largue.org'))).code).toBe(2201)
    await client.ask(create('vent-debout.org'))
    expect((await client.ask(inside('ns1.vent-debout.org', ''))).code).toBe(2003)
    expect((await client.ask(inside('ns1.vent-debout.org'))).code).toBe(1000)
    const change = `<host:add>${addr('2001:db8::1', 'v6')}</host:add><host:rem>${addr('192.0.2.1')}</host:rem><host:chg><host:name>ns2.vent-debout.org</host:name></host:chg>`
    expect((await client.ask(host('update', names('ns1.vent-debout.org') + change))).code).toBe(
      1000,
    )
    expect((await client.ask(host('info', names('ns1.vent-debout.org')))).code).toBe(2303)
    const told = await client.ask(host('info', names('ns2.vent-debout.org')))
    expect(told.findAll('addr').map(({ text, attributes }) => [attributes.ip, text])).toEqual([
      ['v6', '2001:db8::1'],
    ])
  })

  it.each([
    [
      'an address of the other kind',
      host('create', names('ns1.example.net') + addr('2001:db8::1')),
      2005,
    ],
    [
      'an address of no kind',
      host('create', names('ns1.example.net') + addr('192.0.2.1', 'v5')),
      2005,
    ],
    ['no name', host('create', names('')), 2003],
    ['a name of one label', host('create', names('ns1')), 2005],
    ['an update of nothing', host('update', names('ns1.example.net')), 2003],
    [
      'an update of statuses',
      host(
        'update',
        `${names('ns1.example.net')}<host:add><host:status s="clientUpdateProhibited"/></host:add>`,
      ),
      2102,
    ],
    [
      'an update of a stranger',
      host('update', `${names('ns1.example.net')}<host:chg>${names('ns2.example.net')}</host:chg>`),
      2303,
    ],
    ['a delete, which there is not', host('delete', names('ns1.example.net')), 2101],
  ])('is refused with %s', async (_what, xml, code) => {
    const client = await (await openRegistry('pir')).open()
    expect((await client.ask(xml)).code).toBe(code)
  })
})

describe('poll', () => {
  it('has nothing to say at first', async () => {
    const client = await (await openRegistry('pir')).open()
    const answer = await client.ask(poll('req'))
    expect([answer.code, answer.find('msgQ')]).toEqual([1300, null])
  })

  it('gives the oldest message until somebody acknowledges it', async () => {
    const registry = await openRegistry('pir')
    const losing = await registry.open('quayside')
    await losing.ask(create('vent-debout.org'))
    registry.clock.leapTo(new Date('2030-06-01T10:00:00Z'))
    const gaining = await registry.open()
    await gaining.ask(transfer('request', 'vent-debout.org', 'aB3!secret'))
    const first = await losing.ask(poll('req'))
    const queue = first.find('msgQ')!
    expect(first.code).toBe(1301)
    const count = Number(queue.attributes.count)
    expect(first.find('qDate')?.text).toMatch(/^2030-0[1-6]-.*Z$/)
    const again = await (await registry.open('quayside')).ask(poll('req'))
    expect(again.find('msgQ')?.attributes.id).toBe(queue.attributes.id)
    const acked = await losing.ask(poll('ack', queue.attributes.id))
    expect([acked.code, acked.find('msgQ')?.attributes.count]).toEqual([1000, String(count - 1)])
    expect((await losing.ask(poll('ack', queue.attributes.id))).code).toBe(2303)
    const next = await losing.ask(poll('req'))
    expect(next.find('msgQ')?.attributes.id).not.toBe(queue.attributes.id)
  })

  it.each([
    ['no message', poll('ack'), 2003],
    ['an unknown message', poll('ack', '999'), 2303],
    ['a strange operation', poll('peek'), 2005],
  ])('refuses %s', async (_what, xml, code) => {
    const client = await (await openRegistry('pir')).open()
    expect((await client.ask(xml)).code).toBe(code)
  })
})
