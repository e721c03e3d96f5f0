import { isTrue } from './domain-response.ts'
import { NS } from './namespaces.ts'
import type { Response } from './response.ts'
import { child, children, textOf } from './xml.ts'

/** Whether the id of a contact or the name of a host is still to be had (`contact:chkData`, `host:chkData`). */
export function readObjectCheck({ data }: Response): Map<string, boolean> {
  const checked = child(data, 'chkData', NS.contact) ?? child(data, 'chkData', NS.host)
  return new Map(
    children(checked, 'cd').flatMap((cd) => {
      const id = child(cd, 'id') ?? child(cd, 'name')
      return id ? [[id.text.trim(), isTrue(id.attributes.avail)] as const] : []
    }),
  )
}

/** The id that the registry gave a new contact, which some choose by themselves; null when the answer has none. */
export const readContactId = ({ data }: Response): string | null =>
  textOf(child(data, 'creData', NS.contact), 'id') || null

/** Who sponsors a contact (`contact:infData`). No personal data is read. */
export function readContactInfo({ data }: Response): { id: string; clID: string } | null {
  const info = child(data, 'infData', NS.contact)
  return info && { id: textOf(info, 'id') ?? '', clID: textOf(info, 'clID') ?? '' }
}

/** Who sponsors a host (`host:infData`). */
export function readHostInfo({ data }: Response): { name: string; clID: string } | null {
  const info = child(data, 'infData', NS.host)
  return info && { name: textOf(info, 'name') ?? '', clID: textOf(info, 'clID') ?? '' }
}
