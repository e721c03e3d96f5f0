import { describe, expect, it } from 'vitest'
import type { Extensions } from '../../src/epp/command.ts'
import type { Context, Dialect } from '../../src/epp/dialects/dialect.ts'
import { DIALECTS } from '../../src/epp/dialects/dialects.ts'
import { NS } from '../../src/epp/namespaces.ts'
import { type Response, readMessage } from '../../src/epp/response.ts'
import { render } from '../../src/epp/xml.ts'
import { greetingOf } from '../support/epp-frames.ts'
import { response } from '../support/fake-registry.ts'

const { plain, verisign, afnic, eurid, 'dns-belgium': dnsBelgium } = DIALECTS
const contextOf = (dialect: Dialect, extension: Context['extension']): Context => ({
  extension,
  greeting: greetingOf(dialect),
})
/** Without the declarations, which say nothing that the prefixes do not. */
const shown = (extensions: Extensions) =>
  extensions.map((node) => render(node).replace(/ xmlns:\w+="[^"]*"/g, '')).join('')
const holder = {
  name: 'Renée de la Fontaine',
  organisation: null,
  citizenship: null,
  language: 'fr',
} as const
const idn = { unicode: 'é.com', tag: 'fr' }

function answer(extension: string): Response {
  const message = readMessage(response(1000, { extension }))
  if (message.kind !== 'response') throw new Error(message.kind)
  return message.response
}

describe('no dialect', () => {
  it('sends an extension that the greeting does not offer', () => {
    for (const dialect of Object.values(DIALECTS)) {
      const greeting = { ...greetingOf(dialect), extensions: [] }
      const context: Context = { extension: 'com', greeting }
      const sent = [
        dialect.check(context),
        dialect.info(context),
        dialect.host(context),
        dialect.create(context, idn),
        dialect.contact(greeting, holder).extensions,
      ]
      expect(sent.flat()).toEqual([])
    }
  })

  it('reads releases or stages where there are none', () => {
    for (const dialect of Object.values(DIALECTS)) {
      expect(dialect.readReleases(answer('<x xmlns="urn:x"/>')).size).toBe(0)
      expect(dialect.readStage(answer('<x xmlns="urn:x"/>'))).toEqual({
        stages: [],
        releaseAt: null,
      })
    }
  })
})

describe('the plain dialect', () => {
  const context = contextOf(plain, 'org')

  it('asks the price with each check and names the table of an IDN', () => {
    expect(shown(plain.check(context))).toBe(
      '<fee:check><fee:command name="create"><fee:period unit="y">1</fee:period></fee:command></fee:check>',
    )
    expect(shown(plain.create(context, idn))).toBe(
      '<idn:data><idn:table>fr</idn:table><idn:uname>é.com</idn:uname></idn:data>',
    )
    expect(plain.create(context, null)).toEqual([])
  })
})

describe('Verisign', () => {
  it.each([
    ['com', 'dotCOM'],
    ['net', 'dotNET'],
  ] as const)('is told of .%s as %s with every command', (extension, product) => {
    const context = contextOf(verisign, extension)
    const namestore = `<namestoreExt:namestoreExt><namestoreExt:subProduct>${product}</namestoreExt:subProduct></namestoreExt:namestoreExt>`
    for (const verb of ['check', 'info', 'host'] as const)
      expect(shown(verisign[verb](context))).toBe(namestore)
    expect(shown(verisign.create(context, null))).toBe(namestore)
    expect(shown(verisign.create(context, idn))).toBe(`${namestore}<idnLang:tag>fr</idnLang:tag>`)
  })
})

describe('AFNIC', () => {
  const greeting = greetingOf(afnic)

  it('is told a person by family name, with the given name in the extension', () => {
    const contact = afnic.contact(greeting, holder)
    expect(contact).toMatchObject({ name: 'de la Fontaine', organisation: null })
    expect(shown(contact.extensions)).toBe(
      '<frnic:ext><frnic:create><frnic:contact><frnic:firstName>Renée</frnic:firstName></frnic:contact></frnic:create></frnic:ext>',
    )
    expect(afnic.contact(greeting, { ...holder, name: 'Plato' }).name).toBe('Plato')
  })

  it('is told a company by its name', () => {
    const contact = afnic.contact(greeting, { ...holder, organisation: 'SARL Dupont' })
    expect(contact).toMatchObject({ name: 'SARL Dupont', organisation: null })
    expect(shown(contact.extensions)).toContain('<frnic:legalStatus s="company"/>')
  })
})

describe('EURid', () => {
  const chkData = (version: string) =>
    `<d:chkData xmlns:d="http://www.eurid.eu/xml/epp/domain-ext-${version}"><d:domain><d:name>é.eu</d:name>` +
    '<d:availableDate>2026-11-30T13:52:13.392Z</d:availableDate></d:domain><d:domain><d:name>b.eu</d:name>' +
    '<d:status s="serverTransferProhibited"/></d:domain></d:chkData>'

  it.each(['2.0', '2.4', '2.6', '3.1'])(
    'tells release instants in version %s of its extension',
    (version) => {
      expect(eurid.readReleases(answer(chkData(version)))).toEqual(
        new Map([['é.eu', new Date('2026-11-30T13:52:13.392Z')]]),
      )
    },
  )

  it('tells quarantine and hold with info', () => {
    const infData = (inner: string) =>
      answer(`<d:infData xmlns:d="${NS.domainExt}"><d:onHold>false</d:onHold>${inner}</d:infData>`)
    expect(
      eurid.readStage(
        infData(
          '<d:quarantined>true</d:quarantined><d:availableDate>2026-11-30T13:52:13.392Z</d:availableDate>',
        ),
      ),
    ).toEqual({ stages: ['quarantine'], releaseAt: new Date('2026-11-30T13:52:13.392Z') })
    for (const kind of ['suspended', 'seized'])
      expect(eurid.readStage(infData(`<d:${kind}>true</d:${kind}>`)).stages).toEqual(['hold'])
  })

  it('is told what a holder is, in the newest version it offers', () => {
    const offers = {
      ...greetingOf(eurid),
      extensions: ['http://www.eurid.eu/xml/epp/contact-ext-1.3'],
    }
    const { extensions } = eurid.contact(offers, { ...holder, citizenship: 'DE' })
    expect(extensions[0]?.attributes['xmlns:contactExt']).toBe(offers.extensions[0])
    expect(shown(extensions)).toBe(
      '<contactExt:create><contactExt:type>registrant</contactExt:type><contactExt:lang>fr</contactExt:lang>' +
        '<contactExt:naturalPerson>true</contactExt:naturalPerson>' +
        '<contactExt:countryOfCitizenship>DE</contactExt:countryOfCitizenship></contactExt:create>',
    )
    expect(
      shown(eurid.contact(greetingOf(eurid), { ...holder, organisation: 'ASBL' }).extensions),
    ).toContain('<contactExt:naturalPerson>false</contactExt:naturalPerson>')
  })
})

describe('DNS Belgium', () => {
  const context = contextOf(dnsBelgium, 'be')

  it('is asked for version 2.0 of its answers', () => {
    for (const verb of ['check', 'info'] as const)
      expect(shown(dnsBelgium[verb](context))).toBe(
        `<dnsbe:ext><dnsbe:${verb}><dnsbe:domain version="2.0"/></dnsbe:${verb}></dnsbe:ext>`,
      )
  })

  it('tells release instants with check, hold and quarantine with info', () => {
    const ext = (inner: string) => answer(`<x:ext xmlns:x="${NS.dnsbe}">${inner}</x:ext>`)
    const chkData =
      '<x:chkData><x:domain><x:cd><x:name>a.be</x:name><x:availableDate>2026-04-12T16:00:00.000Z</x:availableDate></x:cd>' +
      '<x:cd><x:name>b.be</x:name><x:status s="clientTransferProhibited"/></x:cd></x:domain></x:chkData>'
    expect(dnsBelgium.readReleases(ext(chkData))).toEqual(
      new Map([['a.be', new Date('2026-04-12T16:00:00Z')]]),
    )
    const infData =
      '<x:infData><x:domain><x:onhold>true</x:onhold><x:quarantined>true</x:quarantined></x:domain></x:infData>'
    expect(dnsBelgium.readStage(ext(infData)).stages).toEqual(['quarantine', 'hold'])
  })

  it('is told that a holder is a licensee', () => {
    expect(shown(dnsBelgium.contact(context.greeting, holder).extensions)).toBe(
      '<dnsbe:ext><dnsbe:create><dnsbe:contact><dnsbe:type>licensee</dnsbe:type><dnsbe:lang>fr</dnsbe:lang></dnsbe:contact></dnsbe:create></dnsbe:ext>',
    )
  })
})
