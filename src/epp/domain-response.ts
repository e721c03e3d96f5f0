import { readDate } from './date.ts'
import { NS } from './namespaces.ts'
import type { Response } from './response.ts'
import { child, children, textOf, type XmlElement } from './xml.ts'

/** What check says of one name (RFC 5731 section 3.1.1), spelled as the registry spelled it. */
export type CheckedDomain = { name: string; available: boolean; reason: string | null }

export type DomainInfo = {
  name: string
  roid: string | null
  /** EPP statuses in their own spelling. */
  statuses: readonly string[]
  registrant: string | null
  contacts: readonly { type: string; id: string }[]
  nameServers: readonly string[]
  /** Sponsoring registrar; null where the registry hides it from others. */
  clID: string | null
  crID: string | null
  createdAt: Date | null
  updatedAt: Date | null
  expiresAt: Date | null
  transferredAt: Date | null
}

export type DomainCreated = { name: string; createdAt: Date | null; expiresAt: Date | null }

/** `domain:chkData`; empty when the answer has none. */
export const readDomainCheck = ({ data }: Response): CheckedDomain[] =>
  children(child(data, 'chkData', NS.domain), 'cd').flatMap((cd) => {
    const name = child(cd, 'name')
    if (name === null) return []
    return [
      {
        name: name.text.trim(),
        available: isTrue(name.attributes.avail),
        reason: textOf(cd, 'reason') || null,
      },
    ]
  })

/** `domain:infData`; null when the answer has none. */
export function readDomainInfo({ data }: Response): DomainInfo | null {
  const info = child(data, 'infData', NS.domain)
  if (info === null) return null
  return {
    name: textOf(info, 'name') ?? '',
    roid: textOf(info, 'roid') || null,
    statuses: statusesOf(info, 'status'),
    registrant: textOf(info, 'registrant') || null,
    contacts: children(info, 'contact').map((c) => ({
      type: c.attributes.type ?? '',
      id: c.text.trim(),
    })),
    nameServers: nameServersOf(child(info, 'ns')),
    clID: textOf(info, 'clID') || null,
    crID: textOf(info, 'crID') || null,
    createdAt: readDate(textOf(info, 'crDate')),
    updatedAt: readDate(textOf(info, 'upDate')),
    expiresAt: readDate(textOf(info, 'exDate')),
    transferredAt: readDate(textOf(info, 'trDate')),
  }
}

/** `domain:creData`; null when the answer has none. */
export function readDomainCreated({ data }: Response): DomainCreated | null {
  const created = child(data, 'creData', NS.domain)
  return (
    created && {
      name: textOf(created, 'name') ?? '',
      createdAt: readDate(textOf(created, 'crDate')),
      expiresAt: readDate(textOf(created, 'exDate')),
    }
  )
}

/** The new expiry of a renew or transfer answer (`renData`, `trnData`); null when it has none. */
export const readNewExpiry = ({ data }: Response): Date | null =>
  readDate(textOf(child(data, 'renData', NS.domain) ?? child(data, 'trnData', NS.domain), 'exDate'))

/** RGP statuses (RFC 3915 section 4.1.2) as RGP spells them. */
export const readRgpStatuses = ({ extension }: Response): string[] =>
  statusesOf(child(extension, 'infData', NS.rgp), 'rgpStatus')

/** Price of a create by name, in cents of the registry's currency (RFC 8748 section 5.1.1); names without one are left out. */
export function readCreateFees({ extension }: Response): Map<string, number> {
  const fees = new Map<string, number>()
  for (const cd of children(child(extension, 'chkData', NS.fee), 'cd')) {
    const name = textOf(cd, 'objID')
    const create = children(cd, 'command').find((c) => c.attributes.name === 'create')
    const amounts = children(create ?? null, 'fee').map((fee) => Number(fee.text.trim()))
    if (name === null || amounts.length === 0 || amounts.some(Number.isNaN)) continue
    fees.set(name, Math.round(amounts.reduce((sum, amount) => sum + amount, 0) * 100))
  }
  return fees
}

/** `xsd:boolean`. */
export const isTrue = (text: string | null | undefined): boolean => text === '1' || text === 'true'

const statusesOf = (el: XmlElement | null, name: string): string[] =>
  children(el, name).flatMap((status) => status.attributes.s ?? [])

const nameServersOf = (ns: XmlElement | null): string[] => [
  ...children(ns, 'hostObj').map((host) => host.text.trim()),
  ...children(ns, 'hostAttr').flatMap((attr) => textOf(attr, 'hostName') ?? []),
]
