/** EPP domain statuses (RFC 5731 section 2.3), in their EPP spelling. */
export const EPP_STATUSES = [
  'ok',
  'inactive',
  'clientDeleteProhibited',
  'clientHold',
  'clientRenewProhibited',
  'clientTransferProhibited',
  'clientUpdateProhibited',
  'serverDeleteProhibited',
  'serverHold',
  'serverRenewProhibited',
  'serverTransferProhibited',
  'serverUpdateProhibited',
  'pendingCreate',
  'pendingDelete',
  'pendingRenew',
  'pendingTransfer',
  'pendingUpdate',
] as const
/** RGP statuses (RFC 3915 section 3.1) that stand beside the EPP ones; `rgpPendingDelete` is RGP's own pendingDelete. */
export const RGP_STATUSES = [
  'addPeriod',
  'autoRenewPeriod',
  'renewPeriod',
  'transferPeriod',
  'redemptionPeriod',
  'pendingRestore',
  'rgpPendingDelete',
] as const
export type EppStatus = (typeof EPP_STATUSES)[number]
export type RgpStatus = (typeof RGP_STATUSES)[number]
export type Status = EppStatus | RgpStatus

/** RFC 8056 section 2: names that are more than the EPP words set apart. The other RDAP names follow from the spelling. */
const RDAP_SPECIAL = { ok: 'active', rgpPendingDelete: 'pending delete' } as const

/** The RDAP name of a status (RFC 8056): `clientHold` is "client hold", `ok` is "active". */
export function toRdapStatus(status: Status): string {
  if (status === 'ok' || status === 'rgpPendingDelete') return RDAP_SPECIAL[status]
  return status.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)
}

/**
 * The status behind an RDAP name (RFC 8056), in any case.
 * @returns null for names that are no domain status (`associated`, `locked`). "pending delete" is EPP's `pendingDelete`:
 * which RGP stage stands beside it, only the other statuses tell.
 */
export const fromRdapStatus = (text: string): Status | null => known(text)

/**
 * The status a WHOIS line names: EPP words in any case and spacing, with or without the ICANN address behind them (even
 * glued), `ok (active)`, and the stage words of older servers.
 */
export const fromWhoisStatus = (text: string): Status | null =>
  known(text.replace(/https?:.*$/is, ''))

/** Letters alone decide: WHOIS servers differ in case, blanks, hyphens and underscores. */
const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '')

const BY_LETTERS: ReadonlyMap<string, Status> = new Map<string, Status>([
  ...[...EPP_STATUSES, ...RGP_STATUSES].map((status): [string, Status] => [
    lettersOf(status),
    status,
  ]),
  ['active', 'ok'],
  ['okactive', 'ok'],
  ['redemption', 'redemptionPeriod'],
  ['pendingdeleterestorable', 'redemptionPeriod'],
  ['pendingdeletescheduledforrelease', 'rgpPendingDelete'],
])

const known = (text: string): Status | null => BY_LETTERS.get(lettersOf(text)) ?? null
