import { labelProblem } from '../domain/label.ts'
import { type DomainName, extensionOf, labelOf } from '../domain/name.ts'
import { policyFor } from '../domain/policy/policies.ts'
import { type Desk, rulesOf } from './desk.ts'
import { domainAt, stageOf } from './life-cycle.ts'
import type { Standing } from './registry.ts'

const WITHHELD = ['reserved', 'premium', 'blocked', 'notOpen'] as const
const REASONS: Readonly<Record<(typeof WITHHELD)[number], string>> = {
  reserved: 'Reserved by the registry',
  premium: 'Premium name',
  blocked: 'Blocked name',
  notOpen: 'Not open for registration',
}

/** What the registry says of a name at the desk's moment. */
export function standingOf(desk: Desk, name: DomainName): Standing {
  const extension = extensionOf(name)
  if (!extension) return { kind: 'invalid', reason: `${name} is directly below none of our zones` }
  const facts = desk.state.table('domain').get(name)
  if (facts) {
    const domain = domainAt(facts, rulesOf(desk, extension), desk.at)
    if (domain) return { kind: 'registered', domain }
    if (stageOf(facts, rulesOf(desk, extension), desk.at) === 'dropzone')
      return { kind: 'dropzone' }
  }
  for (const as of WITHHELD) {
    if (desk.world.names[as].includes(name)) return { kind: 'reserved', as, reason: REASONS[as] }
  }
  const problem = labelProblem(labelOf(name), policyFor(extension))
  return problem ? { kind: 'invalid', reason: problem.message } : { kind: 'free' }
}
