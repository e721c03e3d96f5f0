import { encode } from 'dns-packet'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAnswer } from '../../src/probes/read.ts'

const AA = 1 << 10
const TC = 1 << 9
type Parts = { flags?: number; asked?: string; ns?: string; type?: 'query' | 'response' }

function message({ flags = 0, asked = 'a.com', ns, type = 'response' }: Parts): Buffer {
  return encode({
    type,
    id: 7,
    flags,
    questions: [{ type: 'NS', name: asked, class: 'IN' }],
    authorities: ns ? [{ type: 'NS', name: ns, ttl: 60, data: 'ns1.example.net' }] : [],
  })
}
const read = (body: Buffer) =>
  readAnswer({ id: 1, source: 'dns', name: 'a.com', bodyBase64: body.toString('base64') })

describe('reading DNS', () => {
  it('knows a referral for exactly the name, and nothing of its stage', () => {
    const reading = read(message({ ns: 'a.com' }))
    expect(reading).toMatchObject({ id: 1, state: 'registered' })
    expect(reading).not.toHaveProperty('phase')
    expect(read(message({ ns: 'A.COM' })).state).toBe('registered')
  })

  it.each([
    ['NXDOMAIN', message({ flags: AA | 3 })],
    ['NXDOMAIN without authority', message({ flags: 3 })],
    ['SERVFAIL', message({ flags: 2 })],
    ['REFUSED', message({ flags: 5 })],
    ['no data', message({ flags: AA })],
    ['a referral to the zone', message({ ns: 'com' })],
    ['a referral of another name', message({ ns: 'b.com' })],
    ['an answer about another name', message({ asked: 'b.com', ns: 'a.com' })],
    ['a cut answer', message({ flags: TC })],
    ['a question', message({ type: 'query', ns: 'a.com' })],
    ['nothing', Buffer.alloc(0)],
  ])('says undetermined of %s', (_, body) => {
    expect(read(body).state).toBe('undetermined')
  })

  it('reads the length of TCP, the text of dig and DNS over HTTPS', () => {
    const wire = message({ ns: 'a.com' })
    expect(read(Buffer.concat([Buffer.from([0, wire.length]), wire])).state).toBe('registered')
    const dig = [
      ';; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 7',
      ';; flags: qr; QUERY: 1, ANSWER: 0, AUTHORITY: 1, ADDITIONAL: 0',
      ';; QUESTION SECTION:',
      ';a.com.\t\t\tIN\tNS',
      '',
      ';; AUTHORITY SECTION:',
      'a.com.\t\t172800\tIN\tNS\tns1.example.net.',
    ].join('\n')
    expect(read(Buffer.from(dig)).state).toBe('registered')
    expect(read(Buffer.from(dig.replace('NOERROR', 'NXDOMAIN'))).state).toBe('undetermined')
    const doh = {
      Status: 0,
      Question: [{ name: 'a.com.', type: 2 }],
      Answer: [{ name: 'a.com.', type: 2, data: 'x.' }],
    }
    expect(read(Buffer.from(JSON.stringify(doh))).state).toBe('registered')
  })

  it('never calls a name free', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        expect(read(Buffer.from(bytes)).state).not.toBe('free')
      }),
    )
  })
})
