import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPrintedDate } from '../../src/probes/printed-date.ts'

describe('a printed date', () => {
  it.each([
    ['2028-09-14T04:00:00Z', '2028-09-14T04:00:00Z'],
    ['2025-11-27T05:02:46.208818Z', '2025-11-27T05:02:46.208818Z'],
    ['2018-03-12T21:44:25+01:00', '2018-03-12T21:44:25+01:00'],
    ['21-Oct-1998 04:00:00 UTC', '1998-10-21T04:00:00Z'],
    ['2010-07-04 04:00:47 +03:00', '2010-07-04T04:00:47+03:00'],
    ['2010-07-04 04:00:47 +0300', '2010-07-04T04:00:47+03:00'],
    ['Wed Mar 26 23:59:59 GMT 2014', '2014-03-26T23:59:59Z'],
    ['2023/06/01 01:05:14 (JST)', '2023-06-01T01:05:14+09:00'],
    ['Tue Mar 13 2012 16:00 CET', '2012-03-13T16:00:00+01:00'],
  ])('with a zone is an instant: %s', (printed, text) => {
    const read = readPrintedDate(printed)
    expect(read?.text).toBe(text)
    expect(read?.at.getTime()).toBe(Date.parse(text))
  })

  it.each([
    ['14-sep-2028', '2028-09-14'],
    ['Tue Dec 12 2000', '2000-12-12'],
    ['September 14, 2028', '2028-09-14'],
    ['2028-Sep-14', '2028-09-14'],
    ['2024-06-05', '2024-06-05'],
    ['2000/10/03', '2000-10-03'],
    ['2002.09.19 13:00:00', '2002-09-19'],
    ['2007. 03. 02.', '2007-03-02'],
    ['20240518 #162310', '2024-05-18'],
    ['30.6.2006 00:00:00', '2006-06-30'],
    ['4.7.2024 10:15:55', '2024-07-04'],
    ['30/12/2017', '2017-12-30'],
    ['12/30/2017', '2017-12-30'],
    ['before 14-Feb-1999', '1999-02-14'],
  ])('without a zone is a day: %s', (printed, text) => {
    expect(readPrintedDate(printed)?.text).toBe(text)
  })

  it('that could be two days is none, unless the order is known', () => {
    expect(readPrintedDate('03/04/2020')).toBeNull()
    expect(readPrintedDate('03/04/2020', 'day-first')?.text).toBe('2020-04-03')
    expect(readPrintedDate('03/04/2020', 'month-first')?.text).toBe('2020-03-04')
    expect(readPrintedDate('04/04/2020')?.text).toBe('2020-04-04')
  })

  it.each([
    '',
    'none',
    '2020-02-30',
    '31.02.2020',
    '00/00/0000',
    '2020-13-01T00:00:00Z',
    '1.2.3',
    '9999',
  ])('that is none is left out: %j', (printed) => {
    expect(readPrintedDate(printed)).toBeNull()
  })

  it('comes back as it was written', () => {
    const years = { min: new Date('1985-01-01T00:00:00Z'), max: new Date('2199-01-01T00:00:00Z') }
    fc.assert(
      fc.property(fc.date({ ...years, noInvalidDate: true }), (at) => {
        expect(readPrintedDate(at.toISOString())?.at).toEqual(at)
        expect(readPrintedDate(at.toISOString().slice(0, 10))?.text).toBe(
          at.toISOString().slice(0, 10),
        )
      }),
    )
  })

  it('is never read from noise into something impossible', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (noise) => {
        const read = readPrintedDate(noise)
        if (read) expect(Number.isNaN(read.at.getTime())).toBe(false)
      }),
    )
  })
})
