import { NS } from '../../../epp/namespaces.ts'
import { el, type XmlNode } from '../../../epp/xml.ts'
import type { Standing } from '../../registry.ts'
import type { Call } from '../call.ts'
import type { CheckedName, Dialect } from '../dialect.ts'
import { plain } from './plain.ts'

/**
 * AFNIC (.fr). Reasons and `frnic:chkData` are those of its technical guide as client libraries quote it, for an older
 * version (1.2) of the schema whose version 2.0 the greeting names: that the form is still the same is our reading, and so
 * is the wording for a reserved name.
 */
export const afnic: Dialect = {
  ...plain,
  extensions: [NS.frnic, NS.fee],
  // One admin and one to three tech contacts beside the registrant; no billing contact.
  mostContacts: { admin: 1, tech: 3, billing: 0 },
  hosts: 'attributes',
  dates: 'milliseconds',
  inspect: () => {},
  reason(standing) {
    if (standing.kind === 'registered') return 'In use'
    if (standing.kind !== 'reserved') return plain.reason(standing)
    return REASONS[standing.as]
  },
  checked: (call, names) => [chkData(call, names)],
}

const REASONS = {
  reserved: 'Reserved name',
  premium: 'Reserved name',
  blocked: 'Forbidden name',
  notOpen: 'Zone not opened',
} as const

function chkData(call: Call, names: readonly CheckedName[]): XmlNode | null {
  if (!call.speaks(NS.frnic)) return null
  const told = names.map((checked) => {
    const standing: Standing | null = checked.asked && checked.standing
    const kind = standing?.kind === 'reserved' ? standing : null
    const forbidden = kind?.as === 'blocked'
    const reserved = kind !== null && !forbidden && kind.as !== 'notOpen'
    return el(
      'frnic:cd',
      {},
      el(
        'frnic:name',
        { reserved: reserved ? 1 : 0, forbidden: forbidden ? 1 : 0 },
        checked.asked?.spelling ?? checked.typed,
      ),
      kind && reserved ? el('frnic:rsvReason', {}, kind.reason) : null,
      kind && forbidden ? el('frnic:fbdReason', {}, kind.reason) : null,
    )
  })
  const data = el('frnic:chkData', {}, el('frnic:domain', {}, ...told))
  return el('frnic:ext', {}, el('frnic:resData', {}, data))
}
