import { and, asc, eq } from 'drizzle-orm'
import type { DomainName } from '../domain/name.ts'
import type { Database } from './connect.ts'
import { contacts } from './schema/customers.ts'
import { watches } from './schema/watching.ts'

/** An open watch with what the rule of allocation and the registry's eligibility need. */
export type OpenWatch = {
  watchId: string
  orderId: string
  nicHandle: string
  openedAt: Date
  /** ISO 3166-1 alpha-2; null when the registrar does not know the holder's contact yet. */
  country: string | null
  citizenship: string | null
}

/** Open watches of a name, oldest first. */
export const openWatches = (db: Database, name: DomainName): Promise<OpenWatch[]> =>
  db
    .select({
      watchId: watches.id,
      orderId: watches.orderId,
      nicHandle: watches.nicHandle,
      openedAt: watches.openedAt,
      country: contacts.country,
      citizenship: contacts.citizenship,
    })
    .from(watches)
    .leftJoin(contacts, eq(contacts.nicHandle, watches.nicHandle))
    .where(and(eq(watches.name, name), eq(watches.state, 'open')))
    .orderBy(asc(watches.openedAt), asc(watches.id))

/** Whom a capture was finalised for; null when nobody was chosen. */
export async function findBeneficiary(
  db: Database,
  watchId: string | null,
): Promise<{ watchId: string; orderId: string; nicHandle: string } | null> {
  if (watchId === null) return null
  const [row] = await db
    .select({ watchId: watches.id, orderId: watches.orderId, nicHandle: watches.nicHandle })
    .from(watches)
    .where(eq(watches.id, watchId))
  return row ?? null
}
