import type { Line, RegisterOrder } from '../channels/channel.ts'
import { idnTagFor } from '../domain/label.ts'
import { type DomainName, labelOf } from '../domain/name.ts'
import type { Database } from '../store/connect.ts'
import type { Sealer } from '../store/seal.ts'
import { readContact } from './contacts.ts'
import { policyOf } from './desk.ts'
import { contactIdOf } from './nic-handle.ts'

export type RegisterOrderDeps = {
  db: Database
  sealer: Sealer
  /** Name servers that new domains are delegated to. */
  nameServers: readonly string[]
}

/** What to register, or why it cannot be registered. */
export type Made = { ok: true; order: RegisterOrder } | { ok: false; reason: string }

/**
 * Makes what a create sends for a holder, his contact brought to the registry first where it keeps contacts: one contact
 * in every role. Costs up to two commands (check and create of the contact).
 */
export async function makeRegisterOrder(
  line: Line,
  name: DomainName,
  nicHandle: string,
  { db, sealer, nameServers }: RegisterOrderDeps,
): Promise<Made> {
  const policy = policyOf(name)
  const { contacts, periodYears } = policy.epp
  const bare = {
    name,
    years: periodYears.default,
    nameServers,
    idnTag: idnTagFor(labelOf(name), policy),
  }
  const none: readonly string[] = []
  if (!contacts.registrant && contacts.admin + contacts.tech + contacts.billing === 0)
    return {
      ok: true,
      order: { ...bare, registrant: null, admin: none, tech: none, billing: none },
    }

  const contact = await readContact(nicHandle, { db, sealer })
  if (!contact) return { ok: false, reason: `There is no contact of ${nicHandle}.` }
  const known = await line.ensureContact(contactIdOf(nicHandle), contact)
  if (!known.ok) return { ok: false, reason: `The registry refuses the contact: ${known.reason}` }
  const role = (wanted: number) => (wanted > 0 ? [known.id] : none)
  return {
    ok: true,
    order: {
      ...bare,
      registrant: contacts.registrant ? known.id : null,
      admin: role(contacts.admin),
      tech: role(contacts.tech),
      billing: role(contacts.billing),
    },
  }
}
