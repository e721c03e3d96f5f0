import type { DomainName } from '../domain/name.ts'
import type { Verdict } from '../domain/verdict.ts'
import { atDesk, Closed, type Desk, type DeskDeps } from './desk.ts'

/** How a name stands when it is ordered. */
export type Classified = { reason: string } & (
  | { kind: 'free' }
  | { kind: 'held' }
  /** Nobody holds it and it is not to be had: reserved, blocked, impossible. */
  | { kind: 'withheld' }
  /** No answer that means anything. */
  | { kind: 'unknown' }
)

export type ClassifyDeps = DeskDeps & {
  /** What the public sources say, read together. */
  look(name: DomainName, signal: AbortSignal): Promise<Verdict>
}

/**
 * Asks how a name stands: the registry by EPP first, since nothing else says that a name is to be had, and the public
 * sources where it does not tell. Rejects only when aborted.
 */
export async function classifyName(
  name: DomainName,
  deps: ClassifyDeps,
  signal: AbortSignal,
): Promise<Classified> {
  const told = await atDesk(name, deps, signal, (desk) => askRegistry(name, desk)).catch(
    (fault: unknown): Classified => {
      if (!(fault instanceof Closed)) throw fault
      return { kind: 'unknown', reason: fault.message }
    },
  )
  if (told.kind === 'free' || told.kind === 'held') return told
  const verdict = await deps.look(name, signal)
  return told.kind === 'unknown' ? fromVerdict(verdict) : weigh(told, verdict)
}

/** Not available is not yet held: a name that registries withhold answers `check` in the same way, and `info` does not. */
async function askRegistry(name: DomainName, { line, policy, leave }: Desk): Promise<Classified> {
  await leave(1)
  const check = (await line.check([name])).names.get(name)
  if (!check) return { kind: 'unknown', reason: `${policy.operator} did not answer.` }
  if (check.available) return { kind: 'free', reason: `${policy.operator} says it is available.` }
  await leave(1)
  const info = await line.info(name)
  const said = check.reason ? `: ${check.reason}` : ''
  switch (info.kind) {
    case 'registered':
      return { kind: 'held', reason: `Held through ${info.sponsor}.` }
    case 'absent':
      return { kind: 'withheld', reason: `${policy.operator} withholds it${said}.` }
    case 'unknown':
      return { kind: 'unknown', reason: `${policy.operator} says it is not available${said}.` }
  }
}

/** Not available, not registered: the Dropzone of .org and .info looks like that too, and ends. */
function weigh(told: Classified, verdict: Verdict): Classified {
  const leaves = verdict.state === 'dropzone' || verdict.state === 'held'
  return leaves ? { kind: 'held', reason: verdict.reason } : told
}

/** One source that denies having the name is no reason to buy it. */
function fromVerdict({ state, reason }: Verdict): Classified {
  switch (state) {
    case 'held':
    case 'dropzone':
      return { kind: 'held', reason }
    case 'reserved':
    case 'invalid':
      return { kind: 'withheld', reason }
    case 'free':
      return { kind: 'free', reason }
    case 'unconfirmed':
    case 'unknown':
      return { kind: 'unknown', reason }
  }
}
