import { describe, expect, it } from 'vitest'
import { sawWords, timelineOf } from '../../src/dashboard/timeline.ts'
import type { DomainEvent } from '../../src/domain/event.ts'
import type { DomainName } from '../../src/domain/name.ts'
import type { Source } from '../../src/domain/observation.ts'
import type { ObservationRow } from '../../src/store/name-page.ts'

let id = 0
const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 18, minute))
const look = (
  minute: number,
  source: Source,
  kind: string,
  detail: object = {},
): ObservationRow => ({
  id: ++id,
  name: 'a.com' as DomainName,
  at: at(minute),
  source,
  host: `${source}:verisign`,
  kind,
  tookMs: 5,
  detail,
})
const event = (minute: number): DomainEvent => ({
  id: 'e',
  seq: 1,
  type: 'watch.ended',
  subject: 'watch:1',
  subjectSeq: 1,
  at: at(minute),
  data: { watchId: '1', name: 'a.com', reason: '' },
})
const shape = (events: DomainEvent[], looks: ObservationRow[]) =>
  timelineOf(events, looks).map((entry) =>
    entry.kind === 'event' ? 'event' : `${entry.source} ${entry.saw} ×${entry.count}`,
  )

describe('timelineOf', () => {
  it('makes one entry of looks that saw the same, though other sources looked between', () => {
    const looks = [1, 2, 3].flatMap((m) => [
      look(m, 'dns', 'delegated'),
      look(m, 'rdap', 'registered'),
    ])
    expect(shape([], looks)).toEqual(['rdap registered ×3', 'dns delegated: somebody holds it ×3'])
  })

  it('begins anew when the answer changes', () => {
    expect(
      shape(
        [],
        [look(1, 'rdap', 'registered'), look(2, 'rdap', 'absent'), look(3, 'rdap', 'registered')],
      ),
    ).toEqual(['rdap registered ×1', 'rdap no such name here ×1', 'rdap registered ×1'])
  })

  it('begins anew after an event, so that the order of things is kept', () => {
    const looks = [look(1, 'rdap', 'registered'), look(3, 'rdap', 'registered')]
    expect(shape([event(2)], looks)).toEqual(['rdap registered ×1', 'event', 'rdap registered ×1'])
  })

  it('takes a moved date or status for a change', () => {
    const held = (statuses: string[]) => ({
      registration: { statuses, expiresAt: '2026-09-04T00:00:00Z' },
    })
    const looks = [
      look(1, 'rdap', 'registered', held(['ok'])),
      look(2, 'rdap', 'registered', held(['pendingDelete'])),
    ]
    expect(shape([], looks)).toHaveLength(2)
  })
})

describe('sawWords', () => {
  it.each([
    [
      'registered',
      { registration: { stage: 'quarantine', releaseAt: '2026-11-23T19:00:00.000Z' } },
      'registered: quarantine; released from 2026-11-23 19:00 UTC',
    ],
    ['available', {}, 'available'],
    ['undelegated', {}, 'not delegated: says nothing by itself'],
    ['dropzone', {}, 'in the Dropzone'],
    ['reserved', { as: 'premium', reason: 'Fee.' }, 'reserved (premium): Fee.'],
    ['throttled', { reason: 'HTTP 429' }, 'asked us to slow down: HTTP 429'],
    ['undetermined', { reason: 'timeout' }, 'no answer that counts: timeout'],
    ['invalid', { reason: 'Too short' }, 'invalid: Too short'],
  ])('says %s in words', (kind, detail, words) => {
    expect(sawWords({ kind, detail })).toBe(words)
  })
})
