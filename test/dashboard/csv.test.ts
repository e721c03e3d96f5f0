import { describe, expect, it } from 'vitest'
import { csvLine } from '../../src/dashboard/csv.ts'

describe('csvLine', () => {
  it('quotes separators, quotes and line ends as RFC 4180 asks', () => {
    expect(csvLine(['a,b', 'say "no"', 'two\r\nlines', 'plain'])).toBe(
      '"a,b","say ""no""","two\r\nlines",plain\r\n',
    )
  })

  it('leaves nothing empty, numbers bare and instants in RFC 3339', () => {
    expect(csvLine([null, -3, 0, new Date('2026-11-23T19:00:00Z')])).toBe(
      ',-3,0,2026-11-23T19:00:00.000Z\r\n',
    )
  })

  it.each([
    '=HYPERLINK("http://evil","x")',
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\tx',
    '\r=1',
    '  =1',
    '＝1',
  ])('keeps %j from being taken for a formula', (text) => {
    const cell = csvLine([text]).trimEnd().replace(/^"/, '')
    expect(cell.startsWith("'")).toBe(true)
  })
})
