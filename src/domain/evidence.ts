import type { Observation, Source } from './observation.ts'

/** Weight of a source's word: EPP beats RDAP, RDAP beats DAS and WHOIS, and DNS only ever proves that a name is held. */
export const GRADE: Readonly<Record<Source, number>> = { epp: 3, rdap: 2, das: 1, whois: 1, dns: 0 }

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** Answers this near in time are one look, inside which the stronger source is right; between looks the newer is. */
export const ONE_LOOK_MS = 2 * MINUTE_MS

/** What an answer makes of the name; where sources of one grade disagree, the first of this order counts. */
const STANCES = ['held', 'reserved', 'invalid', 'dropzone', 'free'] as const
export type Stance = (typeof STANCES)[number]

const STANCE: Readonly<Record<Observation['kind'], Stance | null>> = {
  registered: 'held',
  delegated: 'held',
  reserved: 'reserved',
  invalid: 'invalid',
  dropzone: 'dropzone',
  available: 'free',
  absent: 'free',
  undelegated: null,
  throttled: null,
  undetermined: null,
}

/** How long an answer counts: what speaks for a free name goes stale fast. */
const COUNTS_MS: Readonly<Record<Stance, number>> = {
  held: 14 * DAY_MS,
  reserved: 14 * DAY_MS,
  invalid: 14 * DAY_MS,
  dropzone: 60 * MINUTE_MS,
  free: 15 * MINUTE_MS,
}
const DELEGATION_COUNTS_MS = DAY_MS

export const stanceOf = (observation: Observation): Stance | null => STANCE[observation.kind]

/**
 * The answers that count now, strongest first, in an order that does not depend on the order of the input. Silence and
 * throttling never count, nor does what DNS cannot know.
 */
export const hear = (observations: readonly Observation[], now: Date): Observation[] =>
  observations.filter((o) => isFresh(o, now)).sort(strongestFirst)

function isFresh(observation: Observation, now: Date): boolean {
  const stance = stanceOf(observation)
  if (stance === null) return false
  const { kind, source, at } = observation
  if ((source === 'dns') !== (kind === 'delegated')) return false
  const limit = kind === 'delegated' ? DELEGATION_COUNTS_MS : COUNTS_MS[stance]
  return now.getTime() - at.getTime() < limit
}

/**
 * The newest word of each registry source, as far as it belongs to the latest look; strongest first. A Dropzone answer stays
 * as long as it counts: nothing but WHOIS tells the Dropzone from a free name.
 */
export function latestLook(heard: readonly Observation[]): Observation[] {
  const voices = heard.filter((o) => o.source !== 'dns')
  const lastAt = newest(voices)?.at.getTime() ?? 0
  return voices.filter((o) => {
    const isLastOfSource = newest(voices.filter(({ source }) => source === o.source)) === o
    return isLastOfSource && (o.kind === 'dropzone' || lastAt - o.at.getTime() <= ONE_LOOK_MS)
  })
}

/** The first of the newest. */
export const newest = (observations: readonly Observation[]): Observation | null =>
  observations.reduce<Observation | null>(
    (best, o) => (best === null || o.at > best.at ? o : best),
    null,
  )

/** By grade, then caution, then age; the text at the end makes the order total. */
function strongestFirst(a: Observation, b: Observation): number {
  return (
    GRADE[b.source] - GRADE[a.source] ||
    caution(a) - caution(b) ||
    b.at.getTime() - a.at.getTime() ||
    (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  )
}

const caution = (o: Observation): number => STANCES.indexOf(stanceOf(o) ?? 'free')
