import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CAPTURE_STATES,
  type CaptureState,
  canBecome,
  isFinal,
} from '../../src/domain/capture-state.ts'

const anyWalk = fc
  .array(fc.nat({ max: CAPTURE_STATES.length - 1 }), { maxLength: 12 })
  .map((picks) => {
    const walk: CaptureState[] = ['armed']
    for (const pick of picks) {
      const next = CAPTURE_STATES.filter((state) => canBecome(walk.at(-1) ?? 'armed', state))
      const chosen = next[pick % Math.max(1, next.length)]
      if (chosen !== undefined) walk.push(chosen)
    }
    return walk
  })

describe('a capture', () => {
  it('comes back to no state it has left, but to firing, from a create that was not executed', () => {
    fc.assert(
      fc.property(anyWalk, (walk) => {
        const repeated = walk.filter((state, index) => walk.indexOf(state) !== index)
        for (const state of repeated) expect(['firing', 'undetermined']).toContain(state)
      }),
    )
    expect(canBecome('undetermined', 'firing')).toBe(true)
  })

  it('is won only after firing', () => {
    fc.assert(
      fc.property(anyWalk, (walk) => {
        if (walk.includes('won')) expect(walk).toContain('firing')
      }),
    )
  })

  it('cannot stand down once a create may have left', () => {
    expect(canBecome('firing', 'stood-down')).toBe(false)
    expect(canBecome('undetermined', 'stood-down')).toBe(false)
    expect(canBecome('finalised', 'stood-down')).toBe(true)
  })

  it('is never armed again, nor its beneficiary fixed twice, once it has fired', () => {
    for (const fired of ['firing', 'undetermined', 'won', 'lost', 'refused'] as const)
      for (const before of ['armed', 'finalised'] as const)
        expect(canBecome(fired, before)).toBe(false)
  })

  it('ends in won, lost, refused or stood down, and from every state an end can be reached', () => {
    expect(CAPTURE_STATES.filter(isFinal)).toEqual(['won', 'lost', 'refused', 'stood-down'])
    const endsFrom = (state: CaptureState, seen: readonly CaptureState[]): boolean =>
      isFinal(state) ||
      CAPTURE_STATES.some(
        (next) => canBecome(state, next) && !seen.includes(next) && endsFrom(next, [...seen, next]),
      )
    for (const state of CAPTURE_STATES) expect(endsFrom(state, [state]), state).toBe(true)
  })
})
