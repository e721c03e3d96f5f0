import { describe, expect, it } from 'vitest'
import { EXTENSIONS } from '../../src/domain/name.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import { clTRIDs } from '../../src/epp/cltrid.ts'
import { HELLO, login, logout, pollAck } from '../../src/epp/command.ts'
import { DIALECTS } from '../../src/epp/dialects/dialects.ts'
import { plain } from '../../src/epp/dialects/plain.ts'
import { createDomain } from '../../src/epp/domain-command.ts'
import { NS } from '../../src/epp/namespaces.ts'
import { redactFrame } from '../../src/epp/redact.ts'
import { child, parseXml, textOf } from '../../src/epp/xml.ts'
import {
  dialectCommands,
  framesOf,
  greetingOf,
  LONG_PASSWORD,
  PASSWORD,
  PLAIN_COMMANDS,
} from '../support/epp-frames.ts'
import { schemaFaults, skipWithoutXmllint } from '../support/xmllint.ts'

const withLoginSecurity = greetingOf(plain, [NS.loginSec])
const LOGINS = {
  'login with a new password': login(
    { id: 'vigie', password: PASSWORD, newPassword: 'other-pass' },
    greetingOf(plain),
    plain.extensions,
  ),
  'login by loginSec': login(
    { id: 'vigie', password: LONG_PASSWORD, newPassword: LONG_PASSWORD },
    withLoginSecurity,
    plain.extensions,
  ),
}

const plainFrames: Record<string, string> = {
  hello: HELLO,
  ...framesOf(PLAIN_COMMANDS),
  ...framesOf(LOGINS),
}
const dialectFrames = Object.fromEntries(
  EXTENSIONS.flatMap((extension) => {
    const key = policyFor(extension).epp.dialect
    const frames = framesOf(dialectCommands(DIALECTS[key], extension))
    return Object.entries(frames).map(([name, xml]) => [`${key} .${extension} ${name}`, xml])
  }),
)
const redacted = (frames: Record<string, string>) =>
  Object.fromEntries(Object.entries(frames).map(([name, xml]) => [name, redactFrame(xml)]))

describe.skipIf(skipWithoutXmllint())('every frame', () => {
  it('is valid by the schemas of the IETF', async () => {
    const pir = Object.entries(dialectFrames).filter(([name]) => /^plain (?!.*IDN)/.test(name))
    expect(pir).toHaveLength(18)
    expect(await schemaFaults({ ...plainFrames, ...Object.fromEntries(pir) }, 'all.xsd')).toEqual(
      [],
    )
  })

  it('of every dialect is valid by what its registry documents', async () => {
    expect(await schemaFaults(dialectFrames, 'dialects.xsd')).toEqual([])
  })

  it('stays valid without its secrets', async () => {
    expect(
      await schemaFaults(redacted({ ...plainFrames, ...dialectFrames }), 'dialects.xsd'),
    ).toEqual([])
  })

  it('that is not valid is told apart', async () => {
    const wrong = plainFrames['domain info']!.replace('domain:name', 'domain:nom').replace(
      '/domain:name',
      '/domain:nom',
    )
    const faults = await schemaFaults({ right: plainFrames['domain info']!, wrong }, 'all.xsd')
    expect(faults).toEqual([expect.stringMatching(/^wrong: .*nom/)])
  })
})

describe('a command', () => {
  it('carries the clTRID it is sent with, and nothing else changes', () => {
    const command = logout()
    expect(command('one')).toBe(command('two').replace('two', 'one'))
  })

  it.each(['', 'ab', 'a'.repeat(65), 'with space', 'a<b', 'é12', 'a&b'])(
    'takes no clTRID %j',
    (id) => {
      expect(() => logout()(id)).toThrow(RangeError)
    },
  )

  it('escapes what it is given', () => {
    const read = parseXml(pollAck('"><logout/>')('abc'))
    expect(child(child(read, 'command'), 'poll')?.attributes.msgID).toBe('"><logout/>')
    expect(child(child(read, 'command'), 'logout')).toBeNull()
  })

  it('is not misled by a name that looks like the place of the clTRID', () => {
    const xml = createDomain({
      name: '<clTRID/>',
      years: null,
      nameServers: { as: 'objects', hosts: [] },
      registrant: null,
      contacts: [],
      authInfo: '',
    })('abc')
    const command = child(parseXml(xml), 'command')
    expect(textOf(command, 'clTRID')).toBe('abc')
    expect(textOf(child(child(command, 'create'), 'create'), 'name')).toBe('<clTRID/>')
  })
})

describe('a login', () => {
  const account = { id: 'vigie', password: PASSWORD }
  const services = (xml: string) => {
    const svcs = child(child(child(parseXml(xml), 'command'), 'login'), 'svcs')
    return {
      objects: svcs?.children.filter((c) => c.name === 'objURI').map((c) => c.text),
      extensions: child(svcs, 'svcExtension')?.children.map((c) => c.text) ?? [],
    }
  }

  it('asks for what we speak and the greeting offers, and for the newest of several versions', () => {
    const greeting = { ...greetingOf(plain), extensions: ['urn:x', 'ext-2.4', 'ext-2.6', NS.rgp] }
    const xml = login(account, greeting, [['ext-2.6', 'ext-2.5', 'ext-2.4'], [NS.rgp], [NS.fee]])(
      'abc',
    )
    expect(services(xml)).toEqual({
      objects: [NS.domain, NS.contact],
      extensions: ['ext-2.6', NS.rgp],
    })
  })

  it('leaves the extension element out when nothing is offered', () => {
    expect(
      login(account, { ...greetingOf(plain), extensions: [] }, plain.extensions)('abc'),
    ).not.toContain('svcExtension')
  })

  it('puts a password above 16 characters where RFC 8807 wants it', () => {
    const command = child(
      parseXml(login({ id: 'vigie', password: LONG_PASSWORD }, withLoginSecurity, [])('abc')),
      'command',
    )
    expect(textOf(child(command, 'login'), 'pw')).toBe('[LOGIN-SECURITY]')
    expect(textOf(child(child(command, 'extension'), 'loginSec', NS.loginSec), 'pw')).toBe(
      LONG_PASSWORD,
    )
  })

  it.each([
    ['above 16 characters where there is no RFC 8807', LONG_PASSWORD],
    ['below 6 characters', 'short'],
  ])('refuses a password %s, without quoting it', (_what, password) => {
    const attempt = () => login({ id: 'vigie', password }, greetingOf(plain), [])
    expect(attempt).toThrow(RangeError)
    expect(attempt).not.toThrow(password)
  })
})

describe('a clTRID', () => {
  it('never repeats and fits 64 characters', () => {
    const next = clTRIDs('a'.repeat(27))
    const ids = Array.from({ length: 1000 }, next)
    expect(new Set(ids).size).toBe(1000)
    expect(ids.every((id) => id.length === 64)).toBe(true)
  })

  it.each(['', 'a b', 'é', '-a', 'a'.repeat(28)])('takes no prefix %j', (prefix) => {
    expect(() => clTRIDs(prefix)).toThrow(RangeError)
  })
})
