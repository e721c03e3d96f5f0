/**
 * The life of a capture, the standing order to register one name at the drop that ends one registration.
 *
 *   armed ──► finalised ──► firing ──► won | lost | refused
 *     │           │            └────◄► undetermined ──► won | lost | refused   (reconciled by `info`)
 *     └───────────┴──► stood-down       (restored, renewed, withdrawn, stopped)
 *
 * - `armed`: intent committed; nothing has been sent.
 * - `finalised`: minutes before the window; the beneficiary is fixed and a cancel is refused from here on.
 * - `firing`: at least one create may have left.
 * - `undetermined`: a create may have been executed and no answer says so; nothing is sent before the registry is asked, and
 *   back to `firing` if it says that nothing was executed.
 */
export const CAPTURE_STATES = [
  'armed',
  'finalised',
  'firing',
  'undetermined',
  'won',
  'lost',
  'refused',
  'stood-down',
] as const
export type CaptureState = (typeof CAPTURE_STATES)[number]

/** Why a name was not won. Every miss has one. */
export const MISS_REASONS = [
  'renewed',
  'restored',
  'handed-over',
  'taken-in-dropzone',
  'withheld',
  'beaten',
  'refused',
  'throttled',
  'not-attempted',
  'unreachable',
  'our-fault',
  'unknown',
] as const
export type MissReason = (typeof MISS_REASONS)[number]

const NEXT: Readonly<Record<CaptureState, readonly CaptureState[]>> = {
  armed: ['finalised', 'stood-down'],
  finalised: ['firing', 'lost', 'refused', 'stood-down'],
  firing: ['won', 'lost', 'refused', 'undetermined'],
  undetermined: ['firing', 'won', 'lost', 'refused'],
  won: [],
  lost: [],
  refused: [],
  'stood-down': [],
}

/** Whether the state machine allows the step. */
export const canBecome = (from: CaptureState, to: CaptureState): boolean => NEXT[from].includes(to)

/** No step leads out of it. */
export const isFinal = (state: CaptureState): boolean => NEXT[state].length === 0
