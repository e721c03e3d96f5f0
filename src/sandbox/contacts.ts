import { policyFor } from '../domain/policy/policies.ts'
import type { Registry } from '../domain/policy/policy.ts'
import { type Desk, done, homeOf, nextRoid, refused } from './desk.ts'
import type { Books, Done, SandboxContact } from './registry.ts'

type NewContact = Parameters<Books['createContact']>[2]
type ContactChange = Parameters<Books['updateContact']>[3]

const key = (registry: Registry, id: string) => `${registry}/${id.toLowerCase()}`

/** The contact that each registrar has at each registry from the start, for its own holders. */
export const standardContact = (registrar: string): string => `${registrar.slice(0, 12)}-h`

export const contactOf = (desk: Desk, registry: Registry, id: string): SandboxContact | null =>
  desk.state.table('contact').get(key(registry, id)) ?? null

/** Enters a contact. AFNIC gives the id itself, so that the one asked for does not matter there. */
export function createContact(
  desk: Desk,
  registry: Registry,
  by: string,
  contact: NewContact,
): Done<SandboxContact> {
  if (policyFor(homeOf(registry)).epp.dialect === 'verisign')
    return refused(2101, 'This registry keeps no contacts')
  const id = registry === 'afnic' ? assignedId(desk, contact) : contact.id
  if (contactOf(desk, registry, id)) return refused(2302, 'Object exists')
  return done(enterContact(desk, registry, by, { ...contact, id }))
}

/** Enters a contact under its id without asking. */
export function enterContact(
  desk: Desk,
  registry: Registry,
  by: string,
  contact: NewContact,
): SandboxContact {
  return keepContact(desk, registry, {
    ...contact,
    roid: nextRoid(desk, 'CONTACT', homeOf(registry)),
    sponsor: by,
    createdBy: by,
    createdAt: desk.at,
    updatedBy: null,
    updatedAt: null,
  })
}

/** Initials and a number, such as `JD1027`. */
function assignedId(desk: Desk, contact: NewContact): string {
  const words = (contact.postal[0]?.name ?? '').normalize('NFD').match(/[a-z]+/gi) ?? []
  const initials = words.map(([first]) => first).join('')
  return `${(initials || 'X').slice(0, 4).toUpperCase()}${1000 + desk.state.next()}`
}

export function updateContact(
  desk: Desk,
  registry: Registry,
  by: string,
  id: string,
  change: ContactChange,
): Done<SandboxContact> {
  const contact = contactOf(desk, registry, id)
  if (!contact) return refused(2303, 'Object does not exist')
  if (contact.sponsor !== by) return refused(2201, 'Sponsored by another registrar')
  const changed = { ...contact, ...change, updatedBy: by, updatedAt: desk.at }
  return done(keepContact(desk, registry, changed))
}

function keepContact(desk: Desk, registry: Registry, contact: SandboxContact): SandboxContact {
  desk.state.put('contact', key(registry, contact.id), contact)
  return contact
}
