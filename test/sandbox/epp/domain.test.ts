import { afterAll, describe, expect, it } from 'vitest'
import { skipWithoutXmllint } from '../../support/xmllint.ts'
import { faultsOfAnswers } from './client.ts'
import {
  auth,
  check,
  create,
  domain,
  hostAttr,
  hostObj,
  info,
  person,
  role,
  update,
  years,
} from './frames.ts'
import { openRegistry, START } from './registry.ts'

afterAll(async () => {
  if (!skipWithoutXmllint()) expect(await faultsOfAnswers()).toEqual([])
})

describe('check', () => {
  it('answers each name of a check in the order asked', async () => {
    const client = await (await openRegistry('pir')).open()
    const answer = await client.ask(
      check([
        'vent-debout.org',
        'grand-largue.org',
        'capitainerie.org',
        'ancre.org',
        'bad_name.org',
        'else.com',
      ]),
    )
    expect(answer.code).toBe(1000)
    const told = answer
      .findAll('cd')
      .map((cd) => [cd.children[0]!.text, cd.children[0]!.attributes.avail, cd.children[1]?.text])
    expect(told).toEqual([
      ['vent-debout.org', '1', undefined],
      ['grand-largue.org', '0', 'In use'],
      ['capitainerie.org', '0', 'Reserved name'],
      ['ancre.org', '0', 'Premium name'],
      ['bad_name.org', '0', 'Invalid domain name'],
      ['else.com', '0', 'Zone not served here'],
    ])
  })

  it('takes no more names at once than the registry does', async () => {
    const client = await (await openRegistry('pir')).open()
    const many = Array.from({ length: 14 }, (_, i) => `name-${i}.org`)
    expect((await client.ask(check(many))).code).toBe(2306)
    expect((await client.ask(check(many.slice(1)))).code).toBe(1000)
  })

  it('tells the price of a create to those who ask, and none for a premium name', async () => {
    const client = await (await openRegistry('pir')).open()
    const fee =
      '<fee:check xmlns:fee="urn:ietf:params:xml:ns:epp:fee-1.0"><fee:currency>EUR</fee:currency><fee:command name="create">' +
      '<fee:period unit="y">2</fee:period></fee:command><fee:command name="restore"/></fee:check>'
    const answer = await client.ask(check(['vent-debout.org', 'ancre.org'], fee))
    expect(answer.findAll('fee').map(({ text }) => text)).toEqual(['19.40'])
    expect(answer.findAll('class').map(({ text }) => text)).toEqual(['standard', 'premium'])
    expect((await client.ask(check(['vent-debout.org'], fee.replace('EUR', 'USD')))).code).toBe(
      2004,
    )
  })
})

describe('create', () => {
  it('registers a free name, without contacts where they are optional, and tells the dates', async () => {
    const registry = await openRegistry('pir')
    const client = await registry.open()
    const answer = await client.ask(create('vent-debout.org', { period: years(2) }))
    expect(answer.code).toBe(1000)
    expect(answer.find('name')?.text).toBe('vent-debout.org')
    const created = new Date(answer.find('crDate')!.text)
    expect(created.getTime()).toBeGreaterThanOrEqual(START.getTime())
    expect(answer.find('exDate')!.text.slice(0, 10)).toBe('2032-01-15')
    expect((await client.ask(create('vent-debout.org'))).code).toBe(2302)
  })

  it.each([
    ['a reserved name', create('capitainerie.org'), 2306],
    ['a name of another registry', create('vent-debout.com'), 2306],
    ['no name', create(''), 2003],
    ['a name with an underscore', create('a_b.org'), 2005],
    ['a U-label', create('é.org'), 2005],
    [
      'an emoji A-label',
      create('xn--ls8h.org', {
        extension:
          '<i:data xmlns:i="urn:ietf:params:xml:ns:idn-1.0"><i:table>fr</i:table></i:data>',
      }),
      2306,
    ],
    ['an IDN without its language', create('xn--caf-dma.org'), 2003],
    ['eleven years', create('vent-debout.org', { period: years(11) }), 2306],
    ['no years', create('vent-debout.org', { period: years(0) }), 2004],
    ['half a year', create('vent-debout.org', { period: years(6, 'm') }), 2306],
    ['a strange unit', create('vent-debout.org', { period: years(1, 'd') }), 2005],
    ['a period in words', create('vent-debout.org', { period: years('one') }), 2005],
    [
      'a host that is not there',
      create('vent-debout.org', { ns: hostObj('ns1.nowhere.net') }),
      2303,
    ],
    ['hosts as attributes', create('vent-debout.org', { ns: hostAttr('ns1.nowhere.net') }), 2306],
    ['a registrant who is not there', create('vent-debout.org', { registrant: 'nobody' }), 2303],
    [
      'a contact who is not there',
      create('vent-debout.org', { contacts: role('admin', 'nobody') }),
      2303,
    ],
    [
      'a contact of a strange type',
      create('vent-debout.org', { contacts: role('janitor', 'nobody') }),
      2005,
    ],
    [
      'a contact without a type',
      create('vent-debout.org', { contacts: '<domain:contact>nobody</domain:contact>' }),
      2003,
    ],
    ['an id that is too long', create('vent-debout.org', { registrant: 'a'.repeat(17) }), 2005],
    ['no authInfo', create('vent-debout.org', { authInfo: '' }), 2003],
    ['an empty authInfo', create('vent-debout.org', { authInfo: auth('') }), 2003],
    [
      'authorization by an extension',
      create('vent-debout.org', {
        authInfo: '<domain:authInfo><domain:ext><a xmlns="urn:a"/></domain:ext></domain:authInfo>',
      }),
      2102,
    ],
    [
      'elements out of order',
      domain('create', `${auth('secret')}<domain:name>vent-debout.org</domain:name>`),
      2001,
    ],
    [
      'a strange element',
      domain('create', `<domain:name>a.org</domain:name>${auth('secret')}<domain:colour/>`),
      2001,
    ],
  ])('refuses %s', async (_what, xml, code) => {
    const registry = await openRegistry('pir')
    const client = await registry.open()
    expect((await client.ask(xml)).code).toBe(code)
    expect(registry.books.standing('vent-debout.org' as never).kind).toBe('free')
  })

  it('says in its own words that a name waits in the Dropzone', async () => {
    const registry = await openRegistry('pir')
    const client = await registry.open()
    const name = 'dernier-quart.org'
    for (
      let day = 0;
      registry.books.standing(name as never).kind === 'registered' && day < 40;
      day += 1
    )
      registry.clock.leapTo(new Date(registry.clock.now().getTime() + 6 * 3_600_000))
    expect(registry.books.standing(name as never).kind).toBe('dropzone')
    expect((await client.ask(check([name]))).find('reason')?.text).toBe('Name held in the dropzone')
    const refused = await client.ask(create(name))
    expect([refused.code, refused.reason]).toEqual([2308, 'Name held in the dropzone'])
  })

  it('takes an IDN that comes with its language', async () => {
    const client = await (await openRegistry('pir')).open()
    const extension =
      '<idn:data xmlns:idn="urn:ietf:params:xml:ns:idn-1.0"><idn:table>fr</idn:table><idn:uname>café.org</idn:uname></idn:data>'
    expect((await client.ask(create('xn--caf-dma.org', { extension }))).code).toBe(1000)
  })

  it('holds the agreed fee against the price', async () => {
    const client = await (await openRegistry('pir')).open()
    const fee = (euros: string) =>
      `<fee:create xmlns:fee="urn:ietf:params:xml:ns:epp:fee-1.0"><fee:currency>EUR</fee:currency><fee:fee>${euros}</fee:fee></fee:create>`
    expect((await client.ask(create('vent-debout.org', { extension: fee('1.00') }))).code).toBe(
      2004,
    )
    expect((await client.ask(create('vent-debout.org', { extension: fee('a lot') }))).code).toBe(
      2005,
    )
    const answer = await client.ask(create('vent-debout.org', { extension: fee('9.70') }))
    expect([answer.code, answer.find('fee')?.text]).toEqual([1000, '9.70'])
  })

  it('keeps DS records and tells them', async () => {
    const client = await (await openRegistry('pir')).open()
    const ds = (keyTag: number, digest = '38EC35D5B3A34B33') =>
      `<secDNS:dsData><secDNS:keyTag>${keyTag}</secDNS:keyTag><secDNS:alg>13</secDNS:alg><secDNS:digestType>2</secDNS:digestType><secDNS:digest>${digest}</secDNS:digest></secDNS:dsData>`
    const secDNS = (verb: string, inner: string) =>
      `<secDNS:${verb} xmlns:secDNS="urn:ietf:params:xml:ns:secDNS-1.1">${inner}</secDNS:${verb}>`
    expect(
      (
        await client.ask(
          create('vent-debout.org', { extension: secDNS('create', ds(1, 'not hex')) }),
        )
      ).code,
    ).toBe(2005)
    expect(
      (await client.ask(create('vent-debout.org', { extension: secDNS('create', ds(1)) }))).code,
    ).toBe(1000)
    const change = secDNS(
      'update',
      `<secDNS:rem>${ds(1)}</secDNS:rem><secDNS:add>${ds(2)}</secDNS:add>`,
    )
    expect((await client.ask(update('vent-debout.org', '', change))).code).toBe(1000)
    const tags = async () =>
      (await client.ask(info('vent-debout.org'))).findAll('keyTag').map(({ text }) => text)
    expect(await tags()).toEqual(['2'])
    const all = secDNS('update', '<secDNS:rem><secDNS:all>true</secDNS:all></secDNS:rem>')
    expect((await client.ask(update('vent-debout.org', '', all))).code).toBe(1000)
    expect(await tags()).toEqual([])
    expect((await client.ask(update('grand-largue.org', '', all))).code).toBe(2201)
  })
})

describe('info', () => {
  it('shows the sponsor everything', async () => {
    const client = await (await openRegistry('pir')).open()
    await client.ask(person('ada-1'))
    await client.ask(
      create('vent-debout.org', { registrant: 'ada-1', contacts: role('tech', 'ada-1') }),
    )
    const answer = await client.ask(info('vent-debout.org'))
    expect(answer.code).toBe(1000)
    expect(answer.find('registrant')?.text).toBe('ada-1')
    expect(answer.find('contact')?.attributes.type).toBe('tech')
    expect(answer.find('pw')?.text).toBe('aB3!secret')
    expect(answer.findAll('status').map(({ attributes }) => attributes.s)).toContain('inactive')
    expect(answer.findAll('rgpStatus').map(({ attributes }) => attributes.s)).toEqual(['addPeriod'])
  })

  it('shows others the registration, but neither contacts nor authInfo without the authInfo', async () => {
    const registry = await openRegistry('pir')
    const ours = await registry.open()
    await ours.ask(person('ada-1'))
    await ours.ask(create('vent-debout.org', { registrant: 'ada-1' }))
    const other = await registry.open('quayside')
    const seen = await other.ask(info('vent-debout.org'))
    expect([seen.code, seen.find('clID')?.text]).toEqual([1000, 'vigie'])
    expect(seen.find('crDate')?.text).toMatch(/^2030-01-15T10:00:\d\dZ$/)
    expect([seen.find('registrant'), seen.find('authInfo')]).toEqual([null, null])
    const trusted = await other.ask(info('vent-debout.org', { authInfo: 'aB3!secret' }))
    expect(trusted.find('registrant')?.text).toBe('ada-1')
    expect((await other.ask(info('vent-debout.org', { authInfo: 'wrong one' }))).code).toBe(2202)
  })

  it('leaves the name servers out for those who want none, and refuses a strange wish', async () => {
    const client = await (await openRegistry('pir')).open()
    expect((await client.ask(info('grand-largue.org'))).findAll('hostObj').length).toBe(2)
    expect(
      (await client.ask(info('grand-largue.org', { hosts: 'none' }))).findAll('hostObj'),
    ).toEqual([])
    expect((await client.ask(info('grand-largue.org', { hosts: 'some' }))).code).toBe(2005)
  })

  it.each([
    ['homme-a-la-mer.org', ['pendingDelete'], ['redemptionPeriod']],
    ['dernier-quart.org', ['pendingDelete'], ['pendingDelete']],
  ])('tells the stage of %s', async (name, statuses, rgp) => {
    const client = await (await openRegistry('pir')).open()
    const answer = await client.ask(info(name))
    expect(answer.findAll('status').map(({ attributes }) => attributes.s)).toEqual(
      expect.arrayContaining(statuses),
    )
    expect(answer.findAll('rgpStatus').map(({ attributes }) => attributes.s)).toEqual(rgp)
  })

  it('answers in no namespace that the client did not name at login', async () => {
    const client = await (await openRegistry('pir')).open('vigie', [])
    expect((await client.ask(info('homme-a-la-mer.org'))).find('rgpStatus')).toBeNull()
  })

  it.each(['vent-debout.org', 'capitainerie.org'])('does not know %s', async (name) => {
    const client = await (await openRegistry('pir')).open()
    const answer = await client.ask(info(name))
    expect([answer.code, answer.find('value')?.children[0]?.text]).toEqual([2303, name])
  })
})
