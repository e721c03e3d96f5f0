import type { ContactData } from '../channels/channel.ts'
import type { Clock } from '../clock.ts'
import { type Parsed, parsed } from '../domain/problem.ts'
import type { Database } from '../store/connect.ts'
import { findContact, saveContact } from '../store/contacts.ts'
import type { Sealer } from '../store/seal.ts'
import { ContactInput } from './contact.ts'
import { parseNicHandle } from './nic-handle.ts'
import { problemsOf } from './problems.ts'

/** What may be told of a stored contact: nothing that names the person. */
export type StoredContact = {
  nicHandle: string
  country: string
  citizenship: string | null
  updatedAt: Date
  /** There was none of this nic-handle before. */
  isNew: boolean
}

/** Checks a registrant's data and keeps it sealed; only the country and the citizenship stay readable, for eligibility. */
export async function putContact(
  nicHandle: string,
  input: unknown,
  deps: { db: Database; sealer: Sealer; clock: Clock },
): Promise<Parsed<StoredContact>> {
  const handle = parseNicHandle(nicHandle)
  const contact = ContactInput.safeParse(input)
  if (!handle.ok || !contact.success)
    return {
      ok: false,
      problems: [
        ...(handle.ok ? [] : handle.problems),
        ...(contact.success ? [] : problemsOf(contact.error.issues, input)),
      ],
    }
  const { country, citizenship } = contact.data
  const told = { nicHandle: handle.value, country, citizenship, updatedAt: deps.clock.now() }
  const sealed = deps.sealer.seal(JSON.stringify(contact.data))
  return parsed({ ...told, isNew: await saveContact(deps.db, { ...told, sealed }) })
}

/** A registrant's data in the clear, for the moment of use; null when there is no such contact. */
export async function readContact(
  nicHandle: string,
  deps: { db: Database; sealer: Sealer },
): Promise<ContactData | null> {
  const found = await findContact(deps.db, nicHandle)
  return found && (JSON.parse(deps.sealer.unseal(found.sealed)) as ContactData)
}
