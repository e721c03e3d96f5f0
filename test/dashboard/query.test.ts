import { describe, expect, it } from 'vitest'
import { readCaptureQuery, readNameQuery } from '../../src/dashboard/query.ts'

const refused = (read: { ok: boolean; problems?: { field: string; rule: string }[] }) =>
  read.problems?.map(({ field, rule }) => [field, rule])

describe('readCaptureQuery', () => {
  it('takes empty fields for no filter', () => {
    const read = readCaptureQuery(
      new URLSearchParams('extension=&outcome=&reason=&from=&to=&page='),
    )
    const filter = { extension: null, outcome: null, reason: null, from: null, before: null }
    expect(read).toEqual({ ok: true, value: { filter, page: 1 } })
  })

  it('includes the whole last day', () => {
    const read = readCaptureQuery(
      new URLSearchParams('from=2026-11-01&to=2026-11-23&outcome=under-way'),
    )
    expect(read.ok && read.value.filter).toMatchObject({
      outcome: 'under-way',
      from: new Date('2026-11-01T00:00:00Z'),
      before: new Date('2026-11-24T00:00:00Z'),
    })
  })

  it('names every field that makes no sense', () => {
    const query = 'extension=dev&outcome=maybe&reason=bad&from=2026-02-30&to=tomorrow&page=0'
    expect(refused(readCaptureQuery(new URLSearchParams(query)))).toEqual([
      ['to', 'malformed-day'],
      ['extension', 'unknown-value'],
      ['outcome', 'unknown-value'],
      ['reason', 'unknown-value'],
      ['from', 'malformed-day'],
      ['page', 'malformed-page'],
    ])
  })

  it('refuses days the wrong way round', () => {
    const read = readCaptureQuery(new URLSearchParams('from=2026-11-23&to=2026-11-01'))
    expect(refused(read)).toEqual([['to', 'day-order']])
  })
})

describe('readNameQuery', () => {
  it('reads a phase, or a state without one, as the stage', () => {
    const stage = (phase: string) => {
      const read = readNameQuery(new URLSearchParams({ phase }))
      return read.ok ? read.value.filter.stage : refused(read)
    }
    expect(stage('pendingDelete')).toBe('pendingDelete')
    expect(stage('free')).toBe('free')
    expect(stage('gone')).toEqual([['phase', 'unknown-value']])
  })

  it('refuses a name longer than any name', () => {
    expect(refused(readNameQuery(new URLSearchParams({ q: 'a'.repeat(254) })))).toEqual([
      ['q', 'too-long'],
    ])
  })
})
