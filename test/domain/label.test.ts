import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idnTagFor, labelProblem } from '../../src/domain/label.ts'
import { EXTENSIONS, type Extension, type Label, parseLabel } from '../../src/domain/name.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'

const label = (text: string): Label => {
  const read = parseLabel(text)
  if (!read.ok) throw new Error(`${text}: ${read.problems[0]?.message}`)
  return read.value
}
const ruleAt = (text: string, extension: Extension) =>
  labelProblem(label(text), policyFor(extension))?.rule ?? null

describe('a label at its registry', () => {
  it('is taken everywhere when it is two to 63 letters, digits and inner hyphens', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9][a-z0-9]{0,30}-?[a-z0-9]{1,30}$/),
        fc.constantFrom(...EXTENSIONS),
        (text, extension) => {
          expect(ruleAt(text, extension)).toBeNull()
        },
      ),
    )
  })

  it.each(EXTENSIONS)('is no emoji at .%s', (extension) => {
    expect(ruleAt('i❤ny', extension)).toBe('label-emoji')
    expect(ruleAt('💩', extension)).toMatch(/label-(emoji|too-short)/)
    expect(ruleAt('go🇫🇷', extension)).toBe('label-emoji')
  })

  it.each(EXTENSIONS)('holds no symbol at .%s', (extension) => {
    expect(ruleAt('10€', extension)).toBe('label-symbol')
  })

  it.each(EXTENSIONS)('has no two hyphens in third and fourth place at .%s', (extension) => {
    expect(ruleAt('ab--cd', extension)).toBe('label-hyphens-34')
    expect(ruleAt('ab--é', extension)).toBe('label-hyphens-34')
  })

  it.each(EXTENSIONS)('mixes no scripts at .%s', (extension) => {
    expect(ruleAt('pаypal', extension)).toBe('label-script') // the second letter is Cyrillic
    expect(ruleAt('αbc', extension)).toBe('label-script')
  })

  it.each(EXTENSIONS)('may not pretend to be an A-label at .%s', (extension) => {
    for (const fake of ['xn--a', 'xn--zzzz', 'xn--example-', 'xn--BCHER-KVA', 'xn--bcher-'])
      expect(labelProblem(fake as Label, policyFor(extension))?.rule).toBe('label-a-label')
  })

  it.each([
    ['com', 'x', null],
    ['fr', 'x', null],
    ['eu', 'x', 'label-too-short'],
    ['be', 'x', 'label-too-short'],
    ['eu', 'é', 'label-too-short'],
    ['be', 'éa', null],
    ['fr', 'bücher', null],
    ['fr', 'œuvre', null],
    ['fr', 'søren', 'label-script'],
    ['be', 'søren', null],
    ['be', 'őr', 'label-script'],
    ['eu', 'őr', null],
    ['eu', 'ελλάδα', null],
    ['eu', 'българия', null],
    ['eu', '日本', 'label-script'],
    ['fr', 'ελλάδα', 'label-script'],
    ['com', '日本語', null],
    ['com', 'テスト日本', null],
    ['com', 'ελλάδα', null],
    ['com', 'مثال', null],
    ['com', '한국', null],
  ] as const)('at .%s: %s gives %s', (extension, text, rule) => {
    expect(ruleAt(text, extension)).toBe(rule)
  })

  it('takes all thirty accented letters of AFNIC', () => {
    const letters = 'ßàáâãäåæçèéêëìíîïñòóôõöœùúûüýÿ'
    expect([...letters]).toHaveLength(30)
    for (const letter of letters) expect(ruleAt(`a${letter}b`, 'fr')).toBeNull()
  })

  it('is refused in a sentence that names the rule of the registry', () => {
    const problem = labelProblem(label('søren'), policyFor('fr'))
    expect(problem).toMatchObject({ field: 'label', rule: 'label-script' })
    expect(problem?.message).toContain('.fr takes only a to z')
  })
})

describe('the tag of an IDN', () => {
  it.each([
    ['bücher', 'com', 'FRE'],
    ['ελλάδα', 'net', 'GRE'],
    ['日本', 'com', 'CHI'],
    ['テスト', 'com', 'JPN'],
    ['bücher', 'org', 'Latn'],
    ['日本語テスト', 'info', 'Jpan'],
    ['россия', 'biz', 'Cyrl'],
    ['plain', 'com', null],
    ['bücher', 'fr', null],
    ['bücher', 'eu', null],
  ] as const)('of %s at .%s is %s', (text, extension, tag) => {
    expect(idnTagFor(label(text), policyFor(extension))).toBe(tag)
  })
})
