import { describe, expect, it } from 'vitest'
import { standingOf } from '../../src/capture/standing.ts'
import type { InfoAnswer } from '../../src/channels/channel.ts'

const exchange = {
  clTRID: 'T-1',
  svTRID: 'S-1',
  sentAt: new Date('2030-03-01T19:00:00Z'),
  answeredAt: new Date('2030-03-01T19:00:00.020Z'),
  code: 1000,
  message: '',
}
const registered = (over: Partial<InfoAnswer & { kind: 'registered' }> = {}): InfoAnswer => ({
  ...exchange,
  kind: 'registered',
  sponsor: 'rival',
  ours: false,
  roid: 'NEW-1',
  createdAt: new Date('2030-03-01T19:00:00Z'),
  createdBy: 'rival',
  updatedAt: null,
  expiresAt: new Date('2031-03-01T19:00:00Z'),
  statuses: ['ok'],
  releaseAt: null,
  ...over,
})
const ending = { key: 'OLD-1', heldAt: new Date('2030-02-24T08:00:00Z') }

describe('telling too early from too late', () => {
  it('calls the ending registration "not yet", by its ROID', () => {
    expect(standingOf(registered({ roid: 'OLD-1' }), ending).kind).toBe('not-yet')
  })

  it('calls it "not yet" by its ROID though it was saved before', () => {
    const again = { key: 'OLD-1~2', heldAt: null }
    expect(standingOf(registered({ roid: 'OLD-1' }), again).kind).toBe('not-yet')
    expect(standingOf(registered({ roid: 'OLD-1~2' }), { ...again, key: 'OLD-1' }).kind).toBe(
      'taken',
    )
  })

  it('calls it "not yet" by its creation date where the ROID is another source’s', () => {
    const createdAt = new Date('2020-01-01T00:00:00Z')
    expect(standingOf(registered({ roid: 'X', createdAt }), ending).kind).toBe('not-yet')
    const key = createdAt.toISOString()
    expect(standingOf(registered({ roid: null, createdAt }), { key, heldAt: null }).kind).toBe(
      'not-yet',
    )
  })

  it('sees a rival in a registration made after the name was armed', () => {
    expect(standingOf(registered(), ending)).toMatchObject({ kind: 'taken', by: 'rival' })
  })

  it('sees our own create that was never answered', () => {
    expect(standingOf(registered({ ours: true, sponsor: 'vigie' }), ending).kind).toBe('ours')
  })

  it('does not take a young registration for the old one when the name was armed already free', () => {
    const young = registered({ roid: null, createdAt: new Date('2030-02-24T07:59:59Z') })
    expect(standingOf(young, { key: 'unseen-0', heldAt: null }).kind).toBe('taken')
  })

  it('calls an absent object free, and no answer unknown', () => {
    expect(standingOf({ ...exchange, kind: 'absent' }, ending).kind).toBe('free')
    expect(standingOf({ ...exchange, code: null, kind: 'unknown' }, ending).kind).toBe('unknown')
  })
})
