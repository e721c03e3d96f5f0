import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NS } from '../../src/epp/namespaces.ts'
import {
  child,
  children,
  el,
  parseXml,
  render,
  textOf,
  type XmlElement,
  XmlError,
  type XmlNode,
} from '../../src/epp/xml.ts'

const PREFIXES = ['', 'domain:', 'contact:', 'dnsbe:', 'loginSec:']
const names = fc
  .tuple(fc.constantFrom(...PREFIXES), fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_.-]{0,8}$/))
  .map(([prefix, local]) => prefix + local)
/** Everything XML can carry: no control characters but three, no lone surrogates, no U+FFFE or U+FFFF. */
const carried = fc
  .string({
    unit: fc
      .integer({ min: 1, max: 0x10ffff })
      .map((c) => (c >= 0xd800 && c < 0xe000 ? '�' : String.fromCodePoint(c))),
  })
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is left out
  .map((text) => text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, ''))
const nodes = fc.letrec<{ node: XmlNode }>((tie) => ({
  node: fc
    .record({
      name: names,
      attributes: fc.dictionary(fc.stringMatching(/^[a-wyzA-Z][a-zA-Z0-9]{0,6}$/), carried, {
        maxKeys: 3,
      }),
      children: fc.array(fc.oneof({ depthSize: 'small' }, carried, tie('node')), { maxLength: 4 }),
    })
    .map(({ name, attributes, children }) => el(name, attributes, ...children)),
})).node

/** What a reader should see of a node. */
function seen(node: XmlNode): XmlElement {
  const [prefix, local] = node.name.includes(':') ? node.name.split(':') : ['epp', node.name]
  return {
    ns: NS[prefix as keyof typeof NS],
    name: local!,
    attributes: node.attributes,
    children: node.children.filter((c) => typeof c !== 'string').map(seen),
    text: node.children.filter((c) => typeof c === 'string').join(''),
  }
}

describe('XML', () => {
  it('reads back whatever it wrote', () => {
    fc.assert(
      fc.property(nodes, (node) => {
        expect(parseXml(render(node))).toEqual(seen(node))
      }),
    )
  })

  it('declares each prefix once, where it first appears', () => {
    const xml = render(el('epp', {}, el('domain:info', {}, el('domain:name', {}, 'a'))))
    expect(xml).toBe(
      `<epp xmlns="${NS.epp}"><domain:info xmlns:domain="${NS.domain}"><domain:name>a</domain:name></domain:info></epp>`,
    )
  })

  it('knows elements by namespace, not by prefix', () => {
    const root = parseXml(`<a xmlns="urn:1" xmlns:p="urn:2"><p:b>2</p:b><b>1</b></a>`)
    expect(textOf(root, 'b')).toBe('2')
    expect(textOf(root, 'b', 'urn:1')).toBe('1')
    expect(children(root, 'b')).toHaveLength(2)
    expect(child(root, 'c')).toBeNull()
    expect(textOf(null, 'b')).toBeNull()
  })

  it('reads CDATA and character references as text, and no comments', () => {
    expect(parseXml('<a>1<!-- x --><![CDATA[<2>]]>&#51;&amp;</a>').text).toBe('1<2>3&')
  })

  it.each([
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    [
      'a billion laughs',
      `<!DOCTYPE a [<!ENTITY l "ha">${'<!ENTITY m "&l;&l;&l;">'.repeat(9)}]><a>&m;</a>`,
    ],
    ['an unknown entity', '<a>&nbsp;</a>'],
    ['an unclosed element', '<a><b></a>'],
    ['an undeclared prefix', '<p:a/>'],
    ['a repeated attribute', '<a b="1" b="2"/>'],
    ['two roots', '<a/><b/>'],
    ['no element', '  '],
    ['no XML', '{"a":1}'],
    ['deep nesting', '<a>'.repeat(65) + '</a>'.repeat(65)],
    ['endless nesting', '<a>'.repeat(100_000)],
  ])('refuses %s', (_what, xml) => {
    expect(() => parseXml(xml)).toThrow(XmlError)
  })

  it('refuses more elements or characters than it takes', () => {
    const xml = `<a>${'<b/>'.repeat(20)}</a>`
    expect(() => parseXml(xml, { maxElements: 20 })).toThrow(/more than 20 elements/)
    expect(() => parseXml(xml, { maxChars: 20 })).toThrow(/more than 20 characters/)
    expect(parseXml(xml, { maxElements: 21 }).children).toHaveLength(20)
  })

  it('says what is wrong without quoting the text', () => {
    expect(() => parseXml('<a><hunter2></a>')).toThrow(/^(?!.*hunter2)/)
  })

  it('fails with XmlError alone, whatever the text', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        '<',
        '>',
        '/',
        '&',
        ';',
        '"',
        '=',
        'a',
        '!',
        '[',
        ']',
        '-',
        '?',
        ':',
        ' ',
        '\0',
        '\ud800',
      ),
    })
    fc.assert(
      fc.property(hostile, (text) => {
        try {
          parseXml(text)
        } catch (error) {
          expect(error).toBeInstanceOf(XmlError)
        }
      }),
    )
  })

  it.each(['\0', '\x1f', '\ud800', '\ufffe'])(
    'writes no character that XML cannot carry (%j)',
    (c) => {
      expect(() => render(el('a', {}, c))).toThrow(XmlError)
      expect(() => render(el('a', { b: c }))).toThrow(XmlError)
    },
  )

  it('writes no prefix that nobody declared', () => {
    expect(() => render(el('nobody:a'))).toThrow(/declared nowhere/)
    expect(render(el('my:a', { 'xmlns:my': 'urn:my' }))).toBe('<my:a xmlns:my="urn:my"/>')
  })
})
