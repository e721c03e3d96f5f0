import { SaxesParser } from 'saxes'

/** Takes the place of a secret: 8 characters, so that it fits `pwType` (6 to 16) and every other password type. */
const MASK = 'xxxxxxxx'

/** Elements whose text is a secret in every namespace that has them (RFC 5730, 5731, 5733, 8495, 8807). */
const SECRET = new Set(['pw', 'newPW', 'authInfo', 'allocationToken'])

/**
 * Masks every secret of a frame and leaves all else as it was, so that what was valid stays valid. Empty secrets stay
 * empty. A frame that is not well-formed is cut behind the last tag that could be read.
 */
export function redactFrame(xml: string): string {
  const parser = new SaxesParser()
  let kept = ''
  let lastTagEnd = 0
  /** How many secret elements are open. */
  let secrecy = 0

  /** Copies what stands between the last tag and this one, masked inside a secret, and then this tag. */
  const pass = () => {
    const end = parser.position
    // No attribute value holds a raw `<` (XML 1.0 section 2.4), so the last one opened this tag.
    const start = xml.lastIndexOf('<', end - 1)
    const between = xml.slice(lastTagEnd, start)
    kept += secrecy > 0 && between.trim() !== '' ? MASK : between
    kept += xml.slice(Math.max(start, lastTagEnd), end)
    lastTagEnd = end
  }
  const isSecret = (name: string) => SECRET.has(name.slice(name.indexOf(':') + 1))

  parser.on('error', (error) => {
    throw error
  })
  parser.on('doctype', () => {
    throw new Error('an entity of its own could hide a secret')
  })
  parser.on('opentag', (tag) => {
    pass()
    if (isSecret(tag.name)) secrecy += 1
  })
  parser.on('closetag', (tag) => {
    // A self-closing tag has been copied by its `opentag`.
    if (parser.position > lastTagEnd) pass()
    if (isSecret(tag.name)) secrecy -= 1
  })
  try {
    parser.write(xml).close()
  } catch {
    return `${kept}<!-- unreadable from here -->`
  }
  return kept + xml.slice(lastTagEnd)
}
