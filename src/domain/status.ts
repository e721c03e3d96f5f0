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
