import { randomInt } from 'node:crypto'

/** Printable, without look-alikes and without what XML or a shell would trip over. */
const CLASSES = [
  'abcdefghijkmnpqrstuvwxyz',
  'ABCDEFGHJKLMNPQRSTUVWXYZ',
  '23456789',
  '-_.!+',
] as const
const ALPHABET = CLASSES.join('')

/** log2(61) * 24 = 142 bits; RFC 9154 section 4.1 wants 128. */
const LENGTH = 24

/**
 * A secret for authInfo (RFC 9154 section 4.1). It holds a character of every class, as some registries demand.
 * @param below a whole number below its argument, unpredictable.
 */
export function randomAuthInfo(
  below: (limit: number) => number = (limit) => randomInt(limit),
): string {
  for (;;) {
    const secret = Array.from({ length: LENGTH }, () => ALPHABET[below(ALPHABET.length)]).join('')
    if (CLASSES.every((letters) => [...letters].some((letter) => secret.includes(letter))))
      return secret
  }
}
