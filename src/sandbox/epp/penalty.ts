import { NS } from '../../epp/namespaces.ts'
import { readDomainName } from './asked-name.ts'
import type { Refusal } from './refusal.ts'
import type { Turn } from './turn.ts'
import { tokenOf } from './value.ts'

/** A create that comes no later than this after another registrar's win was no guess, and costs nothing. */
const GRACE_MS = 10_000

/**
 * Charges an account for a refused command, as DNS Belgium's hit points do: a create on a taken name costs most, any other
 * error a little. Refusals by the limits themselves (2308), and our own faults (2400), are free.
 */
export function chargeFor(turn: Turn, { code }: Refusal): void {
  const { command, ledger, by } = turn
  if (code === 2308 || code === 2400 || code >= 2500) return
  const isCreate = command.verb === 'create' && command.object.ns === NS.domain
  if (!isCreate || code !== 2302) ledger.charge(by, 'error')
  else if (!justBeaten(turn)) ledger.charge(by, 'exists')
}

function justBeaten(turn: Turn): boolean {
  const { books, command, by } = turn
  const { name } = readDomainName(turn, tokenOf(command.object, 'name') ?? '')
  const standing = books.standing(name)
  if (standing.kind !== 'registered' || standing.domain.sponsor === by) return false
  return books.now().getTime() - standing.domain.createdAt.getTime() <= GRACE_MS
}
