import type { Registration } from './observation.ts'
import type { Policy } from './policy/policy.ts'
import { PHASES, type Phase } from './stage.ts'
import type { Status } from './status.ts'

export { PHASES, type Phase } from './stage.ts'

/** What a phase is read from besides the source's own word for it. */
type Signs = (statuses: ReadonlySet<Status>, registration: Registration, policy: Policy) => boolean

/**
 * RFC 3915 section 3.1: redemption and pending delete both stand beside EPP's `pendingDelete`, so `redemptionPeriod`
 * decides first and a bare `pendingDelete` is the last stage. At .fr both RGP words show during the whole redemption.
 */
const SIGNS: Readonly<Record<Phase, Signs>> = {
  pendingRestore: (statuses) => statuses.has('pendingRestore'),
  redemption: (statuses) => statuses.has('redemptionPeriod'),
  pendingDelete: (statuses) => statuses.has('pendingDelete') || statuses.has('rgpPendingDelete'),
  // A release instant is published only once the name is in quarantine.
  quarantine: (_, { releaseAt }, { lifecycle }) =>
    releaseAt !== null && lifecycle.quarantineDays.value > 0,
  hold: (statuses) => statuses.has('clientHold') || statuses.has('serverHold'),
  autoRenew: (statuses) => statuses.has('autoRenewPeriod'),
  active: () => true,
}

/** Where the registration stands: the first phase of `PHASES` that its statuses, or the source's own word, show. */
export function phaseOf(registration: Registration, policy: Policy): Phase {
  const statuses = new Set(registration.statuses)
  const shows = (phase: Phase): boolean =>
    registration.stage === phase || SIGNS[phase](statuses, registration, policy)
  return PHASES.find(shows) ?? 'active'
}
