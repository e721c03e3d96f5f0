/**
 * Where a registration stands in its life. A registration may show the signs of several; the first that applies counts,
 * in this order.
 */
export const PHASES = [
  'pendingRestore',
  'redemption',
  'pendingDelete',
  'quarantine',
  'hold',
  'autoRenew',
  'active',
] as const
export type Phase = (typeof PHASES)[number]
