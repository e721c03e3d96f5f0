import {
  type DomainName,
  type Extension,
  extensionOf,
  parseDomainName,
  unicodeOf,
} from '../../domain/name.ts'
import type { Policy } from '../../domain/policy/policy.ts'
import type { Call } from './call.ts'
import { Refusal } from './refusal.ts'

/** A name that a command is about. */
export type AskedName = {
  name: DomainName
  extension: Extension
  policy: Policy
  /** The name as the client is told it: in the form that it used itself, so that it finds its name again. */
  spelling: string
}

/**
 * Reads the name of a command.
 * @throws Refusal 2003 when it is empty, 2005 when it is no name, 2306 when it is in no zone of this registry.
 */
export function readDomainName({ books, registry }: Call, typed: string): AskedName {
  if (typed === '') throw new Refusal(2003, 'The element name is empty.')
  const parsed = parseDomainName(typed)
  if (!parsed.ok) throw new Refusal(2005, parsed.problems[0]?.message ?? 'That is no name.')
  const name = parsed.value
  const extension = extensionOf(name)
  const policy = extension && books.policyOf(extension)
  if (!extension || policy?.registry !== registry)
    throw new Refusal(2306, 'The name is in no zone of this registry.')
  const inUnicode = /[^\x21-\x7e]/.test(typed)
  if (inUnicode && policy.epp.nameForm !== 'u-label')
    throw new Refusal(2005, 'This registry wants an IDN as its A-label.')
  return { name, extension, policy, spelling: inUnicode ? unicodeOf(name) : name }
}

/** Whether the name is an IDN, which some registries want a language tag for. */
export const isIdn = (name: DomainName): boolean => name.startsWith('xn--')
