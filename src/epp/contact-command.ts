import { type Command, type Extensions, objectCommand } from './command.ts'
import { el, type XmlNode } from './xml.ts'

/** A postal address in one form (RFC 5733 section 2.4). */
export type PostalInfo = {
  /** `int` is ASCII only, `loc` may be anything. */
  type: 'int' | 'loc'
  name: string
  organisation: string | null
  street: readonly string[]
  city: string
  postalCode: string | null
  /** ISO 3166-1 alpha-2. */
  country: string
}

export type ContactCreate = {
  id: string
  postal: PostalInfo
  voice: string | null
  email: string
  /** Empty where the registry wants an empty element. */
  authInfo: string
}

/** RFC 5733 section 3.1.1. */
export const checkContacts = (ids: readonly string[], extensions?: Extensions): Command =>
  objectCommand('check', el('contact:check', {}, ...ids.map(idOf)), extensions)

/** RFC 5733 section 3.1.2. */
export const infoContact = (id: string, extensions?: Extensions): Command =>
  objectCommand('info', el('contact:info', {}, idOf(id)), extensions)

/** RFC 5733 section 3.2.1. */
export const createContact = (contact: ContactCreate, extensions?: Extensions): Command =>
  objectCommand(
    'create',
    el(
      'contact:create',
      {},
      idOf(contact.id),
      postalOf(contact.postal),
      contact.voice === null ? null : el('contact:voice', {}, contact.voice),
      el('contact:email', {}, contact.email),
      el('contact:authInfo', {}, el('contact:pw', {}, ...[contact.authInfo].filter(Boolean))),
    ),
    extensions,
  )

/** RFC 5733 section 3.2.5: replaces what is given. */
export const updateContact = (
  id: string,
  change: { postal?: PostalInfo; voice?: string; email?: string },
  extensions?: Extensions,
): Command =>
  objectCommand(
    'update',
    el(
      'contact:update',
      {},
      idOf(id),
      el(
        'contact:chg',
        {},
        change.postal ? postalOf(change.postal) : null,
        change.voice === undefined ? null : el('contact:voice', {}, change.voice),
        change.email === undefined ? null : el('contact:email', {}, change.email),
      ),
    ),
    extensions,
  )

const idOf = (id: string): XmlNode => el('contact:id', {}, id)

/** At most three lines of street are taken (RFC 5733 section 2.4.1): the rest is joined to the third. */
function streetOf(lines: readonly string[]): XmlNode[] {
  const taken = lines.length <= 3 ? lines : [lines[0]!, lines[1]!, lines.slice(2).join(', ')]
  return taken.map((line) => el('contact:street', {}, line))
}

const postalOf = (postal: PostalInfo): XmlNode =>
  el(
    'contact:postalInfo',
    { type: postal.type },
    el('contact:name', {}, postal.name),
    postal.organisation === null ? null : el('contact:org', {}, postal.organisation),
    el(
      'contact:addr',
      {},
      ...streetOf(postal.street),
      el('contact:city', {}, postal.city),
      postal.postalCode === null ? null : el('contact:pc', {}, postal.postalCode),
      el('contact:cc', {}, postal.country),
    ),
  )
