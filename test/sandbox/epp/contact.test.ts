import { afterAll, expect, it } from 'vitest'
import { skipWithoutXmllint } from '../../support/xmllint.ts'
import { faultsOfAnswers } from './client.ts'
import { contact, person } from './frames.ts'
import { openRegistry } from './registry.ts'

afterAll(async () => {
  if (!skipWithoutXmllint()) expect(await faultsOfAnswers()).toEqual([])
})

const ids = (...all: string[]) => all.map((id) => `<contact:id>${id}</contact:id>`).join('')
const infoOf = (id: string, pw = '') =>
  contact(
    'info',
    ids(id) + (pw && `<contact:authInfo><contact:pw>${pw}</contact:pw></contact:authInfo>`),
  )
const change = (id: string, inner: string) => contact('update', ids(id) + inner)

it('is created, checked, and told to its sponsor as it was given', async () => {
  const client = await (await openRegistry('pir')).open()
  const created = await client.ask(person('ada-1'))
  expect([created.code, created.find('id')?.text]).toEqual([1000, 'ada-1'])
  expect((await client.ask(person('ada-1'))).code).toBe(2302)
  const checked = await client.ask(contact('check', ids('ada-1', 'ada-2')))
  expect(checked.findAll('id').map(({ attributes }) => attributes.avail)).toEqual(['0', '1'])
  const told = await client.ask(infoOf('ada-1'))
  const text = (name: string) => told.find(name)?.text
  expect([text('name'), text('org'), text('street'), text('city'), text('pc'), text('cc')]).toEqual(
    ['Ada Lovelace', 'Analytical Engines', '1 Quay', 'Brest', '29200', 'FR'],
  )
  expect([text('voice'), told.find('voice')?.attributes.x, text('email'), text('pw')]).toEqual([
    '+33.298000000',
    '12',
    'ada@example.org',
    'aB3!person',
  ])
})

it('is told to others by its authInfo alone', async () => {
  const registry = await openRegistry('pir')
  await (await registry.open()).ask(person('ada-1'))
  const other = await registry.open('quayside')
  expect((await other.ask(infoOf('ada-1'))).code).toBe(2201)
  expect((await other.ask(infoOf('ada-1', 'wrong one'))).code).toBe(2202)
  const told = await other.ask(infoOf('ada-1', 'aB3!person'))
  expect([told.code, told.find('email')?.text, told.find('pw')]).toEqual([
    1000,
    'ada@example.org',
    null,
  ])
  expect(
    (
      await other.ask(
        change('ada-1', '<contact:chg><contact:email>x@example.org</contact:email></contact:chg>'),
      )
    ).code,
  ).toBe(2201)
})

it('is changed in the parts that are given', async () => {
  const client = await (await openRegistry('pir')).open()
  await client.ask(person('ada-1'))
  const chg =
    '<contact:chg><contact:postalInfo type="int"><contact:org/></contact:postalInfo><contact:postalInfo type="loc">' +
    '<contact:name>Àda</contact:name><contact:addr><contact:city>Nîmes</contact:city><contact:cc>fr</contact:cc></contact:addr></contact:postalInfo>' +
    '<contact:voice/><contact:fax>+33.1</contact:fax><contact:email>new@example.org</contact:email>' +
    '<contact:authInfo><contact:pw>an0ther</contact:pw></contact:authInfo></contact:chg>'
  expect((await client.ask(change('ada-1', chg))).code).toBe(1000)
  const told = await client.ask(infoOf('ada-1'))
  expect(told.findAll('name').map(({ text }) => text)).toEqual(['Ada Lovelace', 'Àda'])
  expect(told.findAll('city').map(({ text }) => text)).toEqual(['Brest', 'Nîmes'])
  expect([told.find('org'), told.find('voice'), told.find('fax')?.text]).toEqual([
    null,
    null,
    '+33.1',
  ])
  expect([told.find('email')?.text, told.find('pw')?.text]).toEqual(['new@example.org', 'an0ther'])
})

const base = person('ada-1')
it.each([
  ['no name', base.replace('<contact:name>Ada Lovelace</contact:name>', ''), 2003],
  ['an empty name', base.replace('Ada Lovelace', ''), 2003],
  ['no country', base.replace('<contact:cc>FR</contact:cc>', ''), 2003],
  ['a country of three letters', base.replace('>FR<', '>FRA<'), 2005],
  ['a number in its own form', base.replace('+33.298000000', '02 98 00 00 00'), 2005],
  ['a strange extension', base.replace('x="12"', 'x="twelve"'), 2005],
  ['no e-mail address', base.replace('ada@example.org', 'at home'), 2005],
  ['no authInfo', base.replace(/<contact:authInfo>.*<\/contact:authInfo>/, ''), 2003],
  ['an id that is too short', base.replace('ada-1', 'ad'), 2005],
  ['a postal form of no type', base.replace(' type="int"', ''), 2003],
  ['a postal form of a strange type', base.replace('type="int"', 'type="far"'), 2005],
  [
    'four lines of street',
    base.replace(
      '<contact:street>1 Quay</contact:street>',
      '<contact:street>a</contact:street>'.repeat(4),
    ),
    2001,
  ],
  [
    'one postal form twice',
    base.replace(/<contact:postalInfo.*<\/contact:postalInfo>/, '$&$&'),
    2306,
  ],
])('is refused with %s', async (_what, xml, code) => {
  const client = await (await openRegistry('pir')).open()
  expect((await client.ask(xml)).code).toBe(code)
  expect((await client.ask(infoOf('ada-1'))).code).not.toBe(1000)
})

it.each([
  ['an update of nothing', change('ada-1', ''), 2003],
  [
    'an update of statuses',
    change('ada-1', '<contact:add><contact:status s="clientUpdateProhibited"/></contact:add>'),
    2102,
  ],
  ['an update of a stranger', change('nobody', '<contact:chg/>'), 2303],
  ['an info of a stranger', infoOf('nobody'), 2303],
  ['a delete, which there is not', contact('delete', ids('ada-1')), 2101],
  ['a transfer, which there is not', contact('transfer', ids('ada-1'), '', 'query'), 2101],
])('answers %s', async (_what, xml, code) => {
  const client = await (await openRegistry('pir')).open()
  await client.ask(base)
  expect((await client.ask(xml)).code).toBe(code)
})
