import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDas } from '../../src/probes/das-read.ts'
import { readAnswer } from '../../src/probes/read.ts'

const page = (...lines: string[]) =>
  ['% .be Domain Availability Server 4.0', '', ...lines, ''].join('\r\n')
const says = (status: string) => page('%% RC = 0', 'Domain: a.be', `Status: ${status}`)

describe('reading DAS', () => {
  it.each([
    ['AVAILABLE', 'absent'],
    ['FREE', 'absent'],
    ['NOT AVAILABLE', 'registered'],
    ['REGISTERED', 'registered'],
    ['NOT ALLOWED', 'invalid'],
    ['RESERVED', 'reserved'],
    ['BLOCKED', 'reserved'],
    ['APPLICATION PENDING', 'undetermined'],
  ])('takes %s for %s', (status, kind) => {
    expect(readDas(says(status), 'a.be').kind).toBe(kind)
  })

  it.each([
    ['%% RC = -2', 'throttled'],
    ['%%RC=-3', 'throttled'],
    ['%RC=-1', 'undetermined'],
    ['%% RC = -7', 'invalid'],
    ['-1: Still in grace period, wait 4 seconds', 'throttled'],
    ['-3: IP address blocked', 'throttled'],
    ['% Excessive querying, grace period of 30 seconds', 'throttled'],
  ])('takes %s for %s', (line, kind) => {
    expect(readDas(page(line), 'a.be').kind).toBe(kind)
  })

  it('knows the stage where it is printed, and says nothing of it elsewhere', () => {
    const read = (body: string) => readAnswer({ id: 1, source: 'das', name: 'a.be', body })
    expect(read(says('QUARANTINE'))).toMatchObject({ state: 'registered', phase: 'quarantine' })
    expect(read(says('NOT AVAILABLE'))).not.toHaveProperty('phase')
  })

  it('knows a .eu name by its label alone and an IDN by its A-label', () => {
    const answer =
      '% .eu\n%\n%% RC = 0\nDomain: bücher\nA-label: xn--bcher-kva\nStatus: AVAILABLE\n'
    expect(readDas(answer, 'xn--bcher-kva.eu').kind).toBe('absent')
    expect(readDas(answer, 'other.eu').kind).toBe('undetermined')
  })

  it('does not believe what is not the registry’s own', () => {
    const line = { id: 1, source: 'das' as const, name: 'a.be', body: says('AVAILABLE') }
    expect(readAnswer({ ...line, server: 'das.dns.be:4343' }).state).toBe('free')
    expect(readAnswer({ ...line, server: 'das.example.net' }).state).toBe('undetermined')
  })

  it('is not moved by noise', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (noise) => {
        expect(readDas(noise, 'a.be').kind).not.toBe('absent')
      }),
    )
    const held = says('NOT AVAILABLE')
    for (let end = 0; end < held.length; end++)
      expect(readDas(held.slice(0, end), 'a.be').kind).not.toBe('absent')
  })
})
