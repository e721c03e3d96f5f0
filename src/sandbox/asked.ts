import { type DomainName, type Extension, extensionOf, parseDomainName } from '../domain/name.ts'
import type { Books, SandboxDomain, Standing } from './registry.ts'

/** The part of the books that the public may ask. */
export type PublicBooks = Pick<Books, 'now' | 'policyOf' | 'registrar' | 'standing' | 'delegation'>

/** A question for one name, as the registry of its extension sees it. */
export type Asked = {
  text: string
  name: DomainName | null
  extension: Extension
  standing: Standing
}

/** The extension a question is about, by its ending; null for those the sandbox does not have. */
export function endingOf(text: string): Extension | null {
  const read = parseDomainName(`x.${text.trim().split('.').at(-1)}`)
  return read.ok ? extensionOf(read.value) : null
}

/**
 * Looks a name up in the books.
 * @param denying says that a name is free whoever holds it.
 */
export function lookUp(
  books: PublicBooks,
  text: string,
  extension: Extension,
  denying: boolean,
): Asked {
  const read = parseDomainName(text)
  const name = read.ok && extensionOf(read.value) === extension ? read.value : null
  const standing: Standing = name
    ? books.standing(name)
    : { kind: 'invalid', reason: read.ok ? 'not directly below the extension' : 'no such name' }
  const lied: Standing = denying && standing.kind === 'registered' ? { kind: 'free' } : standing
  return { text, name, extension, standing: lied }
}

/** The sponsor's name and IANA id as the registry prints them. */
export function sponsorOf(
  books: PublicBooks,
  domain: SandboxDomain,
): { name: string; ianaId: string | null } {
  const registrar = books.registrar(domain.sponsor)
  return { name: registrar?.name ?? domain.sponsor, ianaId: registrar?.ianaId ?? null }
}

/** An instant to the second, as most registries print it. */
export const seconds = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z')
