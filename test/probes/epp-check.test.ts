import { describe, expect, it } from 'vitest'
import type { DomainName } from '../../src/domain/name.ts'
import { type EppCheck, type EppCheckAnswer, eppCheckProbe } from '../../src/probes/epp-check.ts'
import { stoppedClock } from '../support/probe-conformance.ts'
import { testPermits } from '../support/test-permits.ts'

const name = 'a.eu' as DomainName
const releaseAt = new Date('2026-03-13T13:52:13.392Z')

function look(check: EppCheck, permits = testPermits()) {
  const deps = { permits, clock: stoppedClock, random: () => 0.5, timeoutMs: 100 }
  return eppCheckProbe({ ...deps, check })(name, new AbortController().signal)
}
const said = (
  available: boolean,
  reason: string | null = null,
  at: Date | null = null,
): EppCheck => {
  const answer: EppCheckAnswer = {
    code: 1000,
    message: 'Command completed successfully',
    names: new Map([[name, { available, reason, releaseAt: at }]]),
  }
  return async () => answer
}
const refused =
  (code: number | null): EppCheck =>
  async () => ({ code, message: 'no', names: new Map() })

describe('the EPP check', () => {
  it('asks the registry of the name', async () => {
    const asked: unknown[] = []
    const check = said(true)
    await look((registry, names, signal) => {
      asked.push(registry, ...names)
      return check(registry, names, signal)
    })
    expect(asked).toEqual(['eurid', name])
  })

  it.each([
    ['in use', { kind: 'registered', registration: { stage: null } }],
    ['quarantine', { kind: 'registered', registration: { stage: 'quarantine' } }],
    ['suspended', { kind: 'registered', registration: { stage: 'hold' } }],
    ['seized', { kind: 'registered', registration: { stage: 'hold' } }],
    ['reserved', { kind: 'reserved', as: 'reserved' }],
    ['blocked', { kind: 'reserved', as: 'blocked' }],
    ['Forbidden name', { kind: 'reserved', as: 'blocked' }],
    ['Zone not opened', { kind: 'reserved', as: 'notOpen' }],
    ['Premium name', { kind: 'reserved', as: 'premium' }],
    ['Name held in the dropzone', { kind: 'dropzone' }],
    ['Invalid name', { kind: 'invalid' }],
  ])('takes the reason "%s" at its word', async (reason, finding) => {
    expect(await look(said(false, reason))).toMatchObject(finding)
  })

  it('calls a name available, and only then', async () => {
    expect((await look(said(true))).kind).toBe('available')
    expect((await look(said(false))).kind).toBe('registered')
  })

  it('keeps the release instant to the millisecond', async () => {
    const seen = await look(said(false, 'quarantine', releaseAt))
    expect(seen).toMatchObject({ registration: { releaseAt } })
  })

  it.each([2308, 2400, 2502])('pauses for everybody on %s', async (code) => {
    const permits = testPermits()
    expect((await look(refused(code), permits)).kind).toBe('throttled')
    expect([...permits.paused.keys()]).toEqual(['epp:eurid'])
  })

  it.each([
    ['no session', async () => null],
    ['no answer', refused(null)],
    ['an error', refused(2500)],
    ['an answer about others', refused(1000)],
    ['a fault', () => Promise.reject(new Error('broken'))],
    ['silence', () => new Promise<never>(() => undefined)],
  ] as [string, EppCheck][])('knows nothing after %s', async (_, check) => {
    expect((await look(check)).kind).toBe('undetermined')
  })
})
