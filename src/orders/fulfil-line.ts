import { ineligibility } from '../domain/eligibility.ts'
import { labelProblem } from '../domain/label.ts'
import { labelOf } from '../domain/name.ts'
import { findContact } from '../store/contacts.ts'
import type { LineRow, OrderRow } from '../store/orders.ts'
import { findHeldName } from '../store/portfolio.ts'
import { claimRegistration, standingClaim, withdrawClaim } from '../store/registrations.ts'
import { policyOf } from './desk.ts'
import { askForAction, joinLine, offerTransfer, registerLine, watchLine } from './end-line.ts'
import type { FulfilDeps } from './fulfil-deps.ts'

/** `put-off`: the line stays pending, and why. */
export type LineEnd = { kind: 'settled' } | { kind: 'put-off'; reason: string }

const SETTLED: LineEnd = { kind: 'settled' }
const putOff = (reason: string): LineEnd => ({ kind: 'put-off', reason })

/** A name that no source answers for is watched after this time: its looks go on asking. */
const PATIENCE_MS = 3_600_000

/** Settles one pending line. What a create may have done comes first, and then what we know without asking anybody. */
export async function fulfilLine(
  order: OrderRow,
  line: LineRow,
  deps: FulfilDeps,
  signal: AbortSignal,
): Promise<LineEnd> {
  const since = await standingClaim(deps.db, line)
  if (since) {
    const found = await deps.reconcile(requestOf(order, line, since), signal)
    if (found.kind === 'unknown') return putOff(found.reason)
    if (found.kind === 'registered') return ended(registerLine(order, line, found.expiresAt, deps))
    if (found.kind === 'taken') return joinOrWatch(order, line, `Taken through ${found.by}.`, deps)
    await withdrawClaim(deps.db, line)
  }
  if (await findHeldName(deps.db, line.name)) return joinOrWatch(order, line, 'Held.', deps)
  const impossible = await obstacle(order, line, deps)
  if (impossible) return ended(askForAction(order, line, impossible, deps))
  return classifyLine(order, line, deps, signal)
}

async function classifyLine(
  order: OrderRow,
  line: LineRow,
  deps: FulfilDeps,
  signal: AbortSignal,
): Promise<LineEnd> {
  const { kind, reason } = await deps.classify(line.name, signal)
  switch (kind) {
    case 'free':
      return register(order, line, deps, signal)
    case 'held':
      return line.heldElsewhere
        ? ended(offerTransfer(order, line, deps))
        : joinOrWatch(order, line, reason, deps)
    case 'withheld':
      return ended(askForAction(order, line, reason, deps))
    case 'unknown': {
      const waitedMs = deps.clock.now().getTime() - order.placedAt.getTime()
      if (waitedMs < PATIENCE_MS) return putOff(reason)
      return joinOrWatch(order, line, `No clear answer for an hour: ${reason}`, deps)
    }
  }
}

/** Intent first, then the create. A name that somebody watches is left to the race that his watch stands for. */
async function register(
  order: OrderRow,
  line: LineRow,
  deps: FulfilDeps,
  signal: AbortSignal,
): Promise<LineEnd> {
  const claim = await claimRegistration(
    deps.db,
    line,
    policyOf(line.name).registry,
    deps.clock.now(),
  )
  if (claim.kind === 'watched')
    return joinOrWatch(order, line, 'Free, and watched by an earlier order.', deps)
  if (claim.kind === 'busy') return putOff('Another order is registering the name.')
  const result = await deps.register(requestOf(order, line, claim.since), signal)
  switch (result.kind) {
    case 'registered':
      return ended(registerLine(order, line, result.expiresAt, deps))
    case 'taken':
      return joinOrWatch(order, line, `It was free, and ${result.by} was faster.`, deps)
    case 'refused':
      return ended(askForAction(order, line, result.reason, deps))
    case 'not-sent':
      await withdrawClaim(deps.db, line)
      return putOff(result.reason)
    case 'undetermined':
      return putOff(result.reason)
  }
}

/** Somebody holds the name: the same nic-handle with us, or somebody else. */
async function joinOrWatch(
  order: OrderRow,
  line: LineRow,
  reason: string,
  deps: FulfilDeps,
): Promise<LineEnd> {
  const held = await findHeldName(deps.db, line.name)
  if (held?.nicHandle === order.nicHandle) return ended(joinLine(order, line, held.expiresAt, deps))
  const why = held ? 'Held by another customer of ours.' : reason
  return (await watchLine(order, line, why, deps))
    ? SETTLED
    : putOff('Another order is registering the name.')
}

/** Why the registry would not give the name to this holder, whoever has it now. */
async function obstacle(order: OrderRow, line: LineRow, deps: FulfilDeps): Promise<string | null> {
  const policy = policyOf(line.name)
  const problem = labelProblem(labelOf(line.name), policy)
  if (problem) return problem.message
  const holder = await findContact(deps.db, order.nicHandle)
  return holder ? ineligibility(holder, policy) : `There is no contact of ${order.nicHandle}.`
}

const requestOf = ({ nicHandle }: OrderRow, { name }: LineRow, since: Date) => ({
  name,
  nicHandle,
  since,
})

/** A step that was not taken was taken by another run before: the line is settled either way. */
const ended = (step: Promise<boolean>): Promise<LineEnd> => step.then(() => SETTLED)
