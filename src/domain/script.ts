/** A writing system that labels come in: its ISO 15924 code, the Unicode scripts it takes, a language written in it. */
export type Script = {
  /** ISO 15924. */
  code: string
  /** Unicode script names, as regular expressions spell them. */
  unicode: readonly string[]
  /** ISO 639-2/B code of one language written in it, in the upper case that Verisign's tag list has. */
  language: string
}

/** Japanese and Korean mix scripts by nature; Han alone is read as Chinese. First match counts. */
export const SCRIPTS: readonly Script[] = [
  { code: 'Latn', unicode: ['Latin'], language: 'FRE' },
  { code: 'Grek', unicode: ['Greek'], language: 'GRE' },
  { code: 'Cyrl', unicode: ['Cyrillic'], language: 'RUS' },
  { code: 'Arab', unicode: ['Arabic'], language: 'ARA' },
  { code: 'Armn', unicode: ['Armenian'], language: 'ARM' },
  { code: 'Beng', unicode: ['Bengali'], language: 'BEN' },
  { code: 'Deva', unicode: ['Devanagari'], language: 'HIN' },
  { code: 'Geor', unicode: ['Georgian'], language: 'GEO' },
  { code: 'Gujr', unicode: ['Gujarati'], language: 'GUJ' },
  { code: 'Hebr', unicode: ['Hebrew'], language: 'HEB' },
  { code: 'Khmr', unicode: ['Khmer'], language: 'KHM' },
  { code: 'Knda', unicode: ['Kannada'], language: 'KAN' },
  { code: 'Laoo', unicode: ['Lao'], language: 'LAO' },
  { code: 'Mlym', unicode: ['Malayalam'], language: 'MAL' },
  { code: 'Sinh', unicode: ['Sinhala'], language: 'SIN' },
  { code: 'Taml', unicode: ['Tamil'], language: 'TAM' },
  { code: 'Telu', unicode: ['Telugu'], language: 'TEL' },
  { code: 'Thai', unicode: ['Thai'], language: 'THA' },
  { code: 'Hani', unicode: ['Han'], language: 'CHI' },
  { code: 'Jpan', unicode: ['Han', 'Hiragana', 'Katakana'], language: 'JPN' },
  { code: 'Kore', unicode: ['Han', 'Hangul'], language: 'KOR' },
]

/** Scripts in whose labels plain Latin letters are usual beside their own. */
const TAKES_LATIN = new Set(['Hani', 'Jpan', 'Kore'])

/** A source of a regular expression (flag `v`) for the letters, marks and digits of one writing system, and the hyphen. */
const lettersOf = ({ code, unicode }: Script): string => {
  const scripts = unicode.map((script) => `\\p{scx=${script}}`).join('')
  return `(?:[[\\p{L}\\p{M}\\p{Nd}]&&[${scripts}]]|[0-9\\-${TAKES_LATIN.has(code) ? 'a-z' : ''}])+`
}

/** Matches a whole U-label written in one of the systems, with ASCII digits and hyphens; no symbols, no emoji. */
export const writtenIn = (scripts: readonly Script[]): RegExp =>
  new RegExp(`^(?:${scripts.map(lettersOf).join('|')})$`, 'v')

const MATCHERS = SCRIPTS.map((script) => ({ script, matcher: writtenIn([script]) }))

/** The one system that a U-label is written in, or null when it mixes several or is in none that we know. */
export const scriptOf = (uLabel: string): Script | null =>
  MATCHERS.find(({ matcher }) => matcher.test(uLabel))?.script ?? null
