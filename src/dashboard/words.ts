import type { CaptureState } from '../domain/capture-state.ts'
import type { EventType } from '../domain/event.ts'
import type { DomainName, Extension } from '../domain/name.ts'
import { labelOf, unicodeOf } from '../domain/name.ts'
import type { Phase } from '../domain/phase.ts'
import type { Registry } from '../domain/policy/policy.ts'
import type { Verdict } from '../domain/verdict.ts'
import { beatenBy } from '../events/describe.ts'
import { durationWords } from '../events/time-words.ts'
import { PHASE_WORDS, REASON_WORDS } from '../events/words.ts'
import type { CaptureRow } from '../store/captures.ts'
import type { LineState } from '../store/schema/customers.ts'
import type { WatchState } from '../store/schema/watching.ts'
import type { IconName } from './icon.tsx'

/** Where a name stands, for people: its phase while it is held, else what is known instead. */
export const stageWords = ({
  state,
  phase,
}: {
  state: Verdict['state']
  phase: Phase | null
}): string => (phase && state === 'held' ? PHASE_WORDS[phase] : STATE_WORDS[state])

export const STATE_WORDS: Readonly<Record<Verdict['state'], string>> = {
  held: 'held',
  unconfirmed: 'perhaps free',
  free: 'free',
  dropzone: 'in the Dropzone',
  reserved: 'reserved',
  invalid: 'not possible',
  unknown: 'not known yet',
}

/** What each stage means for somebody who waits for the name. */
export const STAGE_MEANING: Readonly<Record<Phase, string>> = {
  pendingRestore: 'Its holder is taking it back.',
  redemption: 'Deleted; its holder can still take it back.',
  pendingDelete: 'Deleted for good; the registry will release it.',
  quarantine: 'Deleted; held back by the registry until it is released.',
  hold: 'Taken out of service; not deleted.',
  autoRenew: 'Expired; its registrar may still delete it.',
  active: 'In use by somebody else.',
}

export const CAPTURE_WORDS: Readonly<Record<CaptureState, { words: string; icon: IconName }>> = {
  armed: { words: 'armed', icon: 'aimed' },
  finalised: { words: 'ready to fire', icon: 'aimed' },
  firing: { words: 'firing', icon: 'firing' },
  undetermined: { words: 'undetermined', icon: 'undetermined' },
  won: { words: 'won', icon: 'won' },
  lost: { words: 'lost', icon: 'lost' },
  refused: { words: 'refused', icon: 'refused' },
  'stood-down': { words: 'stood down', icon: 'stood-down' },
}

type Outcome = Pick<CaptureRow, 'state' | 'reason' | 'rival' | 'gapFromMs' | 'gapToMs'> & {
  delayMs: number | null
}

/** How a capture ended, in half a sentence after its state; empty while it is under way. */
export function outcomeWords({
  state,
  reason,
  rival,
  gapFromMs,
  gapToMs,
  delayMs,
}: Outcome): string {
  if (state === 'won')
    return delayMs === null
      ? 'caught'
      : `caught ${durationWords(Math.max(0, delayMs))} after the drop`
  if (reason === null) return ''
  if (reason !== 'beaten') return REASON_WORDS[reason]
  const gap = gapFromMs !== null && gapToMs !== null ? { from: gapFromMs, to: gapToMs } : null
  return beatenBy(rival, gap)
}

/** Why the next look is when it is (`NextLook.because` and what the watching adds to it). */
const BECAUSE: Readonly<Record<string, string>> = {
  first: 'the first look at a new watch',
  promise: 'the promised looks of the day',
  window: 'it can drop then',
  edge: 'just after a likely instant of release',
  deadline: 'its next stage must not be missed',
  'dns-change': 'its DNS has changed',
  retry: 'the last one brought no answer',
  confirm: 'one source says that it is gone, which wants a second look',
  'after-miss': 'after a miss we keep looking hard',
}
export const becauseWords = (because: string | null): string =>
  because === null ? '' : (BECAUSE[because] ?? because)

export const WATCH_WORDS: Readonly<Record<WatchState, string>> = {
  open: 'open',
  paused: 'paused',
  won: 'won',
  cancelled: 'cancelled',
  ended: 'ended',
}

export const LINE_WORDS: Readonly<Record<LineState, { words: string; icon: IconName }>> = {
  pending: { words: 'being looked up', icon: 'waiting' },
  registered: { words: 'registered', icon: 'won' },
  joined: { words: 'in the pack', icon: 'won' },
  'transfer-on-request': { words: 'joins once transferred', icon: 'stage' },
  watched: { words: 'watched', icon: 'watch' },
  'action-needed': { words: 'somebody has to decide', icon: 'alarm' },
}

export const REGISTRY_WORDS: Readonly<Record<Registry, string>> = {
  verisign: 'Verisign',
  pir: 'PIR',
  identityDigital: 'Identity Digital',
  godaddy: 'GoDaddy Registry',
  afnic: 'AFNIC',
  eurid: 'EURid',
  dnsBelgium: 'DNS Belgium',
}

const EVENT_ICONS: Partial<Record<EventType, IconName>> = {
  'order.action-needed': 'alarm',
  'name.registered': 'won',
  'name.joined': 'won',
  'watch.opened': 'watch',
  'capture.armed': 'aimed',
  'capture.finalised': 'aimed',
  'capture.won': 'won',
  'capture.lost': 'lost',
  'capture.refused': 'refused',
  'capture.undetermined': 'undetermined',
  'capture.stood-down': 'stood-down',
  'source.paused': 'paused',
  'switch.changed': 'stopped',
  'order.placed': 'order',
}
export const eventIcon = (type: EventType): IconName => EVENT_ICONS[type] ?? 'stage'

/** A probability as ops read it: whole per cents, and never a rounded 0 or 100. */
export function percentWords(probability: number): string {
  if (probability <= 0) return '0 %'
  if (probability < 0.01) return '< 1 %'
  if (probability > 0.99 && probability < 1) return '> 99 %'
  return `${Math.round(probability * 100)} %`
}

/** The label and the extension of a name as people write them. */
export const partsOf = (name: DomainName): { label: string; extension: string } => ({
  label: unicodeOf(labelOf(name)),
  extension: name.slice(name.indexOf('.')),
})

export const dotted = (extension: Extension): string => `.${extension}`

export const euroWords = (cents: number): string => `${(cents / 100).toFixed(2)} EUR`
