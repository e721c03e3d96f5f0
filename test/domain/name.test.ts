import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  EXTENSIONS,
  extensionOf,
  labelOf,
  nameIn,
  parseDomainName,
  parseLabel,
  unicodeOf,
} from '../../src/domain/name.ts'

const rule = (text: string) => {
  const read = parseLabel(text)
  return read.ok ? null : read.problems.map((problem) => problem.rule)
}
const label = (text: string) => {
  const read = parseLabel(text)
  if (!read.ok) throw new Error(read.problems[0]?.message)
  return read.value
}
const ldh = fc.stringMatching(/^[a-z0-9](?:[a-z0-9]{0,40})$/)

describe('a label', () => {
  it.each([
    ['', 'label-empty'],
    ['   ', 'label-empty'],
    ['-x', 'label-hyphen-edge'],
    ['x-', 'label-hyphen-edge'],
    ['a'.repeat(64), 'label-too-long'],
    ['é'.repeat(63), 'label-too-long'],
    ['a'.repeat(100_000), 'label-too-long'],
    ['a.b', 'label-dot'],
    ['a b', 'label-characters'],
    ['a_b', 'label-characters'],
    ['a/b', 'label-characters'],
    ['a?b', 'label-characters'],
    ['a%41', 'label-characters'],
    ['a\tb', 'label-characters'],
    ['a／b', 'label-characters'],
    ['user@host', 'label-characters'],
    ['xn--zzzz', 'label-characters'],
    ['a\u0000b', 'label-characters'],
  ])('%j is refused by the rule %s', (text, expected) => {
    expect(rule(text)).toEqual([expected])
  })

  it('is kept as its A-label in lower case, whatever form was typed', () => {
    expect(label(' Bücher ')).toBe('xn--bcher-kva')
    expect(label('BÜCHER')).toBe('xn--bcher-kva')
    expect(label('Bu\u0308cher')).toBe('xn--bcher-kva')
    expect(label('XN--BCHER-KVA')).toBe('xn--bcher-kva')
  })

  it('keeps ß as a letter of its own', () => {
    expect(label('straße')).toBe('xn--strae-oqa')
  })

  it.each(['00', '123', '0x1f', '4294967295'])('%s is a label like any other', (text) => {
    expect(label(text)).toBe(text)
    expect(unicodeOf(label(text))).toBe(text)
  })

  it('takes 63 characters', () => {
    expect(label('a'.repeat(63))).toHaveLength(63)
  })

  it('survives being read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        const read = parseLabel(text)
        if (read.ok) expect(parseLabel(read.value)).toEqual(read)
      }),
    )
  })

  it('reads the same from its U-label', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zàâçéèêëîïôœùûüÿß]{1,20}$/), (text) => {
        const read = label(text)
        expect(label(unicodeOf(read))).toBe(read)
      }),
    )
  })
})

describe('a name', () => {
  it.each([
    ['', 'name-empty'],
    ['.', 'name-empty'],
    ['com', 'name-single-label'],
    ['example..com', 'label-empty'],
    ['example.123', 'name-numeric-tld'],
    ['-x.com', 'label-hyphen-edge'],
    [`${'abcdefgh.'.repeat(30)}com`, 'name-too-long'],
    ['a'.repeat(1_000_000), 'name-too-long'],
  ])('%j is refused by the rule %s', (text, expected) => {
    const read = parseDomainName(text)
    expect(read.ok ? [] : read.problems.map(({ field, rule }) => [field, rule])).toEqual([
      ['name', expected],
    ])
  })

  it('loses its case, its trailing dot and the blanks around it', () => {
    expect(parseDomainName(' Example.COM. ')).toEqual({ ok: true, value: 'example.com' })
  })

  it('comes apart into the label and the extension it was made of', () => {
    fc.assert(
      fc.property(ldh, fc.constantFrom(...EXTENSIONS), (text, extension) => {
        const name = nameIn(label(text), extension)
        expect([labelOf(name), extensionOf(name)]).toEqual([text, extension])
        expect(parseDomainName(name)).toEqual({ ok: true, value: name })
      }),
    )
  })

  it.each(['example.co.uk', 'example.de', 'a.b.com'])('%s is below none of ours', (text) => {
    const read = parseDomainName(text)
    expect(read.ok && extensionOf(read.value)).toBeNull()
  })
})
