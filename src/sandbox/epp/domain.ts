import { parseDomainName } from '../../domain/name.ts'
import { NS } from '../../epp/namespaces.ts'
import { children, el, type XmlElement, type XmlNode } from '../../epp/xml.ts'
import type { SandboxDomain } from '../registry.ts'
import type { AskedName } from './asked-name.ts'
import { Refusal, refuse } from './refusal.ts'
import { expectSequence } from './shape.ts'
import type { Turn } from './turn.ts'
import { readAddress, readId, token, tokenOf, tokensOf } from './value.ts'

const quoteName = ({ spelling }: AskedName): XmlNode => el('domain:name', {}, spelling)

/** The domain, in whatever stage it is. @throws Refusal 2303 when the registry has none of that name. */
export function registered({ books }: Turn, asked: AskedName): SandboxDomain {
  const standing = books.standing(asked.name)
  if (standing.kind !== 'registered')
    throw new Refusal(2303, 'The registry has no such name.', quoteName(asked))
  return standing.domain
}

const CONTACT_TYPES = ['admin', 'tech', 'billing'] as const
type Contacts = SandboxDomain['contacts']

/**
 * The contacts that stand in a create, add or rem.
 * @throws Refusal 2003 without a type, 2005 for a strange one, 2306 at a thin registry.
 */
export function readContacts(
  turn: Turn,
  place: XmlElement | null,
  part: 'create' | 'add' | 'rem',
): Contacts {
  const onsite = turn.dialect.onsite(turn, part).map((id) => ({ type: 'onsite' as const, id }))
  const standard = children(place, 'contact', NS.domain).flatMap((element) => {
    const { type } = element.attributes
    if (type === undefined) refuse(2003, 'The attribute type of contact is missing.')
    const known = CONTACT_TYPES.find((one) => one === type)
    const isOnsite = type === 'onsite' && onsite.some(({ id }) => id === token(element))
    if (!known && !isOnsite)
      refuse(2005, `The type of a contact is one of ${CONTACT_TYPES.join(', ')}.`)
    return known ? { type: known, id: readId(token(element), 'contact') } : []
  })
  const contacts = [...standard, ...onsite]
  if (contacts.length > 0) demandContacts(turn)
  return contacts
}

/** The new registrant of a create or update; null when none is named. @throws Refusal 2306 at a thin registry. */
export function readRegistrant(turn: Turn, place: XmlElement | null): string | null {
  const registrant = tokenOf(place, 'registrant')
  if (registrant === null) return null
  demandContacts(turn)
  return readId(registrant, 'registrant')
}

function demandContacts({ dialect }: Turn): void {
  if (dialect.contacts === 'none') refuse(2306, 'This registry keeps no contacts.')
}

/**
 * The name servers of an `ns` element, as A-labels in lower case.
 * @throws Refusal 2306 for the form that this registry does not use, 2005 for what is no name or address.
 */
export function readNameServers(turn: Turn, ns: XmlElement | null): string[] {
  if (!ns) return []
  const asAttributes = ns.children[0]?.name === 'hostAttr'
  expectSequence(ns, asAttributes ? 'hostAttr+' : 'hostObj+')
  const { hosts } = turn.dialect
  if (hosts === 'objects' && asAttributes) refuse(2306, 'Name servers are host objects here.')
  if (hosts === 'attributes' && !asAttributes) refuse(2306, 'Name servers are attributes here.')
  const typed = asAttributes
    ? children(ns, 'hostAttr', NS.domain).map(readHostAttr)
    : tokensOf(ns, 'hostObj')
  return [...new Set(typed.map(readHostName))]
}

function readHostAttr(attr: XmlElement): string {
  expectSequence(attr, 'hostName hostAddr*')
  for (const addr of children(attr, 'hostAddr', NS.domain)) readAddress(addr)
  return tokenOf(attr, 'hostName') ?? ''
}

/** A host's name as an A-label in lower case. @throws Refusal 2005. */
export function readHostName(typed: string): string {
  const parsed = parseDomainName(typed)
  if (!parsed.ok) refuse(2005, parsed.problems[0]?.message ?? 'That is no name.')
  return parsed.value
}
