import { afterAll, describe, expect, it } from 'vitest'
import { skipWithoutXmllint } from '../../support/xmllint.ts'
import { faultsOfAnswers } from './client.ts'
import {
  auth,
  create,
  info,
  person,
  poll,
  remove,
  renew,
  restore,
  role,
  transfer,
  update,
  years,
} from './frames.ts'
import { openRegistry } from './registry.ts'

afterAll(async () => {
  if (!skipWithoutXmllint()) expect(await faultsOfAnswers()).toEqual([])
})

const RGP = 'urn:ietf:params:xml:ns:rgp-1.0'

describe('delete and restore', () => {
  it('frees a name at once within the add period, and answers 1001 when stages are ahead', async () => {
    const registry = await openRegistry('pir')
    const client = await registry.open()
    await client.ask(create('vent-debout.org'))
    expect((await client.ask(remove('vent-debout.org'))).code).toBe(1000)
    expect((await client.ask(info('vent-debout.org'))).code).toBe(2303)
    await client.ask(create('vent-debout.org'))
    registry.clock.leapTo(new Date('2030-02-20T10:00:00Z'))
    expect((await client.ask(remove('vent-debout.org'))).code).toBe(1001)
    expect((await client.ask(remove('vent-debout.org'))).code).toBe(2304)
    expect((await client.ask(remove('grand-largue.org'))).code).toBe(2201)
    expect((await client.ask(remove('no-such-name.org'))).code).toBe(2303)
  })

  it('restores a deleted name by an update with the RGP extension', async () => {
    const registry = await openRegistry('pir')
    const client = await registry.open('vigie', [RGP])
    await client.ask(create('vent-debout.org'))
    registry.clock.leapTo(new Date('2030-02-20T10:00:00Z'))
    await client.ask(remove('vent-debout.org'))
    expect((await client.ask(restore('vent-debout.org', 'undo'))).code).toBe(2005)
    expect((await client.ask(restore('vent-debout.org', 'report'))).code).toBe(2003)
    expect((await client.ask(restore('vent-debout.org'))).code).toBe(1000)
    const statuses = (await client.ask(info('vent-debout.org')))
      .findAll('status')
      .map(({ attributes }) => attributes.s)
    expect(statuses).not.toContain('pendingDelete')
    const report =
      '<rgp:report><rgp:preData>before</rgp:preData><rgp:postData>after</rgp:postData><rgp:delTime>2030-02-20T10:00:00Z</rgp:delTime>' +
      '<rgp:resTime>2030-02-20T10:00:01Z</rgp:resTime><rgp:resReason>Registrant error.</rgp:resReason><rgp:statement>One.</rgp:statement></rgp:report>'
    expect((await client.ask(restore('vent-debout.org', 'report', report))).code).toBe(1000)
    expect((await client.ask(restore('vent-debout.org'))).code).toBe(2304)
  })

  it('lets a client that did not name the RGP extension at login use it all the same', async () => {
    const registry = await openRegistry('pir')
    const client = await registry.open('vigie', [])
    expect((await client.ask(restore('homme-a-la-mer.org'))).code).toBe(2201)
  })
})

describe('renew', () => {
  it('adds years when the expiry is the one it thinks, once', async () => {
    const client = await (await openRegistry('pir')).open()
    await client.ask(create('vent-debout.org'))
    const answer = await client.ask(renew('vent-debout.org', '2031-01-15', years(2)))
    expect([answer.code, answer.find('exDate')?.text.slice(0, 10)]).toEqual([1000, '2033-01-15'])
    expect((await client.ask(renew('vent-debout.org', '2031-01-15', years(2)))).code).toBe(2004)
    expect((await client.ask(renew('vent-debout.org', '2031-02-30'))).code).toBe(2005)
    expect((await client.ask(renew('vent-debout.org', 'tomorrow'))).code).toBe(2005)
    expect((await client.ask(renew('grand-largue.org', '2031-01-15'))).code).toBe(2201)
  })
})

describe('update', () => {
  it('changes statuses, contacts, registrant and authInfo', async () => {
    const client = await (await openRegistry('pir')).open()
    await client.ask(person('ada-1'))
    await client.ask(create('vent-debout.org'))
    const change =
      `<domain:add>${role('tech', 'ada-1')}<domain:status s="clientHold">Payment overdue.</domain:status></domain:add>` +
      `<domain:chg><domain:registrant>ada-1</domain:registrant>${auth('nEw!secret')}</domain:chg>`
    expect((await client.ask(update('vent-debout.org', change))).code).toBe(1000)
    const seen = await client.ask(info('vent-debout.org'))
    expect(seen.findAll('status').map(({ attributes }) => attributes.s)).toContain('clientHold')
    expect([seen.find('registrant')?.text, seen.find('pw')?.text, seen.find('upID')?.text]).toEqual(
      ['ada-1', 'nEw!secret', 'vigie'],
    )
    const back = `<domain:rem>${role('tech', 'ada-1')}<domain:status s="clientHold"/></domain:rem><domain:chg><domain:authInfo><domain:null/></domain:authInfo></domain:chg>`
    expect((await client.ask(update('vent-debout.org', back))).code).toBe(1000)
    const after = await client.ask(info('vent-debout.org'))
    expect([after.find('contact'), after.find('authInfo')]).toEqual([null, null])
  })

  it.each([
    ['nothing to change', '', 2003],
    ["a server's status", '<domain:add><domain:status s="serverHold"/></domain:add>', 2306],
    ['a strange status', '<domain:add><domain:status s="sleepy"/></domain:add>', 2005],
    [
      'a status that is not there',
      '<domain:rem><domain:status s="clientHold"/></domain:rem>',
      2306,
    ],
    ['no registrant', '<domain:chg><domain:registrant/></domain:chg>', 2306],
    ['parts out of order', '<domain:chg/><domain:add/>', 2001],
  ])('refuses %s', async (_what, inner, code) => {
    const client = await (await openRegistry('pir')).open()
    await client.ask(create('vent-debout.org'))
    expect((await client.ask(update('vent-debout.org', inner))).code).toBe(code)
  })

  it('is prohibited by its own status until that is taken away', async () => {
    const client = await (await openRegistry('pir')).open()
    await client.ask(create('vent-debout.org'))
    const lock = '<domain:status s="clientUpdateProhibited"/>'
    await client.ask(update('vent-debout.org', `<domain:add>${lock}</domain:add>`))
    expect(
      (
        await client.ask(
          update('vent-debout.org', `<domain:chg>${auth('nEw!secret')}</domain:chg>`),
        )
      ).code,
    ).toBe(2304)
    expect(
      (await client.ask(update('vent-debout.org', `<domain:rem>${lock}</domain:rem>`))).code,
    ).toBe(1000)
  })
})

describe('transfer', () => {
  async function twoRegistrars() {
    const registry = await openRegistry('pir')
    const losing = await registry.open('quayside')
    await losing.ask(create('vent-debout.org'))
    registry.clock.leapTo(new Date('2030-06-01T10:00:00Z'))
    return { registry, losing, gaining: await registry.open() }
  }

  it('is requested with the authInfo, told to both, and approved by the losing registrar', async () => {
    const { losing, gaining } = await twoRegistrars()
    expect((await gaining.ask(transfer('request', 'vent-debout.org'))).code).toBe(2003)
    expect((await gaining.ask(transfer('request', 'vent-debout.org', 'wrong one'))).code).toBe(2202)
    const asked = await gaining.ask(transfer('request', 'vent-debout.org', 'aB3!secret'))
    expect([
      asked.code,
      asked.find('trStatus')?.text,
      asked.find('reID')?.text,
      asked.find('acID')?.text,
    ]).toEqual([1001, 'pending', 'vigie', 'quayside'])
    expect((await gaining.ask(transfer('request', 'vent-debout.org', 'aB3!secret'))).code).toBe(
      2300,
    )
    expect((await gaining.ask(transfer('approve', 'vent-debout.org'))).code).toBe(2201)
    expect((await losing.ask(poll('req'))).code).toBe(1301)
    const approved = await losing.ask(transfer('approve', 'vent-debout.org'))
    expect([approved.code, approved.find('trStatus')?.text]).toEqual([1000, 'clientApproved'])
    expect((await gaining.ask(info('vent-debout.org'))).find('clID')?.text).toBe('vigie')
    expect((await gaining.ask(transfer('query', 'vent-debout.org'))).find('trStatus')?.text).toBe(
      'clientApproved',
    )
  })

  it.each([
    ['reject', 'losing', 'clientRejected'],
    ['cancel', 'gaining', 'clientCancelled'],
  ] as const)('can end by %s', async (op, who, status) => {
    const parties = await twoRegistrars()
    await parties.gaining.ask(transfer('request', 'vent-debout.org', 'aB3!secret'))
    const answer = await parties[who].ask(transfer(op, 'vent-debout.org'))
    expect([answer.code, answer.find('trStatus')?.text]).toEqual([1000, status])
    expect((await parties[who].ask(transfer(op, 'vent-debout.org'))).code).toBe(2301)
  })

  it.each([
    ['', 2003],
    ['steal', 2005],
  ])('does not know the operation "%s"', async (op, code) => {
    const client = await (await openRegistry('pir')).open()
    expect((await client.ask(transfer(op, 'vent-debout.org'))).code).toBe(code)
  })

  it('is refused for a name that is ours already', async () => {
    const { losing } = await twoRegistrars()
    expect((await losing.ask(transfer('request', 'vent-debout.org', 'aB3!secret'))).code).toBe(2106)
  })
})
