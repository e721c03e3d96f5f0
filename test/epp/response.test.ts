import { describe, expect, it } from 'vitest'
import {
  readCreateFees,
  readDomainCheck,
  readDomainCreated,
  readDomainInfo,
  readNewExpiry,
  readRgpStatuses,
} from '../../src/epp/domain-response.ts'
import { NS } from '../../src/epp/namespaces.ts'
import {
  readContactId,
  readContactInfo,
  readHostInfo,
  readObjectCheck,
} from '../../src/epp/object-response.ts'
import { type Response, readMessage } from '../../src/epp/response.ts'
import { XmlError } from '../../src/epp/xml.ts'
import { greeting, response } from '../support/fake-registry.ts'

function read(xml: string): Response {
  const message = readMessage(xml)
  if (message.kind !== 'response') throw new Error(`a ${message.kind}`)
  return message.response
}
const withData = (data: string, extension = '') => read(response(1000, { data, extension }))

describe('a greeting', () => {
  it('is read whatever its prefixes, with what it offers', () => {
    expect(readMessage(greeting(new Date('2026-11-30T18:59:59.123Z')))).toEqual({
      kind: 'greeting',
      greeting: {
        serverId: 'Fake',
        serverAt: new Date('2026-11-30T18:59:59.123Z'),
        languages: ['fr', 'en'],
        objects: [NS.domain, NS.contact, 'urn:x:other'],
        extensions: [NS.rgp, 'urn:x:unknown'],
      },
    })
  })

  it('without a readable date or a menu is still one', () => {
    const bare = `<epp xmlns="${NS.epp}"><greeting><svDate>now</svDate></greeting></epp>`
    expect(readMessage(bare)).toEqual({
      kind: 'greeting',
      greeting: { serverId: '', serverAt: null, languages: [], objects: [], extensions: [] },
    })
  })
})

describe('a response', () => {
  it('tells code, message, reasons, ids and queue', () => {
    const xml =
      `<epp xmlns="${NS.epp}"><response><trID><svTRID>S-1</svTRID><clTRID>C-1</clTRID></trID>` +
      '<msgQ id="12" count="3"><qDate>2026-01-01T00:00:00.0Z</qDate><msg>Transfer <b>done</b></msg></msgQ>' +
      '<result code="2306"><msg lang="en">Parameter value policy error</msg>' +
      '<value><x:a xmlns:x="urn:x">a.org</x:a></value>' +
      '<extValue><value><x:b xmlns:x="urn:x">tech</x:b></value><reason>Too many contacts</reason></extValue></result>' +
      '<result code="2308"><msg>And this</msg></result></response></epp>'
    expect(read(xml)).toMatchObject({
      code: 2306,
      message: 'Parameter value policy error',
      reasons: ['a.org', 'Too many contacts: tech', 'And this'],
      clTRID: 'C-1',
      svTRID: 'S-1',
      queue: { count: 3, id: '12', at: new Date('2026-01-01'), text: 'Transfer done' },
      data: null,
      extension: null,
    })
  })

  it('never repeats a secret that the registry quotes', () => {
    const xml = response(2202).replace(
      '</result>',
      '<value><d:pw xmlns:d="urn:d">hunter2</d:pw></value></result>',
    )
    expect(read(xml).reasons).toEqual([])
  })

  it.each([
    ['another document', '<html/>'],
    ['another namespace', '<epp><response/></epp>'],
    ['a command', `<epp xmlns="${NS.epp}"><command><logout/></command></epp>`],
    ['no result', `<epp xmlns="${NS.epp}"><response/></epp>`],
    ['no code', `<epp xmlns="${NS.epp}"><response><result><msg>ok</msg></result></response></epp>`],
    [
      'a code that is no number',
      `<epp xmlns="${NS.epp}"><response><result code="ok"/></response></epp>`,
    ],
  ])('is not read out of %s', (_what, xml) => {
    expect(() => readMessage(xml)).toThrow(XmlError)
  })
})

describe('the data of a response', () => {
  it('say of each checked name whether it can be had', () => {
    const data =
      `<d:chkData xmlns:d="${NS.domain}"><d:cd><d:name avail="1">a.org</d:name></d:cd>` +
      '<d:cd><d:reason>In use</d:reason><d:name avail="0">b.org</d:name></d:cd>' +
      '<d:cd><d:name avail="true"> c.org </d:name></d:cd><d:cd><d:name avail="false">d.org</d:name></d:cd><d:cd/></d:chkData>'
    expect(readDomainCheck(withData(data))).toEqual([
      { name: 'a.org', available: true, reason: null },
      { name: 'b.org', available: false, reason: 'In use' },
      { name: 'c.org', available: true, reason: null },
      { name: 'd.org', available: false, reason: null },
    ])
  })

  it('tell a registration, with its grace periods', () => {
    const data =
      `<domain:infData xmlns:domain="${NS.domain}"><domain:name>a.org</domain:name><domain:roid>D1-LROR</domain:roid>` +
      '<domain:status s="pendingDelete"/><domain:status s="serverHold">court</domain:status><domain:registrant>r1</domain:registrant>' +
      '<domain:contact type="tech">t1</domain:contact><domain:ns><domain:hostObj>ns1.a.net</domain:hostObj></domain:ns>' +
      '<domain:clID>holder</domain:clID><domain:crID>first</domain:crID><domain:crDate>2020-01-02T03:04:05Z</domain:crDate>' +
      '<domain:upDate>2021-01-02T03:04:05.6Z</domain:upDate><domain:exDate>2026-01-02T03:04:05Z</domain:exDate>' +
      '<domain:authInfo><domain:pw>hunter2</domain:pw></domain:authInfo></domain:infData>'
    const extension = `<r:infData xmlns:r="${NS.rgp}"><r:rgpStatus s="redemptionPeriod"/></r:infData><x:y xmlns:x="urn:x"/>`
    const answer = withData(data, extension)
    expect(readDomainInfo(answer)).toEqual({
      name: 'a.org',
      roid: 'D1-LROR',
      statuses: ['pendingDelete', 'serverHold'],
      registrant: 'r1',
      contacts: [{ type: 'tech', id: 't1' }],
      nameServers: ['ns1.a.net'],
      clID: 'holder',
      crID: 'first',
      createdAt: new Date('2020-01-02T03:04:05Z'),
      updatedAt: new Date('2021-01-02T03:04:05.600Z'),
      expiresAt: new Date('2026-01-02T03:04:05Z'),
      transferredAt: null,
    })
    expect(readRgpStatuses(answer)).toEqual(['redemptionPeriod'])
  })

  it('tell name servers that are attributes', () => {
    const ns =
      '<ns><hostAttr><hostName>ns1.a.net</hostName><hostAddr>192.0.2.1</hostAddr></hostAttr></ns>'
    const data = `<infData xmlns="${NS.domain}"><name>a.eu</name>${ns}</infData>`
    expect(readDomainInfo(withData(data))).toMatchObject({
      nameServers: ['ns1.a.net'],
      clID: null,
      statuses: [],
    })
  })

  it('tell what was created or renewed', () => {
    const body =
      '<name>a.org</name><crDate>2026-11-30T19:00:00Z</crDate><exDate>2027-11-30T19:00:00Z</exDate>'
    expect(readDomainCreated(withData(`<creData xmlns="${NS.domain}">${body}</creData>`))).toEqual({
      name: 'a.org',
      createdAt: new Date('2026-11-30T19:00:00Z'),
      expiresAt: new Date('2027-11-30T19:00:00Z'),
    })
    for (const name of ['renData', 'trnData'])
      expect(readNewExpiry(withData(`<${name} xmlns="${NS.domain}">${body}</${name}>`))).toEqual(
        new Date('2027-11-30T19:00:00Z'),
      )
  })

  it('tell prices of a create in cents, all fees of it together', () => {
    const cd = (name: string, inner: string) =>
      `<fee:cd avail="1"><fee:objID>${name}</fee:objID><fee:class>standard</fee:class>${inner}</fee:cd>`
    const extension =
      `<fee:chkData xmlns:fee="${NS.fee}"><fee:currency>USD</fee:currency>` +
      cd(
        'a.org',
        '<fee:command name="renew"><fee:fee>99</fee:fee></fee:command><fee:command name="create"><fee:fee>5.00</fee:fee><fee:fee>0.29</fee:fee></fee:command>',
      ) +
      cd('b.org', '<fee:command name="create"><fee:reason>no</fee:reason></fee:command>') +
      cd('c.org', '<fee:command name="create"><fee:fee>free</fee:fee></fee:command>') +
      '</fee:chkData>'
    expect(readCreateFees(withData('', extension))).toEqual(new Map([['a.org', 529]]))
  })

  it('tell of contacts and hosts who has them and whether they are there', () => {
    const check = (ns: string, tag: string) =>
      `<chkData xmlns="${ns}"><cd><${tag} avail="0">one</${tag}></cd><cd><${tag} avail="1">two</${tag}></cd></chkData>`
    const checked = new Map([
      ['one', false],
      ['two', true],
    ])
    expect(readObjectCheck(withData(check(NS.contact, 'id')))).toEqual(checked)
    expect(readObjectCheck(withData(check(NS.host, 'name')))).toEqual(checked)
    expect(readContactId(withData(`<creData xmlns="${NS.contact}"><id>C-77</id></creData>`))).toBe(
      'C-77',
    )
    expect(
      readContactInfo(
        withData(`<infData xmlns="${NS.contact}"><id>one</id><clID>us</clID></infData>`),
      ),
    ).toEqual({ id: 'one', clID: 'us' })
    expect(
      readHostInfo(
        withData(`<infData xmlns="${NS.host}"><name>one</name><clID>us</clID></infData>`),
      ),
    ).toEqual({ name: 'one', clID: 'us' })
  })

  it('are missing without an error', () => {
    const empty = read(response(1000))
    expect(readDomainCheck(empty)).toEqual([])
    expect(readDomainInfo(empty)).toBeNull()
    expect(readDomainCreated(empty)).toBeNull()
    expect(readNewExpiry(empty)).toBeNull()
    expect(readRgpStatuses(empty)).toEqual([])
    expect(readCreateFees(empty)).toEqual(new Map())
    expect(readObjectCheck(empty)).toEqual(new Map())
    expect(readContactId(empty)).toBeNull()
    expect(readContactInfo(empty)).toBeNull()
    expect(readHostInfo(empty)).toBeNull()
  })
})
