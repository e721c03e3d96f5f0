import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openSealer, SealBroken } from '../../src/store/seal.ts'

const key = randomBytes(32)
const sealer = openSealer(key)

test('any text is read back as it was sealed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(sealer.unseal(sealer.seal(text))).toBe(text)
    }),
  )
})

test('the sealed text tells its form and nothing else', () => {
  const sealed = sealer.seal('Zoé Dupont')
  expect(sealed).toMatch(/^v1\.[A-Za-z0-9_-]+$/)
  expect(Buffer.from(sealed.slice(3), 'base64url').includes('Dupont')).toBe(false)
})

test('sealing twice gives two different texts', () => {
  expect(sealer.seal('same')).not.toBe(sealer.seal('same'))
})

test('a change of any octet is noticed', () => {
  const octets = Buffer.from(sealer.seal('secret').slice(3), 'base64url')
  for (let i = 0; i < octets.length; i++) {
    const changed = Buffer.from(octets)
    changed[i]! ^= 1
    expect(() => sealer.unseal(`v1.${changed.toString('base64url')}`)).toThrow(SealBroken)
  }
})

test.each([
  ['empty', ''],
  ['of another form', 'v2.AAAA'],
  ['cut', 'v1.AAAA'],
  ['plain', 'Zoé Dupont'],
])('a text that is %s is refused', (_, text) => {
  expect(() => sealer.unseal(text)).toThrow(SealBroken)
})

test('another key does not open it', () => {
  expect(() => openSealer(randomBytes(32)).unseal(sealer.seal('secret'))).toThrow(SealBroken)
})

test('a key of another length is refused', () => {
  expect(() => openSealer(randomBytes(16))).toThrow('32 octets')
})
