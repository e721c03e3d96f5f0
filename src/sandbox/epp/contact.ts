import { NS } from '../../epp/namespaces.ts'
import { child, children, el, type XmlNode } from '../../epp/xml.ts'
import type { SandboxContact } from '../registry.ts'
import { done } from './answer.ts'
import { readContact, readContactChange } from './contact-data.ts'
import { printDate } from './dialect.ts'
import { Refusal, refuse } from './refusal.ts'
import { expectSequence } from './shape.ts'
import { type Carry, settled, type Turn } from './turn.ts'
import { readAuthInfo, readId, token, tokenOf } from './value.ts'

/** @throws Refusal 2307 at a thin registry. */
function demandContacts({ dialect }: Turn): void {
  if (dialect.contacts === 'none') refuse(2307, 'This registry keeps no contacts.')
}

/** RFC 5733 section 3.1.1. */
export const checkContacts: Carry = (turn) => {
  demandContacts(turn)
  const { books, registry, command } = turn
  expectSequence(command.object, 'id+')
  const verdicts = children(command.object, 'id', NS.contact).map((element) => {
    const id = readId(token(element))
    const taken = books.contact(registry, id) !== null
    return el(
      'contact:cd',
      {},
      el('contact:id', { avail: taken ? 0 : 1 }, id),
      taken ? el('contact:reason', { lang: 'en' }, 'In use') : null,
    )
  })
  return done(1000, el('contact:chkData', {}, ...verdicts))
}

/** RFC 5733 section 3.1.2. Only its sponsor, and whoever has the right authInfo, is told of a person. */
export const infoContact: Carry = (turn) => {
  demandContacts(turn)
  const { command, by } = turn
  expectSequence(command.object, 'id authInfo?')
  const contact = known(turn)
  const authInfo = readAuthInfo(child(command.object, 'authInfo', NS.contact))
  if (authInfo && authInfo !== contact.authInfo)
    refuse(2202, 'That is not the authInfo of the contact.')
  if (contact.sponsor !== by && !authInfo)
    refuse(2201, 'The contact is sponsored by another registrar.')
  return done(1000, infData(turn, contact))
}

/**
 * RFC 5733 section 3.2.1. AFNIC gives the contact an id of its own and tells it in the answer. What it says of disclosure is
 * read over: nobody is told of a person here but the sponsor.
 */
export const createContact: Carry = (turn) => {
  demandContacts(turn)
  const { books, registry, by, command, dialect } = turn
  expectSequence(command.object, 'id postalInfo+ voice? fax? email authInfo disclose?')
  const contact = readContact(command.object)
  const created = settled(books.createContact(registry, by, contact))
  const crDate = el('contact:crDate', {}, printDate(dialect, created.createdAt))
  return done(1000, el('contact:creData', {}, el('contact:id', {}, created.id), crDate))
}

/** RFC 5733 section 3.2.5. */
export const updateContact: Carry = (turn) => {
  demandContacts(turn)
  const { books, registry, by, command } = turn
  expectSequence(command.object, 'id add? rem? chg?')
  if (child(command.object, 'add', NS.contact) || child(command.object, 'rem', NS.contact))
    refuse(2102, 'Statuses of contacts are not kept.')
  const chg = child(command.object, 'chg', NS.contact)
  if (!chg) {
    if (command.extensions.length === 0)
      refuse(2003, 'An update has at least one of add, rem and chg.')
    known(turn)
    return done(1000)
  }
  const contact = known(turn)
  settled(books.updateContact(registry, by, contact.id, readContactChange(chg, contact)))
  return done(1000)
}

function known({ books, registry, command }: Turn): SandboxContact {
  const id = readId(tokenOf(command.object, 'id') ?? '')
  const contact = books.contact(registry, id)
  if (!contact)
    throw new Refusal(2303, 'The registry has no such contact.', el('contact:id', {}, id))
  return contact
}

function infData({ dialect, by }: Turn, contact: SandboxContact): XmlNode {
  const date = (name: string, at: Date | null) =>
    at && el(`contact:${name}`, {}, printDate(dialect, at))
  const { updatedBy, authInfo } = contact
  return el(
    'contact:infData',
    {},
    el('contact:id', {}, contact.id),
    el('contact:roid', {}, contact.roid),
    el('contact:status', { s: 'ok' }),
    ...contact.postal.map(postalInfo),
    contact.voice && phone('contact:voice', contact.voice),
    contact.fax && phone('contact:fax', contact.fax),
    el('contact:email', {}, contact.email),
    el('contact:clID', {}, contact.sponsor),
    el('contact:crID', {}, contact.createdBy),
    date('crDate', contact.createdAt),
    updatedBy && el('contact:upID', {}, updatedBy),
    date('upDate', contact.updatedAt),
    contact.sponsor === by && authInfo
      ? el('contact:authInfo', {}, el('contact:pw', {}, authInfo))
      : null,
  )
}

const postalInfo = (postal: SandboxContact['postal'][number]): XmlNode =>
  el(
    'contact:postalInfo',
    { type: postal.type },
    el('contact:name', {}, postal.name),
    postal.organisation === null ? null : el('contact:org', {}, postal.organisation),
    el(
      'contact:addr',
      {},
      ...postal.street.map((line) => el('contact:street', {}, line)),
      el('contact:city', {}, postal.city),
      postal.province === null ? null : el('contact:sp', {}, postal.province),
      postal.postalCode === null ? null : el('contact:pc', {}, postal.postalCode),
      el('contact:cc', {}, postal.country),
    ),
  )

/** `+33.123456789x45`: the extension after the x, as RFC 5733 section 2.5 takes it apart. */
function phone(name: string, number: string): XmlNode {
  const [main = '', extension] = number.split('x')
  return el(name, { x: extension ?? null }, main)
}
