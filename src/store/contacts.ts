import { eq, sql } from 'drizzle-orm'
import type { Holder } from '../domain/eligibility.ts'
import type { Database } from './connect.ts'
import { contacts } from './schema/customers.ts'

/** A registrant as it is stored. */
export type SealedContact = Holder & { nicHandle: string; sealed: string; updatedAt: Date }

/** Writes a contact, replacing the one of the same nic-handle. @returns true when there was none. */
export async function saveContact(db: Database, contact: SealedContact): Promise<boolean> {
  const { nicHandle: _, ...written } = contact
  const [row] = await db
    .insert(contacts)
    .values(contact)
    .onConflictDoUpdate({ target: contacts.nicHandle, set: written })
    .returning({ isNew: sql<boolean>`xmax = 0` })
  return row?.isNew ?? false
}

export async function findContact(db: Database, nicHandle: string): Promise<SealedContact | null> {
  const [row] = await db.select().from(contacts).where(eq(contacts.nicHandle, nicHandle))
  return row ?? null
}
