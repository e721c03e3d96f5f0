import type { PreparedCreate } from '../channels/channel.ts'
import { beneficiaryOf } from '../domain/allocation.ts'
import type { MissReason } from '../domain/capture-state.ts'
import { isEligible } from '../domain/eligibility.ts'
import { policyFor } from '../domain/policy/policies.ts'
import type { Policy } from '../domain/policy/policy.ts'
import { type OpenWatch, openWatches } from '../store/watches.ts'
import { type Course, permit } from './course.ts'

/** Everything a race needs before its first create, or why there must be none. */
export type Readiness =
  | { ok: true; watch: OpenWatch; prepared: PreparedCreate; priceCents: number }
  | { ok: false; reason: MissReason; explanation: string }

const unready = (reason: MissReason, explanation: string): Readiness => ({
  ok: false,
  reason,
  explanation,
})

/** Chooses the beneficiary, learns the price and builds the frame. Costs one check, so that the registry can name its fee. */
export async function makeReady(course: Course): Promise<Readiness> {
  const { capture, line, deps } = course
  const watch = await chooseBeneficiary(course)
  if (!watch)
    return unready('not-attempted', 'No open watch whose holder the registry would accept.')

  await permit(course)
  const answer = await line.check([capture.name])
  const said = answer.names.get(capture.name)
  if (!said) throw new Error(`check was not answered: ${answer.code} ${answer.message}`)
  const price = said.feeCents ?? deps.priceOf(capture.extension)
  if (price === null)
    return unready('not-attempted', `The price of a .${capture.extension} create is not known.`)
  if (price > deps.priceCeilingCents) {
    const { priceCeilingCents } = deps
    return unready(
      'not-attempted',
      `It costs ${price} cents, above the ceiling of ${priceCeilingCents}.`,
    )
  }
  const made = await deps.orderFor(line, capture.name, watch.nicHandle)
  if (!made.ok) return unready('our-fault', made.reason)
  return { ok: true, watch, prepared: line.prepareCreate(made.order), priceCents: price }
}

/** The beneficiary fixed earlier, and nobody else once there is one; before that the oldest eligible open watch. */
async function chooseBeneficiary({ capture, deps }: Course): Promise<OpenWatch | null> {
  const policy = policyFor(capture.extension)
  const watches = await openWatches(deps.db, capture.name)
  if (capture.beneficiaryWatchId !== null)
    return watches.find(({ watchId }) => watchId === capture.beneficiaryWatchId) ?? null
  const claims = watches.map((watch) => ({ ...watch, eligible: isAccepted(watch, policy) }))
  const first = beneficiaryOf(claims)
  return watches.find(({ watchId }) => watchId === first?.watchId) ?? null
}

/** A holder whose contact we do not know cannot be registered for. */
const isAccepted = ({ country, citizenship }: OpenWatch, policy: Policy): boolean =>
  country !== null && isEligible({ country, citizenship }, policy)
