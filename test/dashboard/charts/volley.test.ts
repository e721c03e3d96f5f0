import { describe, expect, it } from 'vitest'
import { isZoomed, volleyOf } from '../../../src/dashboard/charts/volley.ts'
import type { AttemptRow } from '../../../src/store/attempts.ts'

const ZERO = Date.UTC(2026, 10, 23, 19)
let id = 0
function create(sent: number | null, change: Partial<AttemptRow> = {}): AttemptRow {
  const planned = new Date(ZERO + (sent ?? 0))
  return {
    id: ++id,
    captureId: 'c',
    command: 'create',
    clTRID: `T${id}`,
    svTRID: null,
    session: null,
    plannedAt: planned,
    sentAt: sent === null ? null : planned,
    answeredAt: sent === null ? null : new Date(ZERO + sent + 20),
    code: 2302,
    message: '',
    outcome: 'exists',
    offsetMs: 0,
    offsetUncertaintyMs: 5,
    ...change,
  }
}
const taken = (ms: number) => ({ newCreatedAt: new Date(ZERO + ms) })

describe('volleyOf', () => {
  it('has nothing to show without a create', () => {
    expect(volleyOf(taken(0), [create(0, { command: 'info' })])).toBeNull()
  })

  it('puts everything on the registry’s clock', () => {
    const volley = volleyOf(taken(14), [create(0, { offsetMs: 14 })])!
    expect(volley.shots[0]).toMatchObject({
      planned: ZERO + 14,
      sent: ZERO + 14,
      answered: ZERO + 34,
    })
  })

  it('takes a creation date without milliseconds for any instant of its second', () => {
    expect(volleyOf(taken(0), [create(5)])!.registered).toEqual({ from: ZERO, to: ZERO + 999 })
    expect(volleyOf(taken(84), [create(5)])!.registered).toEqual({ from: ZERO + 84, to: ZERO + 84 })
  })

  it('looks closely at the decisive moment of a long volley', () => {
    const hour = Array.from({ length: 40 }, (_, i) => create((i - 20) * 90_000 - 180))
    const volley = volleyOf(taken(0), [...hour, create(1_090)])!
    expect(isZoomed(volley)).toBe(true)
    expect(volley.focus.to - volley.focus.from).toBeLessThan(5_000)
    expect(volley.shotsInFocus.map((s) => s.sent! - ZERO)).toEqual([-180, 1_090])
  })

  it('shows a short volley whole', () => {
    const volley = volleyOf(taken(84), [
      create(-100),
      create(70, { outcome: 'created', code: 1000 }),
    ])!
    expect(isZoomed(volley)).toBe(false)
  })

  it('counts from the first create when nobody registered the name', () => {
    const volley = volleyOf({ newCreatedAt: null }, [
      create(30),
      create(null, { outcome: 'not-sent', code: null }),
    ])!
    expect(volley.zero).toEqual({ at: ZERO + 30, is: 'first create' })
    expect(volley.shots[0]).toMatchObject({ sent: null, answered: null })
  })
})
