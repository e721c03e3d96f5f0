import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAnswer } from '../../src/probes/read.ts'
import { readWhois } from '../../src/probes/whois-read.ts'
import { fixturesIn } from '../support/recorded.ts'

const fixtures = fixturesIn('whois', '.txt')
const read = (asked: string, answer: string) => readWhois(answer, { asked, authoritative: true })

describe('a recorded WHOIS answer', () => {
  it.each(fixtures)('$file is $reading.state', ({ recorded, reading }) => {
    const read = readAnswer(recorded)
    expect(read).toMatchObject(reading)
    expect(read.reason).not.toBe('')
  })

  it('prints no date, registrar or stage that was not printed', () => {
    const eu = fixtures.find(({ file }) => file === 'whois.eu/eu/registered-3.txt')
    if (!eu) throw new Error('the fixture is gone')
    const reading = readAnswer(eu.recorded)
    expect(reading).not.toHaveProperty('expiresAt')
    expect(reading).not.toHaveProperty('releaseAt')
    expect(reading).not.toHaveProperty('sponsor')
  })
})

describe('reading WHOIS', () => {
  it('takes a refusal that also denies the name for a refusal', () => {
    const answer = '%% Too many requests...\n\n%% No entries found in the AFNIC Database.\n'
    expect(read('a.fr', answer)).toMatchObject({ kind: 'throttled' })
  })

  it('knows how long it is asked to wait', () => {
    const answer = '-1: Still in grace period, wait 4 seconds\n'
    expect(read('a.eu', answer)).toMatchObject({ kind: 'throttled', retryAfterMs: 4_000 })
  })

  it('does not believe a denial of another name', () => {
    expect(read('a.com', 'No match for "B.COM".').kind).toBe('undetermined')
    expect(read('a.be', 'Domain:\tb.be\nStatus:\tAVAILABLE\n').kind).toBe('undetermined')
  })

  it.each([
    ['bücher.com', 'No match for "XN--BCHER-KVA.COM".'],
    ['xn--bcher-kva.eu', 'Domain: bücher.eu\nScript: LATIN\nStatus: AVAILABLE\n'],
    ['a.be', 'Domain:\ta\nStatus:\tAVAILABLE\n'],
    ['A.COM', 'No match for domain "a.com".'],
  ])('knows %s by another spelling', (asked, answer) => {
    expect(read(asked, answer).kind).toBe('absent')
  })

  it('believes a denial of the registry only', () => {
    const context = { asked: 'a.com', authoritative: false }
    expect(readWhois('No match for "A.COM".', context).kind).toBe('undetermined')
  })

  it('lets a record stand against a denial that a referral added', () => {
    const record = 'Domain Name: A.COM\nRegistrar: X\nCreation Date: 2001-01-01T00:00:00Z\n'
    expect(read('a.com', `${record}\nNo match for "A.COM".\n`).kind).toBe('registered')
  })

  it.each([
    ['terms alone', 'Access to WHOIS information is provided to tell whether\nDomain not found.\n'],
    ['a sentence', 'The domain not found message means that it may be free.'],
    ['a server that names no server', 'No whois server is known for this kind of object.'],
    ['a web page', '<html><body>No match for A.COM</body></html>'],
    ['nothing', ' \r\n'],
  ])('says undetermined of %s', (_, answer) => {
    expect(read('a.com', answer.replace(/^Access/, 'Preface.\n\nAccess')).kind).toBe('undetermined')
  })

  it.each(['utf16le', 'latin1', 'utf8'] as const)('reads %s', (encoding) => {
    const body = Buffer.from('Domain: é.fr\nstatus: ACTIVE\nregistrar: SOCIÉTÉ\n', encoding)
    const reading = readAnswer({
      id: 1,
      source: 'whois',
      name: 'é.fr',
      bodyBase64: body.toString('base64'),
    })
    expect(reading).toMatchObject({ state: 'registered', sponsor: 'SOCIÉTÉ' })
  })

  it('is not fooled by keys of every object', () => {
    const answer =
      'Domain Name: A.COM\nconstructor: y\n__proto__: z\nRegistrar: toString\nName Server: B\n'
    expect(read('a.com', answer)).toMatchObject({
      kind: 'registered',
      registration: { sponsor: 'toString', roid: null },
    })
  })
})

describe('noise', () => {
  const held = fixtures.filter(({ reading }) => reading.state !== 'free')

  /** Every offset of the lines that decide, and a step through the banners and terms around them. */
  it.each(held)('$file, cut anywhere, is never a free name', ({ recorded }) => {
    const body = Buffer.from(recorded.bodyBase64 ?? '', 'base64')
    const comments = body.toString('latin1').lastIndexOf('\n%')
    for (let end = 0; end < body.length; end += end > comments && end < comments + 500 ? 1 : 37) {
      const cut = body.subarray(0, end).toString('base64')
      expect(readAnswer({ ...recorded, bodyBase64: cut }).state).not.toBe('free')
    }
  })

  it('never crashes the reader and is never a free name', () => {
    const bytes = fc.uint8Array({ maxLength: 400 })
    fc.assert(
      fc.property(
        bytes,
        fc.constantFrom('a.com', 'a.fr', 'a.eu', 'a.be', 'a.xyz'),
        (body, name) => {
          const bodyBase64 = Buffer.from(body).toString('base64')
          expect(readAnswer({ id: 1, source: 'whois', name, bodyBase64 }).state).not.toBe('free')
        },
      ),
    )
  })

  it('among the lines of a held name does not free it', () => {
    const words = fc.constantFrom(
      'not found',
      'available',
      'free',
      'no match',
      'status',
      ':',
      '%',
      '\n',
    )
    const noise = fc.array(fc.oneof(words, fc.string({ maxLength: 8 })), { maxLength: 12 })
    const record = 'Domain Name: A.COM\nRegistrar: X\nName Server: B\nDomain Status: ok\n'
    fc.assert(
      fc.property(noise, (parts) => {
        expect(read('a.com', `${record}${parts.join(' ')}`).kind).not.toBe('absent')
      }),
    )
  })
})
