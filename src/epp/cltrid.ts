import { randomUUID } from 'node:crypto'

/** Longest prefix that leaves room for a UUID in the 64 characters of `trIDStringType` (RFC 5730 section 4). */
const LONGEST_PREFIX = 64 - 1 - 36

/**
 * Makes client transaction ids that never repeat, in this process or any other, such as `vigie-6f0c…`.
 * @param prefix 1 to 27 letters, digits, dots or hyphens.
 * @throws RangeError for another prefix.
 */
export function clTRIDs(prefix: string): () => string {
  if (prefix.length > LONGEST_PREFIX || !/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(prefix))
    throw new RangeError(`no prefix for a clTRID: ${prefix}`)
  return () => `${prefix}-${randomUUID()}`
}
