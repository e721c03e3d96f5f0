import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRdap } from '../../src/probes/rdap-decode.ts'
import { readAnswer } from '../../src/probes/read.ts'
import { fixturesIn } from '../support/recorded.ts'

const fixtures = fixturesIn('rdap', '.json')
const context = { asked: 'a.com', authoritative: true, now: new Date('2026-03-01T12:00:00Z') }
const decode = (status: number | null, body: string, retryAfter?: string) =>
  decodeRdap({ status, headers: { retryAfter }, body: Buffer.from(body) }, context)

describe('a recorded RDAP answer', () => {
  it.each(fixtures)('$file is $reading.state', ({ recorded, reading }) => {
    expect(readAnswer(recorded)).toMatchObject(reading)
  })
})

describe('decoding RDAP', () => {
  it('keeps what is well formed beside what is not', () => {
    const odd = {
      objectClassName: 'domain',
      ldhName: 'a.com',
      status: ['active', 7, null],
      events: 'none',
      entities: [null, { roles: 'registrar' }, { roles: ['registrar'], handle: 'R1' }],
      nameservers: {},
      links: 5,
    }
    expect(decode(200, JSON.stringify(odd))).toMatchObject({
      kind: 'registered',
      registration: { statuses: ['ok'], sponsor: 'R1', expiresAt: null },
    })
  })

  it('takes a wait in seconds and a wait as a date', () => {
    expect(decode(429, '', '7')).toMatchObject({ kind: 'throttled', retryAfterMs: 7_000 })
    expect(decode(429, '', 'Sun, 01 Mar 2026 12:00:20 GMT')).toMatchObject({ retryAfterMs: 20_000 })
    expect(decode(429, '', 'soon')).toMatchObject({ kind: 'throttled', retryAfterMs: null })
  })

  it('tells a refusal from a ban', () => {
    expect(decode(403, '').kind).toBe('undetermined')
    expect(decode(403, '{"errorCode":403,"title":"Your IP address is blocked"}').kind).toBe(
      'throttled',
    )
  })

  it('reads the status from the body where the recording has none', () => {
    expect(decode(null, '{"errorCode":404,"rdapConformance":["rdap_level_0"]}').kind).toBe('absent')
    expect(decode(null, '').kind).toBe('undetermined')
  })

  it('believes HTTP before the body', () => {
    expect(decode(200, '{"errorCode":404}').kind).toBe('undetermined')
    expect(decode(404, '{"objectClassName":"domain","ldhName":"a.com"}').kind).toBe('undetermined')
  })

  it('hears that a name cannot be', () => {
    const body = '{"errorCode":400,"title":"Bad Request","description":["Invalid domain name"]}'
    expect(decode(400, body).kind).toBe('invalid')
    expect(decode(400, '{"errorCode":400,"title":"Bad Request"}').kind).toBe('undetermined')
  })

  it('never calls anything free but a 404', () => {
    const status = fc.integer({ min: 100, max: 599 }).filter((code) => code !== 404)
    fc.assert(
      fc.property(status, fc.json(), (code, body) => {
        expect(decode(code, body).kind).not.toBe('absent')
      }),
    )
  })

  it('survives every JSON', () => {
    const shaped = fc.record(
      {
        objectClassName: fc.constant('domain'),
        ldhName: fc.constant('a.com'),
        status: fc.jsonValue(),
        events: fc.jsonValue(),
        entities: fc.jsonValue(),
        errors: fc.jsonValue(),
        errorCode: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.constantFrom(200, 404, null), shaped, (code, body) => {
        expect(decode(code, JSON.stringify(body)).because).not.toBe('')
      }),
    )
  })
})

describe('a packed RDAP body', () => {
  const line = (body: Buffer) => ({
    id: 1,
    source: 'rdap' as const,
    name: 'a.com',
    status: 200,
    bodyBase64: body.toString('base64'),
  })

  it('is unpacked', () => {
    const body = gzipSync('{"objectClassName":"domain","ldhName":"a.com","status":["client hold"]}')
    expect(readAnswer(line(body))).toMatchObject({ state: 'registered', phase: 'hold' })
  })

  it('is refused when it unpacks to more than a domain can be', () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, 32))
    expect(readAnswer(line(bomb)).state).toBe('undetermined')
  })

  it('is refused when it is too long', () => {
    expect(readAnswer(line(Buffer.alloc(20 * 1024 * 1024, 32))).state).toBe('undetermined')
  })
})
