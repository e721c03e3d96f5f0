import type { DomainName } from '../domain/name.ts'
import type { Registry } from '../domain/policy/policy.ts'
import { reinstate } from './deletion.ts'
import {
  type Desk,
  done,
  keep,
  notify,
  policyAt,
  refused,
  registrationOf,
  rulesOf,
} from './desk.ts'
import { DAY_MS } from './duration.ts'
import { moveHosts } from './hosts.ts'
import { addYears, type DomainFacts, FIVE_DAYS_MS, stageOf, termOf } from './life-cycle.ts'
import type { Done, SandboxTransfer } from './registry.ts'

/** No transfer this soon after a creation or another transfer (ICANN transfer policy). */
const LOCKED_MS = 60 * DAY_MS

type TransferOp = 'request' | 'query' | 'approve' | 'reject' | 'cancel'

/**
 * Transfers of RFC 5731 section 3.2.4: five days to answer, then it is done. .eu and .be hand over at once, and out of
 * quarantine too. 2106 for a locked or own name, 2202 for a wrong authInfo, 2300 and 2301 (not) pending, 2201 for somebody
 * who has no say, 2304 when a status forbids it.
 */
export function transferDomain(
  desk: Desk,
  registry: Registry,
  by: string,
  name: DomainName,
  op: TransferOp,
  authInfo: string | null,
  years: number | null,
): Done<SandboxTransfer> {
  if (!policyAt(registry, name)) return refused(2306, `${name} is not in this registry`)
  const facts = registrationOf(desk, name)
  if (!facts) return refused(2303, 'Object does not exist')
  if (op === 'request') return request(desk, registry, by, facts, authInfo, years)
  const { transfer } = facts
  const isParty = facts.sponsor === by || transfer?.requestedBy === by || transfer?.actedBy === by
  if (!isParty && (authInfo === null || authInfo !== facts.authInfo))
    return refused(2201, 'Neither losing nor gaining registrar')
  if (op === 'query')
    return transfer ? done(transfer) : refused(2301, 'No transfer was ever requested')
  if (transfer?.status !== 'pending') return refused(2301, 'No transfer is pending')
  const says = op === 'cancel' ? transfer.requestedBy : facts.sponsor
  if (says !== by) return refused(2201, `It is for ${says} to ${op}`)
  const status =
    op === 'approve' ? 'clientApproved' : op === 'reject' ? 'clientRejected' : 'clientCancelled'
  return done(close(desk, registry, facts, transfer, status, by))
}

/** The registry's own yes, once five days have passed without an answer. */
export function approveByTime(desk: Desk, registry: Registry, facts: DomainFacts): void {
  if (facts.transfer?.status === 'pending')
    close(desk, registry, facts, facts.transfer, 'serverApproved', facts.sponsor)
}

/** A holder's word is enough for the story: sponsor and term change at once. */
export function handOver(desk: Desk, registry: Registry, facts: DomainFacts, to: string): void {
  close(desk, registry, facts, askedFor(desk, facts, to, true), 'clientApproved', facts.sponsor)
}

function request(
  desk: Desk,
  registry: Registry,
  by: string,
  facts: DomainFacts,
  authInfo: string | null,
  years: number | null,
): Done<SandboxTransfer> {
  const rules = rulesOf(desk, facts.extension)
  const atOnce = rules.quarantineDays > 0
  const stage = stageOf(facts, rules, desk.at)
  if (facts.sponsor === by) return refused(2106, 'It is sponsored by the requester')
  if (authInfo === null) return refused(2003, 'An authInfo is required')
  if (facts.authInfo === null || authInfo !== facts.authInfo)
    return refused(2202, 'Invalid authorization information')
  if (facts.transfer?.status === 'pending') return refused(2300, 'A transfer is pending')
  const forbids = facts.statuses.find((status) => status.endsWith('TransferProhibited'))
  if (forbids) return refused(2304, `${forbids} is set`)
  if (stage !== 'registered' && !(atOnce && stage === 'quarantine'))
    return refused(2304, `It cannot be transferred from ${stage}`)
  if (years !== null && years !== 1) return refused(2004, 'A transfer adds one year')
  const since = facts.transferredAt ?? facts.createdAt
  if (!atOnce && desk.at.getTime() - since.getTime() < LOCKED_MS)
    return refused(2106, 'Created or transferred within 60 days')
  const transfer = askedFor(desk, facts, by, atOnce)
  if (atOnce) return done(close(desk, registry, facts, transfer, 'serverApproved', facts.sponsor))
  desk.state.put('domain', facts.name, { ...facts, transfer })
  notify(desk, registry, facts.sponsor, facts.name, 'Transfer requested')
  return done(transfer)
}

function askedFor(desk: Desk, facts: DomainFacts, by: string, atOnce: boolean): SandboxTransfer {
  const { expiresAt } = termOf(facts, rulesOf(desk, facts.extension), desk.at)
  return {
    status: 'pending',
    requestedBy: by,
    requestedAt: desk.at,
    actedBy: facts.sponsor,
    // While it is pending: the latest time to answer (RFC 5731 section 3.1.3).
    actedAt: atOnce ? desk.at : new Date(desk.at.getTime() + FIVE_DAYS_MS),
    expiresAt: atOnce ? null : addYears(expiresAt, 1),
  }
}

function close(
  desk: Desk,
  registry: Registry,
  facts: DomainFacts,
  asked: SandboxTransfer,
  status: SandboxTransfer['status'],
  actedBy: string,
): SandboxTransfer {
  const transfer = { ...asked, status, actedBy, actedAt: desk.at }
  const losing = facts.sponsor
  const moves = status === 'clientApproved' || status === 'serverApproved'
  if (!moves) {
    desk.state.put('domain', facts.name, { ...facts, transfer })
  } else {
    if (facts.deletion) reinstate(desk, facts, losing)
    const current = registrationOf(desk, facts.name) ?? facts
    const { expiresAt, autoRenewedAt } = termOf(current, rulesOf(desk, facts.extension), desk.at)
    // A transfer's year takes the place of the one added at expiry (ICANN, phantom year).
    const moved = asked.expiresAt && !inGrace(desk, current, autoRenewedAt)
    keep(desk, current, asked.requestedBy, {
      transfer,
      sponsor: asked.requestedBy,
      transferredAt: desk.at,
      expiresAt: moved ? addYears(expiresAt, 1) : expiresAt,
    })
    moveHosts(desk, registry, facts.name, asked.requestedBy)
  }
  for (const party of [losing, asked.requestedBy])
    notify(desk, registry, party, facts.name, `Transfer ${status}`)
  return transfer
}

function inGrace(desk: Desk, facts: DomainFacts, autoRenewedAt: Date | null): boolean {
  const { autoRenewGraceDays } = rulesOf(desk, facts.extension)
  const untilMs = (autoRenewedAt?.getTime() ?? 0) + autoRenewGraceDays * DAY_MS
  return autoRenewedAt !== null && desk.at.getTime() < untilMs
}
