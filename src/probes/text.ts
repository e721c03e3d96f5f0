const utf8 = new TextDecoder('utf-8', { fatal: true })
const latin1 = new TextDecoder('windows-1252')

/**
 * Text of a protocol that names no charset (WHOIS, RFC 3912 section 4): UTF-16 by its mark or its zero bytes, else UTF-8
 * where it is well formed, else Latin-1. Never throws.
 */
export function decodeText(body: Buffer): string {
  if (body[0] === 0xff && body[1] === 0xfe) return new TextDecoder('utf-16le').decode(body)
  if (body[0] === 0xfe && body[1] === 0xff) return new TextDecoder('utf-16be').decode(body)
  if (body.length >= 4 && body[1] === 0 && body[3] === 0 && body[0] !== 0)
    return new TextDecoder('utf-16le').decode(body)
  if (body.length >= 4 && body[0] === 0 && body[2] === 0 && body[1] !== 0)
    return new TextDecoder('utf-16be').decode(body)
  try {
    return utf8.decode(body)
  } catch {
    return latin1.decode(body)
  }
}
