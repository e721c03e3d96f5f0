import {
  type DomainName,
  EXTENSIONS,
  type Extension,
  extensionOf,
  parseDomainName,
} from './name.ts'
import { REGISTRIES, type Registry } from './policy/policy.ts'
import { type Parsed, parsed, rejected } from './problem.ts'

/** What a stop switch may stop, from the widest to the narrowest. */
export const SWITCH_KINDS = [
  'all',
  'registry',
  'extension',
  'accreditation',
  'channel',
  'name',
] as const

/** Ways to get a name that a create can take. */
const CHANNELS = ['epp'] as const

const KEY = /^[\w.@-]{1,100}$/

/**
 * Reads the scope of a stop switch as a person types it: `all`, or a kind and its key such as `registry:verisign`,
 * `extension:fr`, `accreditation:vigie@afnic`, `channel:epp`, `name:maison.com`.
 * A switch that no create ever reads would be worse than none: it is refused.
 * @returns problems with field `scope`.
 */
export function parseSwitchScope(text: string): Parsed<string> {
  const typed = text.trim()
  if (typed === 'all') return parsed('all')
  const colon = typed.indexOf(':')
  const [kind, key] = [typed.slice(0, Math.max(0, colon)), typed.slice(colon + 1).trim()]
  switch (kind) {
    case 'registry':
      return oneOf(kind, key, REGISTRIES)
    case 'extension':
      return oneOf(kind, key.replace(/^\./, ''), EXTENSIONS)
    case 'name': {
      const name = parseDomainName(key)
      if (!name.ok) return refused(name.problems[0]!.message)
      return extensionOf(name.value)
        ? parsed(`name:${name.value}`)
        : refused(`${name.value} is under none of our extensions.`)
    }
    case 'channel':
      return oneOf(kind, key, CHANNELS)
    case 'accreditation':
      return KEY.test(key)
        ? parsed(`${kind}:${key}`)
        : refused(`The key of ${kind} holds letters, digits and . @ _ - only.`)
    default:
      return refused(
        `A scope is all, or one of ${SWITCH_KINDS.slice(1).join(', ')} with a key, such as extension:fr.`,
      )
  }
}

const oneOf = (kind: string, key: string, known: readonly string[]): Parsed<string> =>
  known.includes(key) ? parsed(`${kind}:${key}`) : refused(`${kind} is one of ${known.join(', ')}.`)

/** Every switch that can stop a create. */
export const scopesOf = (create: {
  registry: Registry
  extension: Extension
  accreditation: string
  name: DomainName
}): string[] => [
  'all',
  `registry:${create.registry}`,
  `extension:${create.extension}`,
  `accreditation:${create.accreditation}`,
  'channel:epp',
  `name:${create.name}`,
]

const refused = (message: string): Parsed<never> => rejected('scope', 'switch-scope', message)
