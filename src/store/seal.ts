import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** Encrypts what must be kept but not read from the database. */
export type Sealer = {
  seal(text: string): string
  /** @throws SealBroken when it was changed, cut, or sealed with another key. */
  unseal(sealed: string): string
}

export class SealBroken extends Error {
  override readonly name = 'SealBroken'
}

/** Names the form: AES-256-GCM, 96-bit nonce, then the 128-bit tag, then the text. NIST SP 800-38D section 8.2.2. */
const FORM = 'v1.'
const NONCE_OCTETS = 12
const TAG_OCTETS = 16

/** @param key 32 octets. */
export function openSealer(key: Buffer): Sealer {
  if (key.length !== 32)
    throw new RangeError(`A sealing key has 32 octets; this one has ${key.length}.`)
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_OCTETS)
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(FORM))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return FORM + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
    },
    unseal(sealed) {
      const octets = Buffer.from(sealed.slice(FORM.length), 'base64url')
      if (!sealed.startsWith(FORM) || octets.length < NONCE_OCTETS + TAG_OCTETS)
        throw new SealBroken('This is nothing that Vigie sealed.')
      const nonce = octets.subarray(0, NONCE_OCTETS)
      const tag = octets.subarray(NONCE_OCTETS, NONCE_OCTETS + TAG_OCTETS)
      const body = octets.subarray(NONCE_OCTETS + TAG_OCTETS)
      try {
        const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_OCTETS })
        cipher.setAAD(Buffer.from(FORM)).setAuthTag(tag)
        return cipher.update(body, undefined, 'utf8') + cipher.final('utf8')
      } catch (cause) {
        throw new SealBroken('A sealed text was changed, or sealed with another key.', { cause })
      }
    },
  }
}
