import type { DomainName } from '../domain/name.ts'
import type { Registry } from '../domain/policy/policy.ts'
import { type Desk, done, keep, notify, ownRegistration, refused, rulesOf, shown } from './desk.ts'
import { DAY_MS, HOUR_MS } from './duration.ts'
import { followed } from './fate.ts'
import { hostInUse, moveHosts } from './hosts.ts'
import {
  addYears,
  type Deletion,
  type DomainFacts,
  inAddPeriod,
  stageOf,
  termOf,
} from './life-cycle.ts'
import { seededRandom } from './random.ts'
import type { Done, SandboxDomain } from './registry.ts'
import { releaseOf } from './release.ts'

/** A report may follow a restore that was done at once this much later. */
const REPORT_WITHIN_MS = 7 * DAY_MS

/**
 * Deletes a name: free at once within the add period, else off into redemption or quarantine. `pending` tells the former from
 * the EPP answer 1001. 2304 when a status or a pending transfer forbids it, 2305 when others are delegated to hosts below it.
 */
export function deleteDomain(
  desk: Desk,
  registry: Registry,
  by: string,
  name: DomainName,
): Done<{ pending: boolean }> {
  const owned = ownRegistration(desk, registry, by, name)
  if (!owned.ok) return owned
  const facts = owned.value
  const rules = rulesOf(desk, facts.extension)
  const forbids = facts.statuses.find((status) => status.endsWith('DeleteProhibited'))
  if (forbids) return refused(2304, `${forbids} is set`)
  if (facts.deletion) return refused(2304, 'It is deleted already')
  if (facts.transfer?.status === 'pending') return refused(2304, 'A transfer is pending')
  const inUse = hostInUse(desk, registry, name)
  if (inUse) return refused(2305, `Other names are delegated to ${inUse}`)
  if (inAddPeriod(facts, rules, desk.at)) {
    moveHosts(desk, registry, name, null)
    desk.state.put('domain', name, null)
    return done({ pending: false })
  }
  const { expiresAt, autoRenewedAt } = termOf(facts, rules, desk.at)
  const inGrace =
    autoRenewedAt !== null &&
    desk.at.getTime() < autoRenewedAt.getTime() + rules.autoRenewGraceDays * DAY_MS
  keep(desk, facts, by, {
    // The year added at expiry is given back (RFC 3915 section 3.1, autoRenewPeriod).
    expiresAt: inGrace ? autoRenewedAt : expiresAt,
    deletion: deletionOf(desk, facts, desk.at),
    fate: facts.fate ?? followed,
  })
  return done({ pending: rules.quarantineDays === 0 })
}

/** What follows from a delete at `deletedAt`, lateness and Dropzone included. */
export function deletionOf(desk: Desk, facts: DomainFacts, deletedAt: Date): Deletion {
  const { lifeCycle, release } = desk.world.extensions[facts.extension]
  const { redemptionDays, quarantineDays, pendingDeleteDays, dropzone } = lifeCycle
  const after = (from: Date, ms: number) => new Date(from.getTime() + Math.round(ms))
  const redemptionEndsAt = after(deletedAt, (redemptionDays + quarantineDays) * DAY_MS)
  const { availableAt, releaseAt: purgedAt } = releaseOf(
    release,
    {
      name: facts.name,
      roid: facts.roid,
      createdAt: facts.createdAt,
      deletedAt,
      updatedAt: pendingDeleteDays > 0 ? redemptionEndsAt : deletedAt,
      endsAt: after(redemptionEndsAt, pendingDeleteDays * DAY_MS),
      lateMs: facts.fate?.lateMs ?? null,
    },
    desk.seed,
  )
  const inZoneMs = (dropzone?.hours ?? 0) * HOUR_MS
  const chance = seededRandom(desk.seed, 'dropzone', facts.name, deletedAt.toISOString())
  const takers = desk.world.registrars.slice(1).filter(({ id }) => id !== facts.sponsor)
  const taker = takers[Math.floor(chance.next() * takers.length)]
  const taken = taker !== undefined && chance.happens(dropzone?.taken ?? 0)
  return {
    deletedAt,
    redemptionEndsAt,
    availableAt,
    purgedAt,
    freeAt: after(purgedAt, inZoneMs),
    taken: taken ? { by: taker.id, takenAt: after(purgedAt, chance.next() * inZoneMs) } : null,
    restoreRequestedAt: null,
  }
}

/**
 * Undoes a delete in redemption (RFC 3915) or quarantine (a reactivation). A client's request is taken with its report, so it
 * is done when this returns; a report that comes after it is welcome for a week.
 */
export function restoreDomain(
  desk: Desk,
  registry: Registry,
  by: string,
  name: DomainName,
  op: 'request' | 'report',
): Done<SandboxDomain> {
  const owned = ownRegistration(desk, registry, by, name)
  if (!owned.ok) return owned
  const facts = owned.value
  const stage = stageOf(facts, rulesOf(desk, facts.extension), desk.at)
  if (op === 'report' && stage === 'registered') {
    const sinceMs = desk.at.getTime() - (facts.updatedAt?.getTime() ?? Number.NEGATIVE_INFINITY)
    return sinceMs <= REPORT_WITHIN_MS
      ? done(shown(desk, facts))
      : refused(2304, 'No restore is waiting for a report')
  }
  const restorable = op === 'report' ? ['pendingRestore'] : ['redemption', 'quarantine']
  if (!restorable.includes(stage)) return refused(2304, `It cannot be restored from ${stage}`)
  return done(reinstate(desk, facts, by))
}

/** A restore request whose report is still to come: pendingRestore. */
export function requestRestore(desk: Desk, facts: DomainFacts): void {
  const stage = stageOf(facts, rulesOf(desk, facts.extension), desk.at)
  if (stage !== 'redemption' || !facts.deletion) return
  const deletion = { ...facts.deletion, restoreRequestedAt: desk.at }
  keep(desk, facts, facts.sponsor, { deletion })
}

/** Back to registered; a term that ended meanwhile is paid for another year. */
export function reinstate(desk: Desk, facts: DomainFacts, by: string): SandboxDomain {
  let { expiresAt } = facts
  while (expiresAt <= desk.at) expiresAt = addYears(expiresAt, 1)
  const { fate } = facts
  const moreToCome = fate !== null && (fate.acts.length > 0 || fate.holder === 'by-chance')
  return keep(desk, facts, by, { deletion: null, expiresAt, fate: moreToCome ? fate : null })
}

/** The registry's own delete of a name whose term has ended where nothing renews by itself (.eu). */
export function expire(desk: Desk, registry: Registry, facts: DomainFacts): void {
  const deletion = deletionOf(desk, facts, desk.at)
  keep(desk, facts, facts.sponsor, { deletion, fate: facts.fate ?? followed })
  notify(desk, registry, facts.sponsor, facts.name, 'Deleted at the end of its term')
}
