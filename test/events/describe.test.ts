import { describe, expect, it } from 'vitest'
import type { DomainEvent, EventData, EventType } from '../../src/domain/event.ts'
import { describeEvent } from '../../src/events/describe.ts'

function told<T extends EventType>(type: T, data: EventData[T]) {
  const event = { id: 'e', seq: 1, type, subject: 's', subjectSeq: 1, at: new Date(0), data }
  const { title, detail } = describeEvent(event as DomainEvent)
  return [title, detail]
}

describe('describeEvent', () => {
  it('says by how much a name was caught', () => {
    const won = { captureId: 'c', name: 'maison.com', watchId: 'w', orderId: 'o' }
    expect(told('capture.won', { ...won, delayMs: 84, creates: 3 })).toEqual([
      'maison.com — caught 84 ms after the drop (3 creates)',
      '',
    ])
    expect(told('capture.won', { ...won, delayMs: null, creates: 1 })[0]).toBe(
      'maison.com — caught (1 create)',
    )
  })

  it('names the rival and his lead as the interval that is known', () => {
    const lost = { captureId: 'c', name: 'maison.net', explanation: 'Between two creates.' }
    const beaten = { ...lost, reason: 'beaten' as const, rival: 'Rapid Names' }
    expect(told('capture.lost', { ...beaten, gapMs: { from: 96, to: 1108 } })).toEqual([
      'maison.net — lost: beaten by Rapid Names, 0.1 to 1.1 s earlier',
      'Between two creates.',
    ])
    expect(told('capture.lost', { ...beaten, gapMs: { from: 84, to: 190 } })[0]).toContain(
      'beaten by Rapid Names, 84 to 190 ms earlier',
    )
    expect(told('capture.lost', { ...beaten, gapMs: { from: 0, to: 900 } })[0]).toContain(
      'up to 900 ms earlier',
    )
    expect(told('capture.lost', { ...beaten, rival: null, gapMs: null })[0]).toBe(
      'maison.net — lost: somebody else was faster',
    )
  })

  it('gives every miss its reason in words', () => {
    const missed = { captureId: 'c', name: 'a.fr', rival: null, gapMs: null, explanation: 'x.' }
    expect(told('capture.lost', { ...missed, reason: 'handed-over' })[0]).toBe(
      'a.fr — lost: handed over before the drop',
    )
    expect(
      told('capture.stood-down', {
        captureId: 'c',
        name: 'a.fr',
        reason: 'restored',
        explanation: 'y.',
      }),
    ).toEqual(['a.fr — stood down: restored by its holder', 'y.'])
  })

  it('says a window in UTC, the day once', () => {
    const window = { from: '2026-11-23T19:00:00.000Z', to: '2026-11-23T20:15:00.000Z' }
    expect(
      told('capture.armed', {
        captureId: 'c',
        name: 'maison.com',
        ...window,
        shots: 38,
        reason: 'R.',
      })[0],
    ).toBe('maison.com — armed: 38 creates planned, 2026-11-23 19:00 to 20:15 UTC')
    expect(
      told('name.dropping', { name: 'a.be', from: window.from, to: window.from, reason: '' })[0],
    ).toBe('a.be — can drop at 2026-11-23 19:00 UTC')
  })

  it('tells a stage with what was before, and a first sight without', () => {
    const stage = { name: 'a.com', sponsor: 'Harbour Domains', reason: 'RDAP lists it' }
    expect(told('name.stage', { ...stage, from: 'redemption', to: 'pendingDelete' })).toEqual([
      'a.com — redemption → pending delete',
      'RDAP lists it. Sponsored by Harbour Domains.',
    ])
    expect(told('name.stage', { ...stage, from: null, to: 'active' })[0]).toBe(
      'a.com — found active',
    )
  })

  it('writes a name as people do', () => {
    expect(
      told('watch.ended', { watchId: 'w', name: 'xn--caf-dma.eu', reason: 'captured' }),
    ).toEqual(['café.eu — watch ended', 'Captured.'])
  })

  it('names what a switch stops, who did it and why', () => {
    expect(
      told('switch.changed', {
        scope: 'extension:fr',
        stopped: true,
        by: 'camille',
        reason: 'Audit',
      }),
    ).toEqual(['Switch extension:fr — every create under .fr stopped', 'Audit. By camille.'])
    expect(
      told('switch.changed', { scope: 'all', stopped: false, by: 'camille', reason: 'Done.' })[0],
    ).toBe('Switch all — every create may go again')
  })

  const OTHERS: { [T in EventType]?: [EventData[T], string] } = {
    'order.placed': [
      { orderId: 'o', reference: 'R1', pack: 'francophone', label: 'xn--caf-dma', nicHandle: 'N1' },
      'Order R1 — Alldom Francophone ordered for “café”',
    ],
    'order.action-needed': [
      { orderId: 'o', name: 'a.biz', reason: 'Premium.' },
      'a.biz — somebody has to decide',
    ],
    'name.registered': [
      { orderId: 'o', name: 'a.be', expiresAt: null },
      'a.be — registered with the order: it was free',
    ],
    'name.joined': [{ orderId: 'o', name: 'a.fr', how: 'portfolio' }, 'a.fr — joined its pack'],
    'watch.opened': [
      { watchId: 'w', orderId: 'o', name: 'a.com', extension: 'com' },
      'a.com — watched from now on',
    ],
    'name.restored': [
      { name: 'a.com', sponsor: null, reason: '' },
      'a.com — restored by its holder: no drop this time',
    ],
    'name.renewed': [
      { name: 'a.com', expiresAt: '2027-11-23T00:00:00Z', reason: '' },
      'a.com — renewed until 2027-11-23',
    ],
    'capture.finalised': [
      { captureId: 'c', name: 'a.com', watchId: 'w', nicHandle: 'N1' },
      'a.com — will go to N1',
    ],
    'capture.refused': [
      { captureId: 'c', name: 'a.com', reason: '2306.' },
      'a.com — refused by the registry',
    ],
    'capture.undetermined': [
      { captureId: 'c', name: 'a.com', reason: 'Cut.' },
      'a.com — no answer that counts: the registry is being asked',
    ],
    'source.paused': [
      { host: 'rdap:pir', until: '2026-11-23T19:00:00Z', reason: '429.' },
      'rdap:pir — paused for everybody until 2026-11-23 19:00 UTC',
    ],
  }
  for (const [type, [data, title]] of Object.entries(OTHERS))
    it(`says ${type} in a plain sentence`, () => {
      expect(told(type as EventType, data as never)[0]).toBe(title)
    })
})
