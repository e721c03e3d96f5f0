import type { MissReason } from '../domain/capture-state.ts'
import type { Phase } from '../domain/phase.ts'

/** The stages of a registration, as people say them. */
export const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  pendingRestore: 'being restored',
  redemption: 'redemption',
  pendingDelete: 'pending delete',
  quarantine: 'quarantine',
  hold: 'on hold',
  autoRenew: 'auto-renew grace',
  active: 'active',
}

/** Why a name was not won, as people say it after "lost" or "stood down". */
export const REASON_WORDS: Readonly<Record<MissReason, string>> = {
  renewed: 'renewed by its holder',
  restored: 'restored by its holder',
  'handed-over': 'handed over before the drop',
  'taken-in-dropzone': 'taken in the Dropzone',
  withheld: 'withheld by the registry',
  beaten: 'beaten by a rival',
  refused: 'refused by the registry',
  throttled: 'held back by the registry’s limits',
  'not-attempted': 'not attempted',
  unreachable: 'the registry could not be reached',
  'our-fault': 'a fault of ours',
  unknown: 'reason unknown',
}

const SCOPE_WORDS: Readonly<Record<string, string>> = {
  registry: 'registry',
  extension: 'extension',
  accreditation: 'accreditation',
  channel: 'channel',
  name: 'name',
}

/** What a stop switch stops: `extension:fr` is "every create under .fr". */
export function scopeWords(scope: string): string {
  if (scope === 'all') return 'every create'
  const kind = scope.slice(0, scope.indexOf(':'))
  const key = scope.slice(scope.indexOf(':') + 1)
  if (kind === 'extension') return `every create under .${key}`
  if (kind === 'name') return `every create of ${key}`
  return `every create by ${SCOPE_WORDS[kind] ?? kind} ${key}`
}
