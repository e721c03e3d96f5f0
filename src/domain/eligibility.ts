import { EU_MEMBERS } from './policy/countries.ts'
import type { Policy } from './policy/policy.ts'

/** What eligibility rules ask of a holder: ISO 3166-1 alpha-2, any case. */
export type Holder = { country: string; citizenship: string | null }

/** Whether the registry would accept the holder. */
export const isEligible = (holder: Holder, policy: Policy): boolean =>
  ineligibility(holder, policy) === null

/** Why the registry would not accept the holder, as one sentence, or null when it would. */
export function ineligibility(holder: Holder, policy: Policy): string | null {
  const rule = policy.eligibility.value
  if (rule === null || rule.countries.includes(holder.country.toUpperCase())) return null
  const citizenship = holder.citizenship?.toUpperCase() ?? ''
  if (rule.citizenship && (EU_MEMBERS as readonly string[]).includes(citizenship)) return null
  return rule.citizenship
    ? `.${policy.extension} needs residence in one of its countries, or citizenship of the European Union.`
    : `.${policy.extension} needs residence or a seat in one of its countries; ${holder.country} is not.`
}
