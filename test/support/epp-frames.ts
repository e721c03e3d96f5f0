import type { Extension } from '../../src/domain/name.ts'
import { type Command, HELLO, login, logout, pollAck, pollRequest } from '../../src/epp/command.ts'
import {
  checkContacts,
  createContact,
  infoContact,
  updateContact,
} from '../../src/epp/contact-command.ts'
import type { Dialect } from '../../src/epp/dialects/dialect.ts'
import {
  checkDomains,
  createDomain,
  deleteDomain,
  infoDomain,
  renewDomain,
  restoreRequest,
  transferDomain,
  updateDomain,
} from '../../src/epp/domain-command.ts'
import { checkHosts, createHost, infoHost } from '../../src/epp/host-command.ts'
import type { Greeting } from '../../src/epp/response.ts'

export const LONG_PASSWORD = 'long & <secret> "password" of many characters'
export const PASSWORD = 's3cret<&>"\''

/** A greeting that offers every extension of a dialect. */
export const greetingOf = (dialect: Dialect, more: readonly string[] = []): Greeting => ({
  serverId: 'Test',
  serverAt: new Date(0),
  languages: ['fr', 'en'],
  objects: ['urn:ietf:params:xml:ns:domain-1.0', 'urn:ietf:params:xml:ns:contact-1.0'],
  extensions: [...dialect.extensions.flat(), ...more],
})

const POSTAL = {
  type: 'loc',
  name: 'Renée <Dupont> & fils',
  organisation: 'Société "Œuvre"',
  street: ['1 rue A', '2 rue B', '3 rue C', '4 rue D'],
  city: 'Saint-Étienne',
  postalCode: '42000',
  country: 'FR',
} as const

/** Every command that does not depend on a dialect, by name. */
export const PLAIN_COMMANDS: Readonly<Record<string, Command>> = {
  logout: logout(),
  'poll req': pollRequest(),
  'poll ack': pollAck('<1>'),
  'domain check': checkDomains(['a.org', 'b.org']),
  'domain info': infoDomain('a.org'),
  'domain info with authInfo': infoDomain('a.org', PASSWORD),
  'domain create, least': createDomain({
    name: 'a.org',
    years: null,
    nameServers: { as: 'objects', hosts: [] },
    registrant: null,
    contacts: [],
    authInfo: '',
  }),
  'domain create, most': createDomain({
    name: 'a.org',
    years: 10,
    nameServers: { as: 'objects', hosts: ['ns1.a.net', 'ns2.a.net'] },
    registrant: 'holder',
    contacts: [
      { type: 'admin', id: 'one' },
      { type: 'tech', id: 'two' },
      { type: 'tech', id: 'three' },
      { type: 'billing', id: 'four' },
    ],
    authInfo: PASSWORD,
  }),
  'domain delete': deleteDomain('a.org'),
  'domain renew': renewDomain('a.org', '2026-11-30', 1),
  'domain transfer request': transferDomain('request', 'a.org', { years: 1, authInfo: PASSWORD }),
  'domain transfer query': transferDomain('query', 'a.org'),
  'domain update': updateDomain('a.org', {
    add: {
      nameServers: { as: 'objects', hosts: ['ns1.a.net'] },
      contacts: [{ type: 'tech', id: 'two' }],
      statuses: ['clientHold', 'clientTransferProhibited'],
    },
    remove: { nameServers: { as: 'attributes', hosts: ['ns2.a.net'] } },
    registrant: 'other',
    authInfo: PASSWORD,
  }),
  'domain update without authInfo': updateDomain('a.org', { authInfo: null }),
  'domain restore': updateDomain('a.org', {}, [restoreRequest()]),
  'contact check': checkContacts(['one', 'two']),
  'contact info': infoContact('one'),
  'contact create': createContact({
    id: 'one',
    postal: POSTAL,
    voice: '+33.123456789',
    email: 'a@b.fr',
    authInfo: PASSWORD,
  }),
  'contact create, least': createContact({
    id: 'one',
    postal: { ...POSTAL, organisation: null, street: [], postalCode: null },
    voice: null,
    email: 'a@b.fr',
    authInfo: '',
  }),
  'contact update': updateContact('one', { postal: POSTAL, voice: '+33.1', email: 'b@c.fr' }),
  'host check': checkHosts(['ns1.a.net', 'ns2.a.net']),
  'host info': infoHost('ns1.a.net'),
  'host create': createHost('ns1.a.org', [
    { ip: 'v4', address: '192.0.2.1' },
    { ip: 'v6', address: '2001:db8::1' },
  ]),
}

/** Everything a dialect adds to, by name. */
export function dialectCommands(dialect: Dialect, extension: Extension): Record<string, Command> {
  const greeting = greetingOf(dialect)
  const context = { extension, greeting }
  const create = (idn: { unicode: string; tag: string } | null) =>
    createDomain(
      {
        name: idn ? idn.unicode : `a.${extension}`,
        years: 1,
        nameServers: { as: dialect.nameServers, hosts: ['ns1.a.net', 'ns2.a.net'] },
        registrant: 'holder',
        contacts: [{ type: 'tech', id: 'two' }],
        authInfo: '',
      },
      dialect.create(context, idn),
    )
  const contact = (organisation: string | null, citizenship: string | null) => {
    const name = 'Renée de la Fontaine'
    const holder = dialect.contact(greeting, { name, organisation, citizenship, language: 'fr' })
    return createContact(
      {
        id: 'one',
        postal: { ...POSTAL, name: holder.name, organisation: holder.organisation },
        voice: '+33.1',
        email: 'a@b.fr',
        authInfo: '',
      },
      holder.extensions,
    )
  }
  const account = { id: 'vigie', password: PASSWORD }
  return {
    login: login(account, greeting, dialect.extensions),
    check: checkDomains([`a.${extension}`], dialect.check(context)),
    info: infoDomain(`a.${extension}`, null, dialect.info(context)),
    create: create(null),
    'create of an IDN': create({ unicode: `é.${extension}`, tag: 'fr' }),
    'contact of a person': contact(null, 'FR'),
    'contact of a company': contact('Société', null),
  }
}

/** Frames by name, all with one clTRID. */
export const framesOf = (commands: Readonly<Record<string, Command>>): Record<string, string> =>
  Object.fromEntries(Object.entries(commands).map(([name, command]) => [name, command('test-1')]))

export { HELLO }
