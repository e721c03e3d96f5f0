import { afterAll, describe, expect, it } from 'vitest'
import { skipWithoutXmllint } from '../../support/xmllint.ts'
import { faultsOfAnswers, type RawClient } from './client.ts'
import {
  check,
  contact,
  create,
  host,
  hostAttr,
  hostObj,
  info,
  person,
  product,
  remove,
  renew,
  role,
  update,
  years,
} from './frames.ts'
import { openRegistry } from './registry.ts'

afterAll(async () => {
  if (!skipWithoutXmllint()) expect(await faultsOfAnswers()).toEqual([])
})

const EMPTY = '<domain:authInfo><domain:pw/></domain:authInfo>'
const ns = hostAttr('ns1.example.net', 'ns2.example.net')
const reasons = async (client: RawClient, xml: string) =>
  (await client.ask(xml)).findAll('reason').map(({ text }) => text)

describe('Verisign', () => {
  it('wants the product of every domain command, and says it again in the answer', async () => {
    const client = await (await openRegistry('verisign')).open()
    const bare = await client.ask(check(['vent-debout.com']))
    expect([
      bare.code,
      bare.reason,
      bare.find('nsExtErrData')?.children[0]?.attributes.code,
    ]).toEqual([2306, 'NameStore Extension not provided', '1'])
    expect(
      (await client.ask(info('grand-largue.com', { extension: product('dotORG') }))).code,
    ).toBe(2306)
    expect(
      (await client.ask(info('grand-largue.com', { extension: product('dotNET') }))).code,
    ).toBe(2306)
    const told = await client.ask(info('grand-largue.com', { extension: product('dotCOM') }))
    expect([told.code, told.find('subProduct')?.text]).toEqual([1000, 'dotCOM'])
    expect(
      await reasons(client, check(['grand-largue.com', 'grand-largue.net'], product('com'))),
    ).toEqual(['Domain exists', 'Domain exists'])
  })

  it('keeps no contacts', async () => {
    const client = await (await openRegistry('verisign')).open()
    const extension = product('dotCOM')
    expect(
      (await client.ask(create('vent-debout.com', { registrant: 'ada-1', extension }))).code,
    ).toBe(2306)
    expect(
      (await client.ask(create('vent-debout.com', { contacts: role('tech', 'ada-1'), extension })))
        .code,
    ).toBe(2306)
    expect((await client.ask(person('ada-1'))).code).toBe(2307)
    expect((await client.ask(contact('check', '<contact:id>ada-1</contact:id>'))).code).toBe(2307)
    expect((await client.ask(create('vent-debout.com', { extension }))).code).toBe(1000)
    expect((await client.ask(remove('vent-debout.com', extension))).find('subProduct')?.text).toBe(
      'dotCOM',
    )
  })

  it('wants the language of an IDN', async () => {
    const client = await (await openRegistry('verisign')).open()
    const tag =
      '<idnLang:tag xmlns:idnLang="http://www.verisign.com/epp/idnLang-1.0">FRE</idnLang:tag>'
    expect(
      (await client.ask(create('xn--caf-dma.com', { extension: product('dotCOM') }))).code,
    ).toBe(2003)
    expect(
      (await client.ask(create('xn--caf-dma.com', { extension: product('dotCOM') + tag }))).code,
    ).toBe(1000)
  })
})

describe('AFNIC', () => {
  it('tells reasons in its own words', async () => {
    const client = await (await openRegistry('afnic')).open()
    const answer = await client.ask(
      check([
        'vent-debout.fr',
        'grand-largue.fr',
        'capitainerie.fr',
        'pirate.fr',
        'phare.fr',
        'else.com',
      ]),
    )
    expect(answer.findAll('reason').map(({ text }) => text)).toEqual([
      'In use',
      'Reserved name',
      'Forbidden name',
      'Zone not opened',
      'Zone not served here',
    ])
    const flags = answer
      .findAll('name')
      .filter(({ ns: uri }) => uri.includes('frnic'))
      .map(({ attributes: a }) => `${a.reserved}${a.forbidden}`)
    expect(flags).toEqual(['00', '00', '10', '01', '00', '00'])
  })

  it('wants a registrant who may hold the name, one admin and up to three tech contacts', async () => {
    const client = await (await openRegistry('afnic')).open()
    const id = (await client.ask(person('ada-1'))).find('id')!.text
    expect(id).not.toBe('ada-1')
    const abroad = (await client.ask(person('bob-1', { name: 'Bob Roe', cc: 'US' }))).find(
      'id',
    )!.text
    const order = (registrant: string, contacts: string) =>
      create('vent-debout.fr', { registrant, contacts, ns })
    const both = role('admin', id) + role('tech', id)
    expect((await client.ask(order('', both))).code).toBe(2003)
    expect((await client.ask(order(id, role('tech', id)))).code).toBe(2003)
    expect((await client.ask(order(id, role('admin', id)))).code).toBe(2003)
    expect((await client.ask(order(id, role('admin', id) + both))).code).toBe(2306)
    expect((await client.ask(order(id, both + role('billing', id)))).code).toBe(2306)
    expect((await client.ask(order(id, both + role('tech', id).repeat(3)))).code).toBe(2306)
    expect((await client.ask(order(abroad, both))).code).toBe(2306)
    expect((await client.ask(order('nobody', both))).code).toBe(2303)
    const done = await client.ask(order(id, both))
    expect([done.code, done.find('crDate')?.text]).toEqual([
      1000,
      expect.stringMatching(/\.\d{3}Z$/),
    ])
  })

  it('keeps name servers with the name, and no host objects', async () => {
    const client = await (await openRegistry('afnic')).open()
    expect((await client.ask(host('check', '<host:name>ns1.example.net</host:name>'))).code).toBe(
      2307,
    )
    expect(
      (await client.ask(create('vent-debout.fr', { ns: hostObj('ns1.example.net') }))).code,
    ).toBe(2306)
  })
})

describe('EURid', () => {
  it('tells the release of a name in quarantine to the millisecond', async () => {
    const registry = await openRegistry('eurid')
    const client = await registry.open()
    const answer = await client.ask(
      check(['vent-debout.eu', 'grand-largue.eu', 'pavillon-jaune.eu', 'capitainerie.eu']),
    )
    expect(answer.findAll('reason').map(({ text }) => text)).toEqual([
      'in use',
      'quarantine',
      'reserved',
    ])
    const released = answer.find('availableDate')!.text
    expect(released).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(answer.findAll('domain').length).toBe(1)
    const told = await client.ask(info('pavillon-jaune.eu'))
    expect([told.find('quarantined')?.text, told.find('availableDate')?.text]).toEqual([
      'true',
      released,
    ])
    expect(told.find('deletionDate')).not.toBeNull()
  })

  it.each(['2.4', '2.5', '2.6'])(
    'answers in version %s of its extension to those who speak it',
    async (version) => {
      const uri = `http://www.eurid.eu/xml/epp/domain-ext-${version}`
      const client = await (await openRegistry('eurid')).open('vigie', [uri])
      expect((await client.ask(check(['pavillon-jaune.eu']))).find('availableDate')?.ns).toBe(uri)
    },
  )

  it('takes U-labels and gives both forms', async () => {
    const client = await (await openRegistry('eurid')).open()
    await client.ask(person('ada-1'))
    const contacts = role('billing', 'ada-1') + role('tech', 'ada-1')
    const order = { registrant: 'ada-1', contacts, ns, authInfo: EMPTY }
    const made = await client.ask(create('café-noir.eu', order))
    expect([made.code, made.find('name')?.text, made.find('ace')?.text]).toEqual([
      1000,
      'café-noir.eu',
      'xn--caf-noir-d1a.eu',
    ])
    const seen = await client.ask(info('xn--caf-noir-d1a.eu'))
    expect([seen.find('name')?.text, seen.find('unicode')?.text]).toEqual([
      'xn--caf-noir-d1a.eu',
      'café-noir.eu',
    ])
    expect((await client.ask(check(['CAFÉ-NOIR.eu']))).find('name')?.text).toBe('café-noir.eu')
  })

  it('keeps onsite contacts by its extension', async () => {
    const uri = 'http://www.eurid.eu/xml/epp/domain-ext-2.4'
    const client = await (await openRegistry('eurid')).open()
    await client.ask(person('ada-1'))
    const part = (verb: string, inner: string) => `<x:${verb} xmlns:x="${uri}">${inner}</x:${verb}>`
    const onsite = '<x:contact type="onsite">ada-1</x:contact>'
    const contacts = role('billing', 'ada-1') + role('tech', 'ada-1')
    const order = { registrant: 'ada-1', contacts, ns, authInfo: EMPTY }
    expect(
      (
        await client.ask(
          create('vent-debout.eu', {
            ...order,
            extension: part('create', onsite.replace('onsite', 'reseller')),
          }),
        )
      ).code,
    ).toBe(2102)
    expect(
      (await client.ask(create('vent-debout.eu', { ...order, extension: part('create', onsite) })))
        .code,
    ).toBe(1000)
    const told = async () =>
      (await client.ask(info('vent-debout.eu')))
        .findAll('contact')
        .filter(({ ns: u }) => u.includes('eurid'))
        .map(({ text }) => text)
    expect(await told()).toEqual(['ada-1'])
    expect(
      (await client.ask(update('vent-debout.eu', '', part('update', `<x:rem>${onsite}</x:rem>`))))
        .code,
    ).toBe(1000)
    expect(await told()).toEqual([])
  })

  it('answers a delete with 1000, since quarantine is no pending delete of the standard', async () => {
    const registry = await openRegistry('eurid')
    const client = await registry.open()
    await client.ask(person('ada-1'))
    const contacts = role('billing', 'ada-1') + role('tech', 'ada-1')
    await client.ask(
      create('vent-debout.eu', { registrant: 'ada-1', contacts, ns, authInfo: EMPTY }),
    )
    registry.clock.leapTo(new Date('2030-03-01T00:00:00Z'))
    expect((await client.ask(remove('vent-debout.eu'))).code).toBe(1000)
    expect(await reasons(client, check(['vent-debout.eu']))).toEqual(['quarantine'])
  })
})

describe('DNS Belgium', () => {
  const versionTwo = (verb: string) =>
    `<dnsbe:ext xmlns:dnsbe="http://www.dns.be/xml/epp/dnsbe-1.0"><dnsbe:${verb}><dnsbe:domain version="2.0"/></dnsbe:${verb}></dnsbe:ext>`

  it('tells dates to those who ask for version 2.0, on a full hour', async () => {
    const client = await (await openRegistry('dnsBelgium')).open()
    const names = ['vent-debout.be', 'grand-largue.be', 'pavillon-jaune.be']
    const plain = await client.ask(check(names))
    expect(plain.findAll('reason').map(({ text }) => text)).toEqual(['in use', 'in use'])
    expect(plain.find('availableDate')).toBeNull()
    const dated = await client.ask(check(names, versionTwo('check')))
    expect(dated.findAll('availableDate').map(({ text }) => text)).toEqual([
      expect.stringMatching(/T\d\d:00:00\.000Z$/),
    ])
    const told = await client.ask(info('pavillon-jaune.be', { extension: versionTwo('info') }))
    expect([told.find('quarantined')?.text, told.find('onhold')?.text]).toEqual(['true', 'false'])
    expect(told.find('deletionDate')).not.toBeNull()
    expect((await client.ask(info('pavillon-jaune.be'))).find('quarantined')).toBeNull()
  })

  it('registers for one year, does not renew, and takes onsite contacts both ways', async () => {
    const client = await (await openRegistry('dnsBelgium')).open()
    await client.ask(person('ada-1'))
    const contacts = role('billing', 'ada-1') + role('tech', 'ada-1') + role('onsite', 'ada-1')
    const order = { registrant: 'ada-1', contacts, ns, authInfo: EMPTY }
    expect((await client.ask(create('vent-debout.be', { ...order, period: years(2) }))).code).toBe(
      2306,
    )
    expect(
      (await client.ask(create('vent-debout.be', { ...order, ns: hostObj('ns1.example.net') })))
        .code,
    ).toBe(2306)
    const made = await client.ask(create('vent-debout.be', order))
    expect([made.code, made.find('exDate')?.text.slice(0, 10)]).toEqual([1000, '2031-01-15'])
    const told = await client.ask(info('vent-debout.be', { extension: versionTwo('info') }))
    expect(told.findAll('contact').map(({ attributes }) => attributes.type)).toEqual([
      'billing',
      'tech',
      'onsite',
    ])
    expect((await client.ask(renew('vent-debout.be', '2031-01-15'))).code).toBe(2101)
  })
})
