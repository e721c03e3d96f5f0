import { GRADE, hear, latestLook, newest, ONE_LOOK_MS, type Stance, stanceOf } from './evidence.ts'
import type { Observation, Registration, Source } from './observation.ts'
import { type Phase, phaseOf } from './phase.ts'
import type { Policy } from './policy/policy.ts'
import { mergeRegistrations } from './registration.ts'

/**
 * Several observations of one name read together.
 * - `held`: somebody holds it; `phase` and `registration` as far as known (DNS alone knows neither).
 * - `unconfirmed`: one source denied having it; wants a second look before anything is bought.
 * - `free`: EPP says available, or two looks agree, by two sources or separated in time.
 * - `unknown`: no answer that means anything.
 */
export type Verdict = {
  state: 'held' | 'unconfirmed' | 'free' | 'dropzone' | 'reserved' | 'invalid' | 'unknown'
  phase: Phase | null
  registration: Registration | null
  /** The observations the state rests on, strongest first. */
  basis: readonly Observation[]
  /** Observations that say otherwise: kept visible, not averaged. */
  against: readonly Observation[]
  /** One sentence for people. */
  reason: string
}

/** Two denials by one source are two looks when they lie at least this far apart. */
export const SECOND_LOOK_MS = 3_000

/**
 * Reads the observations of one name together, in any order. The strongest answer of the latest look decides, with three
 * cautions: a denial (absent) needs a second one; a delegation newer than every denial says held; the Dropzone, which RDAP
 * cannot see, beats a denial.
 */
export function judge(observations: readonly Observation[], policy: Policy, now: Date): Verdict {
  const heard = hear(observations, now)
  const look = latestLook(heard)
  const delegation = newest(heard.filter((o) => o.kind === 'delegated'))
  const leader = look[0]

  if (leader === undefined) return delegation ? heldByDns(delegation, []) : UNHEARD
  const stance = stanceOf(leader)
  if (stance === 'held') return held(look, delegation, policy)
  if (stance !== 'free') return settled(leader, look, delegation)
  if (leader.kind === 'available' && leader.source === 'epp')
    return settled(leader, look, delegation)

  const dropzone = look.find((o) => o.kind === 'dropzone')
  if (dropzone) return settled(dropzone, look, delegation)
  const denials = look.filter((o) => stanceOf(o) === 'free')
  if (delegation && denials.every((o) => o.at <= delegation.at))
    return heldByDns(delegation, denials)
  return denied(heard, look, delegation)
}

const UNHEARD: Verdict = {
  state: 'unknown',
  phase: null,
  registration: null,
  basis: [],
  against: [],
  reason: 'No source has given an answer that means anything.',
}

function held(
  look: readonly Observation[],
  delegation: Observation | null,
  policy: Policy,
): Verdict {
  const registered = look.filter((o) => o.kind === 'registered')
  const registration = mergeRegistrations(registered.map((o) => o.registration))
  const phase = phaseOf(registration, policy)
  return {
    state: 'held',
    phase,
    registration,
    basis: delegation ? [...registered, delegation] : registered,
    against: look.filter((o) => stanceOf(o) !== 'held'),
    reason: `${sourcesOf(registered)} shows the name registered, phase ${phase}.`,
  }
}

const heldByDns = (delegation: Observation, against: readonly Observation[]): Verdict => ({
  state: 'held',
  phase: null,
  registration: null,
  basis: [delegation],
  against,
  reason: 'The zone delegates the name, so somebody holds it.',
})

/** One answer is enough: EPP's "available", the Dropzone, a name kept back or impossible. */
function settled(
  leader: Observation,
  look: readonly Observation[],
  delegation: Observation | null,
): Verdict {
  const state = stanceOf(leader) ?? 'reserved'
  return {
    state,
    phase: null,
    registration: null,
    basis: look.filter((o) => stanceOf(o) === state),
    against: against(state, look, delegation),
    reason: settledReason(leader),
  }
}

function settledReason(leader: Observation): string {
  const who = NAMES[leader.source]
  if (leader.kind === 'reserved') return `${who} says the registry keeps it back: ${leader.reason}`
  if (leader.kind === 'invalid') return `${who} says that no such name can be: ${leader.reason}`
  if (leader.kind === 'dropzone') return `${who} says the name is in the Dropzone.`
  return `${who} says the name is available.`
}

/** Denials only: free when two looks agree and nobody has contradicted them since. */
function denied(
  heard: readonly Observation[],
  look: readonly Observation[],
  delegation: Observation | null,
): Verdict {
  const holders = heard.filter((o) => stanceOf(o) === 'held')
  const overruled = (o: Observation) => holders.some((h) => h.at >= o.at && outweighs(h, o))
  const denials = heard.filter((o) => stanceOf(o) === 'free' && !overruled(o))
  const contradicted = holders.some((h) => denials.every((o) => h.at > o.at))
  const agreed = !contradicted && denials.some((a) => denials.some((b) => isSecondLook(a, b)))
  const who = sourcesOf(denials)
  return {
    state: agreed ? 'free' : 'unconfirmed',
    phase: null,
    registration: null,
    basis: denials,
    against: against('free', look, delegation),
    reason: agreed
      ? `Two looks agree that the registry does not have the name (${who}).`
      : `${who || 'One source'} denies having the name; a second look has to confirm it.`,
  }
}

/** Whether a later "held" takes a denial's word away: from a source as strong, or from the zone itself. */
const outweighs = (holder: Observation, denial: Observation): boolean =>
  holder.source === 'dns' || GRADE[holder.source] >= GRADE[denial.source]

/** By another source, or by the same one at least `SECOND_LOOK_MS` later. */
const isSecondLook = (a: Observation, b: Observation): boolean =>
  a.source !== b.source || b.at.getTime() - a.at.getTime() >= SECOND_LOOK_MS

/** What the look holds against the state, and a delegation that is not older than the look. */
function against(
  state: Stance,
  look: readonly Observation[],
  delegation: Observation | null,
): Observation[] {
  const others = look.filter((o) => stanceOf(o) !== state)
  const lookAt = newest(look)?.at.getTime() ?? 0
  const isOld = delegation === null || lookAt - delegation.at.getTime() > ONE_LOOK_MS
  return isOld ? others : [...others, delegation]
}

const NAMES: Readonly<Record<Source, string>> = {
  epp: 'EPP',
  rdap: 'RDAP',
  das: 'DAS',
  whois: 'WHOIS',
  dns: 'DNS',
}
const sourcesOf = (observations: readonly Observation[]): string =>
  [...new Set(observations.map((o) => NAMES[o.source]))].join(' and ')
