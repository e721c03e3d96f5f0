import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  createOutcome,
  endsSession,
  isResultCode,
  isSuccess,
  resultText,
} from '../../src/epp/result-code.ts'

const schema = readFileSync(new URL('../fixtures/epp-xsd/epp-1.0.xsd', import.meta.url), 'utf8')
const CODES = [...schema.matchAll(/<enumeration value="(\d{4})" \/>/g)].map((m) => Number(m[1]))

describe('the table of result codes', () => {
  it('has every code of the EPP schema and no other', () => {
    expect(CODES).toHaveLength(34)
    expect(CODES.every(isResultCode)).toBe(true)
    const others = Array.from({ length: 9000 }, (_, i) => i + 1000).filter(
      (code) => !CODES.includes(code),
    )
    expect(others.some(isResultCode)).toBe(false)
  })

  it('says which codes succeed and which close the connection', () => {
    expect(CODES.filter(isSuccess)).toEqual([1000, 1001, 1300, 1301, 1500])
    expect(CODES.filter(endsSession)).toEqual([1500, 2500, 2501, 2502])
  })

  it('has a text for every code, known or not', () => {
    expect(resultText(2302)).toBe('Object exists')
    expect(resultText(2999)).toBe('Result code 2999')
  })
})

describe('to somebody who sent create,', () => {
  it.each([
    [1000, 'created'],
    [1001, 'create-pending'],
    [2302, 'exists'],
    [2400, 'undetermined'],
    [2500, 'undetermined'],
    [2002, 'no-session'],
    [2501, 'no-session'],
    [2502, 'no-session'],
    [2304, 'refused'],
    [2308, 'refused'],
    [2999, 'refused'],
    [1999, 'undetermined'],
    [null, 'undetermined'],
  ])('%s means %s', (code, outcome) => {
    expect(createOutcome(code)).toBe(outcome)
  })

  it('only 1000 means that the name is ours', () => {
    expect(CODES.filter((code) => createOutcome(code) === 'created')).toEqual([1000])
  })
})
