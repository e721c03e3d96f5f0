import { type Parsed, parsed, rejected } from '../domain/problem.ts'

/** Country calling codes of one and two digits; every other one has three. ITU-T E.164, list of assigned codes. */
const SHORT_CODES = /^(1|7|20|27|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/

/**
 * Reads a telephone number in international form, `+33 1 23 45 67 89` or `+33.123456789`, into EPP's form
 * (RFC 5733 section 2.5: at most 17 characters).
 * @returns problems with field `voice`.
 */
export function parseVoice(text: string): Parsed<string> {
  const typed = text.trim()
  if (!/^\+[\d .()/-]+$/.test(typed))
    return rejected(
      'voice',
      'voice-form',
      'A number starts with + and the country code, such as +33 1 23 45 67 89.',
    )
  const dotted = /^\+([1-9]\d{0,2})\.(\d{1,14})$/.exec(typed)
  const digits = typed.replace(/\D/g, '')
  if (digits.length < 5 || digits.length > 15)
    return rejected('voice', 'voice-length', 'An international number has 5 to 15 digits.')
  if (digits.startsWith('0'))
    return rejected('voice', 'voice-country-code', 'No country code starts with 0.')
  if (dotted) return parsed(typed)
  const code = SHORT_CODES.exec(digits)?.[1] ?? digits.slice(0, 3)
  return parsed(`+${code}.${digits.slice(code.length)}`)
}
