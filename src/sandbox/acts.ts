import type { Act } from './fate.ts'
import { chanceAct } from './holders.ts'
import { type DomainFacts, stageChanges } from './life-cycle.ts'
import { type Rival, rivalCreateAt } from './rivals.ts'
import type { World } from './world.ts'

/** The next thing that happens to a name without a command from outside. */
export type Due = { at: Date } & (
  | { kind: 'told'; act: Act }
  | { kind: 'by-chance'; act: Act }
  | { kind: 'transfer' }
  | { kind: 'expiry' }
  | { kind: 'taken'; by: string }
  | { kind: 'rival'; rival: Rival }
  | { kind: 'purge' }
)

/** The first of all that is ahead of the name; null when nothing ever happens to it by itself. */
export function nextDue(facts: DomainFacts, world: World, seed: number): Due | null {
  let first: Due | null = null
  for (const due of allDue(facts, world, seed)) if (!first || due.at < first.at) first = due
  return first
}

function allDue(facts: DomainFacts, world: World, seed: number): Due[] {
  const { deletion, fate, transfer } = facts
  const { lifeCycle, holders } = world.extensions[facts.extension]
  const due: Due[] = (fate?.acts ?? []).map((act) => ({ kind: 'told', at: act.at, act }))
  const chance = chanceAct(facts, holders, lifeCycle, seed)
  if (chance) due.push({ kind: 'by-chance', at: chance.at, act: chance })
  if (transfer?.status === 'pending') due.push({ kind: 'transfer', at: transfer.actedAt })
  if (!deletion) {
    if (!lifeCycle.autoRenew) due.push({ kind: 'expiry', at: facts.expiresAt })
    return due
  }
  if (deletion.taken)
    return [...due, { kind: 'taken', at: deletion.taken.takenAt, by: deletion.taken.by }]
  const creates = rivalCreates(facts, seed)
  if (creates.length > 0) return [...due, ...creates]
  return [...due, { kind: 'purge', at: deletion.freeAt }]
}

function rivalCreates({ name, deletion, fate }: DomainFacts, seed: number): Due[] {
  if (!deletion) return []
  return (fate?.rivals ?? []).flatMap((rival) => {
    const at = rivalCreateAt(rival, { name, ...deletion }, seed)
    return at ? [{ kind: 'rival', at, rival } as const] : []
  })
}

/**
 * The instants at which something happens to a name that matters to those who watch the clock: what is due, and the stages
 * of a name with a fate. The others come and go unnoticed.
 */
export function eventsOf(facts: DomainFacts, world: World, seed: number, now: Date): Date[] {
  if (!facts.fate && facts.transfer?.status !== 'pending') return []
  const { lifeCycle } = world.extensions[facts.extension]
  const due = facts.fate ? allDue(facts, world, seed) : [nextDue(facts, world, seed)]
  const acts = due.flatMap((one) => (one && one.at > now ? [one.at] : []))
  return facts.fate ? [...acts, ...stageChanges(facts, lifeCycle, now)] : acts
}
