/** Chance that repeats: the same seed and words give the same numbers on every machine. */
export type Random = {
  /** In [0, 1). */
  next(): number
  /** In [from, to). */
  between(from: number, to: number): number
  /** True with the given probability. */
  happens(probability: number): boolean
}

/** FNV-1a over the words: one 32-bit seed for one purpose. */
function hash(seed: number, words: readonly string[]): number {
  let value = (0x811c9dc5 ^ seed) >>> 0
  for (const char of words.join('\u0000')) {
    value = Math.imul(value ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0
  }
  return value
}

/** A stream of its own for one purpose, such as `seededRandom(7, 'release', 'a.com')`. Mulberry32. */
export function seededRandom(seed: number, ...words: readonly string[]): Random {
  let state = hash(seed, words)
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (from, to) => from + (to - from) * next(),
    happens: (probability) => next() < probability,
  }
}
