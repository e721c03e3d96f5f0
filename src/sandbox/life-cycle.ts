import type { DomainName, Extension } from '../domain/name.ts'
import type { EppStatus, RgpStatus } from '../domain/status.ts'
import { DAY_MS } from './duration.ts'
import type { Fate } from './fate.ts'
import type { SandboxDomain, SandboxTransfer } from './registry.ts'
import type { LifeCycle } from './world.ts'

/**
 * What the registry keeps of a name. Where it stands follows from these facts and the moment:
 *
 *   gTLD   registered ─(expiry: one year more by itself)─ delete ─► redemption 30 d ─► pendingDelete 5 d ─► gone
 *   .org, .info                                                                    … ─► dropzone ─► gone
 *   .fr    registered ─ delete ─► redemption 30 d, until the daily batch ─► gone
 *   .eu    registered ─ delete or expiry ─► quarantine 40 d ─► gone
 *   .be    registered ─ delete ─► quarantine 40 d, until a full hour ─► gone
 *
 * A restore (redemption) or a reactivation (quarantine) leads back to registered; a delete within the add period leads
 * straight to gone.
 */
export type DomainFacts = {
  name: DomainName
  extension: Extension
  roid: string
  sponsor: string
  createdBy: string
  createdAt: Date
  updatedBy: string | null
  updatedAt: Date | null
  /** End of the paid term; years added by the registry itself are not in it. */
  expiresAt: Date
  /** Last explicit renewal. */
  renewedAt: Date | null
  transferredAt: Date | null
  statuses: readonly EppStatus[]
  registrant: string | null
  contacts: SandboxDomain['contacts']
  nameServers: readonly string[]
  authInfo: string | null
  transfer: SandboxTransfer | null
  deletion: Deletion | null
  /** What is to happen to it by itself; null for a name that nobody does anything with. */
  fate: Fate | null
}

/** A delete that was accepted, with everything that follows from it unless it is undone. */
export type Deletion = {
  deletedAt: Date
  /** End of redemption or quarantine. */
  redemptionEndsAt: Date
  /** The instant that the registry publishes, if it does. */
  availableAt: Date | null
  /** The true instant at which the registration ends. */
  purgedAt: Date
  /** When anybody can have it: `purgedAt`, or the end of the Dropzone. */
  freeAt: Date
  /** Who takes it in the Dropzone, and when. */
  taken: { by: string; takenAt: Date } | null
  restoreRequestedAt: Date | null
}

export type Stage = SandboxDomain['stage'] | 'dropzone' | 'gone'

/** A restore request without a report lapses after seven days (ICANN RGP). */
const RESTORE_REPORT_MS = 7 * DAY_MS
/** Five days: the renew and transfer grace periods of the gTLDs, and the time to answer a transfer. */
export const FIVE_DAYS_MS = 5 * DAY_MS

/** Where the name stands at `now`. */
export function stageOf({ deletion }: DomainFacts, rules: LifeCycle, now: Date): Stage {
  if (!deletion || now < deletion.deletedAt) return 'registered'
  if (now >= deletion.freeAt) return 'gone'
  if (now >= deletion.purgedAt) return 'dropzone'
  const { restoreRequestedAt, redemptionEndsAt } = deletion
  if (restoreRequestedAt && now.getTime() < restoreRequestedAt.getTime() + RESTORE_REPORT_MS)
    return 'pendingRestore'
  if (rules.quarantineDays > 0) return 'quarantine'
  return now < redemptionEndsAt || rules.pendingDeleteDays === 0 ? 'redemption' : 'pendingDelete'
}

/** The instants ahead of `now` at which the stage changes, the last of them the release. */
export function stageChanges({ deletion }: DomainFacts, rules: LifeCycle, now: Date): Date[] {
  if (!deletion) return []
  const changes = [deletion.purgedAt, deletion.freeAt]
  if (rules.pendingDeleteDays > 0) changes.unshift(deletion.redemptionEndsAt)
  return changes.filter((at) => at > now)
}

/** The same day so many years on; 29 February becomes 28 February. */
export function addYears(date: Date, years: number): Date {
  const moved = new Date(date)
  moved.setUTCFullYear(date.getUTCFullYear() + years)
  if (moved.getUTCMonth() !== date.getUTCMonth()) moved.setUTCDate(0)
  return moved
}

/**
 * The expiry date as the registry prints it: at registries that renew by themselves a year is added at each expiry, until
 * the name is deleted.
 * @returns also the last such renewal, if there was one.
 */
export function termOf(
  facts: DomainFacts,
  rules: LifeCycle,
  now: Date,
): { expiresAt: Date; autoRenewedAt: Date | null } {
  if (!rules.autoRenew || facts.deletion) return { expiresAt: facts.expiresAt, autoRenewedAt: null }
  let years = 0
  while (addYears(facts.expiresAt, years) <= now) years += 1
  return {
    expiresAt: addYears(facts.expiresAt, years),
    autoRenewedAt: years > 0 ? addYears(facts.expiresAt, years - 1) : null,
  }
}

/** The name as its registry would show it at `now`; null once it has none to show. */
export function domainAt(facts: DomainFacts, rules: LifeCycle, now: Date): SandboxDomain | null {
  const stage = stageOf(facts, rules, now)
  if (stage === 'gone' || stage === 'dropzone') return null
  const { fate, deletion, renewedAt, ...shown } = facts
  const { expiresAt, autoRenewedAt } = termOf(facts, rules, now)
  const touched = stage === 'pendingDelete' ? deletion!.redemptionEndsAt : autoRenewedAt
  const touchedLast = touched !== null && (facts.updatedAt === null || touched > facts.updatedAt)
  return {
    ...shown,
    updatedAt: touchedLast ? touched : facts.updatedAt,
    expiresAt,
    effectiveStatuses: effectiveStatuses(facts, stage),
    rgp: rgpStatuses(facts, rules, stage, autoRenewedAt, now),
    stage,
    deletedAt: deletion?.deletedAt ?? null,
    availableAt: deletion?.availableAt ?? null,
  }
}

/** RFC 5731 section 2.3: `ok` stands alone; a name without delegation is `inactive`. */
function effectiveStatuses(facts: DomainFacts, stage: SandboxDomain['stage']): EppStatus[] {
  const statuses = [...facts.statuses]
  const leaving = stage !== 'registered'
  if (leaving && stage !== 'quarantine') statuses.push('pendingDelete')
  if (facts.transfer?.status === 'pending') statuses.push('pendingTransfer')
  if (facts.nameServers.length === 0 || stage === 'quarantine') statuses.push('inactive')
  return statuses.length > 0 ? statuses : ['ok']
}

/** RFC 3915 section 3.1. */
function rgpStatuses(
  facts: DomainFacts,
  rules: LifeCycle,
  stage: SandboxDomain['stage'],
  autoRenewedAt: Date | null,
  now: Date,
): RgpStatus[] {
  if (stage === 'redemption') return ['redemptionPeriod']
  if (stage === 'pendingRestore') return ['pendingRestore']
  if (stage === 'pendingDelete') return ['rgpPendingDelete']
  if (stage !== 'registered' || !rules.gracePeriods) return []
  const within = (since: Date | null, ms: number) =>
    since !== null && now.getTime() - since.getTime() < ms
  const grace: RgpStatus[] = []
  if (inAddPeriod(facts, rules, now)) grace.push('addPeriod')
  if (within(autoRenewedAt, rules.autoRenewGraceDays * DAY_MS)) grace.push('autoRenewPeriod')
  if (within(facts.renewedAt, FIVE_DAYS_MS)) grace.push('renewPeriod')
  if (within(facts.transferredAt, FIVE_DAYS_MS)) grace.push('transferPeriod')
  return grace
}

/** A name deleted this soon after its creation is free at once. */
export function inAddPeriod(facts: DomainFacts, rules: LifeCycle, now: Date): boolean {
  const ageMs = now.getTime() - facts.createdAt.getTime()
  return facts.transferredAt === null && ageMs < rules.addGraceDays * DAY_MS
}

/** Whether it is published in the zone (RFC 5731: a hold takes it out; so do redemption and quarantine). */
export function isDelegated(facts: DomainFacts, rules: LifeCycle, now: Date): boolean {
  const held = facts.statuses.includes('clientHold') || facts.statuses.includes('serverHold')
  return !held && facts.nameServers.length > 0 && stageOf(facts, rules, now) === 'registered'
}
