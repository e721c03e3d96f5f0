import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { login } from '../../src/epp/command.ts'
import { createContact } from '../../src/epp/contact-command.ts'
import { plain } from '../../src/epp/dialects/plain.ts'
import { createDomain, infoDomain } from '../../src/epp/domain-command.ts'
import { NS } from '../../src/epp/namespaces.ts'
import { redactFrame } from '../../src/epp/redact.ts'
import { greetingOf } from '../support/epp-frames.ts'

/** Long enough not to be found by chance in a tag, and of characters that XML has to escape, too. */
const secrets = fc.string({
  minLength: 6,
  maxLength: 40,
  unit: fc.constantFrom('Q', 'Z', '7', '<', '>', '&', '"', "'", ']', 'é', '😀'),
})
const greeting = greetingOf(plain, [NS.loginSec])

/** Every way in which the characters may have been written. */
const spellings = (secret: string) => [
  secret,
  secret
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;'),
]

describe('a redacted frame', () => {
  it('holds no password, whichever command carried it', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        const create = {
          name: 'a.org',
          years: 1,
          nameServers: { as: 'objects', hosts: [] },
          registrant: null,
          contacts: [],
        } as const
        const postal = {
          type: 'loc',
          name: 'n',
          organisation: null,
          street: [],
          city: 'c',
          postalCode: null,
          country: 'FR',
        } as const
        const frames = [
          login({ id: 'vigie', password: secret, newPassword: secret }, greeting, [])('abc'),
          createDomain({ ...create, authInfo: secret })('abc'),
          infoDomain('a.org', secret)('abc'),
          createContact({ id: 'one', postal, voice: null, email: 'e', authInfo: secret })('abc'),
        ]
        for (const frame of frames) {
          const redacted = redactFrame(frame)
          for (const spelling of spellings(secret)) expect(redacted).not.toContain(spelling)
          expect(redacted).toContain('abc')
        }
      }),
    )
  })

  it('is the same text but for the secrets', () => {
    const xml =
      "<?xml version='1.0'?>\r\n<epp a='>'><!-- c --><x:pw  roid = 'R-1'>secret</x:pw ><clID> pw </clID><pw/></epp>\n"
    expect(redactFrame(xml)).toBe(xml.replace('secret', 'xxxxxxxx'))
  })

  it.each([
    ['CDATA', '<pw><![CDATA[<secret>]]></pw>'],
    ['a comment', '<pw>a<!-- secret -->b</pw>'],
    ['character references', '<pw>&#115;ecret</pw>'],
    [
      'an authInfo of another kind',
      '<authInfo><ext><x:key xmlns:x="urn:x">secret</x:key></ext></authInfo>',
    ],
    ['an allocation token', '<t:allocationToken xmlns:t="urn:t">secret</t:allocationToken>'],
    ['an answer', '<infData><authInfo><pw>secret</pw></authInfo></infData>'],
    ['a byte order mark', '\ufeff<epp><pw>secret</pw></epp>'],
  ])('holds no secret in %s', (_what, inner) => {
    const redacted = redactFrame(inner.includes('<epp>') ? inner : `<epp>${inner}</epp>`)
    expect(redacted).not.toMatch(/secret|&#115;|ecret/)
    expect(redacted).toContain('xxxxxxxx')
    expect(redacted.endsWith('</epp>')).toBe(true)
  })

  it('leaves an empty secret empty', () => {
    const xml = '<epp><authInfo><pw></pw></authInfo><pw/></epp>'
    expect(redactFrame(xml)).toBe(xml)
  })

  it.each([
    ['cut in the secret', '<epp><pw>secr'],
    ['cut behind it', '<epp><pw>secret</pw><cl'],
    ['not closed', '<epp><pw>secret</epp>'],
    [
      'with an entity that hides it',
      '<!DOCTYPE epp [<!ENTITY s "secret">]><epp><pw>&s;</pw></epp>',
    ],
    ['no XML at all', 'secret'],
  ])('of a frame that is %s ends where it could be read', (_what, xml) => {
    const redacted = redactFrame(xml)
    expect(redacted).not.toContain('secr')
    expect(redacted).toMatch(/<!-- unreadable from here -->$/)
  })
})
