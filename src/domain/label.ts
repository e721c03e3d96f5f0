import { domainToASCII, domainToUnicode } from 'node:url'
import type { Label } from './name.ts'
import type { Policy } from './policy/policy.ts'
import type { Problem } from './problem.ts'
import { scriptOf } from './script.ts'

const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u{20e3}|\u{fe0f}/u
const SYMBOL = /[^\p{L}\p{M}\p{Nd}-]/u

/**
 * Why a registry would not take the label, or null. The rules are read on the U-label, as registries do; that an A-label
 * fits 63 octets is certain already (RFC 5890).
 */
export function labelProblem(label: Label, policy: Policy): Problem | null {
  const { minLength, maxLength, allowed, rule } = policy.labels
  const broken = (word: string, message: string): Problem => ({
    field: 'label',
    rule: word,
    message,
  })
  const uLabel = readLabel(label)
  if (uLabel === null)
    return broken(
      'label-a-label',
      `"${label}" begins like an A-label but stands for no other text.`,
    )
  const length = [...uLabel].length
  const where = `.${policy.extension}`
  if (length < minLength)
    return broken('label-too-short', `${where} takes labels of ${minLength} characters or more.`)
  if (length > maxLength || label.length > maxLength)
    return broken('label-too-long', `${where} takes labels of ${maxLength} characters at most.`)
  if (uLabel.startsWith('--', 2))
    return broken('label-hyphens-34', 'The third and fourth characters cannot both be hyphens.')
  if (allowed.test(uLabel)) return null
  if (EMOJI.test(uLabel)) return broken('label-emoji', `${where} takes no emoji, only ${rule}.`)
  if (SYMBOL.test(uLabel)) return broken('label-symbol', `${where} takes no symbols, only ${rule}.`)
  return broken('label-script', `${where} takes only ${rule}.`)
}

/** The U-label, or null for a fake A-label: one that decodes to nothing, or to a text whose A-label is another one. */
function readLabel(label: Label): string | null {
  if (!label.startsWith('xn--')) return label
  const uLabel = domainToUnicode(label)
  const genuine = uLabel !== '' && uLabel !== label && domainToASCII(uLabel) === label
  return genuine ? uLabel : null
}

/**
 * The tag that goes with an IDN in a create: a language (ISO 639-2) at Verisign, else a script (ISO 15924).
 * @returns null for an ASCII label, and where the registry wants no tag.
 */
export function idnTagFor(label: Label, policy: Policy): string | null {
  if (policy.epp.idnTag === 'none' || !label.startsWith('xn--')) return null
  const script = scriptOf(domainToUnicode(label))
  return (policy.epp.dialect === 'verisign' ? script?.language : script?.code) ?? null
}
