import type { Line, PreparedCreate } from '../channels/channel.ts'
import { beneficiaryOf } from '../domain/allocation.ts'
import type { MissReason } from '../domain/capture-state.ts'
import { isEligible } from '../domain/eligibility.ts'
import { policyFor } from '../domain/policy/policies.ts'
import type { CaptureRow } from '../store/captures.ts'
import { type OpenWatch, openWatches } from '../store/watches.ts'
import type { RaceDeps } from './deps.ts'

/** Everything a race needs before its first create, or why there must be none. */
export type Readiness =
  | { ok: true; watch: OpenWatch; prepared: PreparedCreate; priceCents: number }
  | { ok: false; reason: MissReason; explanation: string }

const unready = (reason: MissReason, explanation: string): Readiness => ({ ok: false, reason, explanation })

/** Fixes the beneficiary, the price and the frame. Costs one check, so that the registry can name its fee. */
export async function makeReady(capture: CaptureRow, line: Line, deps: RaceDeps): Promise<Readiness> {
  const watch = await chooseBeneficiary(capture, deps)
  if (!watch) return unready('not-attempted', 'No open watch whose holder the registry would accept.')

  const price = await priceNow(capture, line, deps)
  if (price === null)
    return unready('not-attempted', `The price of a .${capture.extension} create is not known.`)
  if (price > deps.priceCeilingCents)
    return unready('not-attempted', `The registry asks ${price} cents, above the ceiling of ${deps.priceCeilingCents}.`)

  const made = await deps.orderFor(line, capture.name, watch.nicHandle)
  if (!made.ok) return unready('our-fault', made.reason)
  return { ok: true, watch, prepared: line.prepareCreate(made.order), priceCents: price }
}

/** The beneficiary fixed earlier while his watch is open, else the oldest eligible open watch. */
async function chooseBeneficiary(capture: CaptureRow, deps: RaceDeps): Promise<OpenWatch | null> {
  const policy = policyFor(capture.extension)
  const watches = await openWatches(deps.db, capture.name)
  const fixed = watches.find((watch) => watch.watchId === capture.beneficiaryWatchId)
  if (fixed) return fixed
  const claims = watches.map((watch) => ({
    ...watch,
    eligible: watch.country !== null && isEligible({ country: watch.country, citizenship: watch.citizenship }, policy),
  }))
  const first = beneficiaryOf(claims)
  return watches.find((watch) => watch.watchId === first?.watchId) ?? null
}

/** The registry's fee, else the contract's price. */
async function priceNow(capture: CaptureRow, line: Line, deps: RaceDeps): Promise<number | null> {
  const answer = await line.check([capture.name])
  return answer.names.get(capture.name)?.feeCents ?? deps.priceOf(capture.extension)
}
