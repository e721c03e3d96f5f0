import type { Command } from '../epp/command.ts'
import { checkContacts, createContact } from '../epp/contact-command.ts'
import type { Dialect } from '../epp/dialects/dialect.ts'
import { readContactId, readObjectCheck } from '../epp/object-response.ts'
import type { Greeting, Response } from '../epp/response.ts'
import { isSuccess } from '../epp/result-code.ts'
import { XmlError } from '../epp/xml.ts'
import type { ContactData, Exchange } from './channel.ts'

type Line = {
  dialect: Dialect
  greeting: Greeting
  authInfo: string
  send(command: Command): Promise<{ exchange: Exchange; answer: Response | null }>
}

/** RFC 5733 section 2.4: `int` is for ASCII only. */
const ASCII = /^[\x20-\x7e]*$/

/**
 * Creates a contact unless it is there. A check comes first, since some registries charge for errors; one that knows no
 * check of contacts is asked to create.
 */
export async function ensureContact(
  id: string,
  contact: ContactData,
  { dialect, greeting, authInfo, send }: Line,
): Promise<{ ok: true; id: string } | { ok: false; reason: string }> {
  try {
    const check = await send(checkContacts([id]))
    if (!check.answer) return { ok: false, reason: check.exchange.message }
    if (readObjectCheck(check.answer).get(id) === false) return { ok: true, id }
    const { name, organisation, extensions } = dialect.contact(greeting, contact)
    const { street, city, postalCode, country, voice, email } = contact
    const lines = [name, organisation ?? '', ...street, city, postalCode]
    const type =
      dialect.postal === 'by-script' && lines.every((line) => ASCII.test(line)) ? 'int' : 'loc'
    const postal = { type, name, organisation, street, city, postalCode, country } as const
    const create = createContact({ id, postal, voice, email, authInfo }, extensions)
    const { exchange, answer } = await send(create)
    if (answer && isSuccess(answer.code)) return { ok: true, id: readContactId(answer) ?? id }
    // Somebody was faster, most likely we ourselves.
    if (answer?.code === 2302) return { ok: true, id }
    return { ok: false, reason: answer ? `${answer.code} ${exchange.message}` : exchange.message }
  } catch (error) {
    if (error instanceof XmlError) return { ok: false, reason: error.message }
    throw error
  }
}
