import { SCRIPTS, writtenIn } from '../script.ts'
import { community, documented, inferred, unknown } from './fact.ts'
import type { EppPolicy, Policy } from './policy.ts'

/** What ICANN's consensus policies and agreements lay down alike for .com, .net, .org, .info and .biz. */
export const GTLD_LIFECYCLE: Policy['lifecycle'] = {
  graceDays: documented(45, 'ICANN EDDP, RAA section 3.7.5: the registrar deletes within 45 days'),
  autoRenew: documented(true, 'gTLD registry agreements, appendix on grace periods'),
  redemptionDays: documented(30, 'ICANN ERRP section 3.1'),
  pendingDeleteDays: documented(5, 'gTLD registry agreements, pending delete period'),
  quarantineDays: documented(0, 'gTLDs have redemption instead of a quarantine'),
  addGraceDays: documented(5, 'gTLD registry agreements, add grace period'),
  dropzoneDays: community(null, 'no Dropzone is known at this registry'),
}

/** Purged .org and .info names pass through the Dropzone before an ordinary create gets them. */
export const DROPZONE_DAYS = community<number | null>(
  1,
  'domainincite.com/26958 and namepros thread 1260310 (about 24 hours); WHOIS texts of 2024 to 2026',
)

export const GTLD_LABELS: Policy['labels'] = {
  minLength: 1,
  maxLength: 63,
  allowed: writtenIn(SCRIPTS),
  rule: 'letters and digits of one script, and hyphens; no symbols and no emoji',
  source: 'ICANN IDN guidelines 4.0 (no commingling of scripts) and RFC 5892',
  confidence: 'inferred',
}

export const ANYBODY: Policy['eligibility'] = documented(null, 'open to everybody')

export const AUTO_RENEWED: Policy['renewal'] = documented(
  'explicit',
  'renewed by command; the automatic year at expiry is undone by deleting within 45 days',
)

export const PRICE_NOT_TOLD: Policy['createPriceCents'] = unknown(
  null,
  "the registrar's contract tells; no public figure that binds",
)

/** Parts of a create that all gTLD registries share. */
export const GTLD_EPP = {
  authInfo: 'required',
  periodYears: { min: 1, max: 10, default: 1 },
  nameForm: 'a-label',
  idnTag: 'required',
  spacingMs: unknown(200, 'no figure is published; five commands a second of a session is modest'),
  createsPerDay: unknown(500, 'caps depend on the accreditation and are not published'),
  penalty: inferred(null, 'no points for failed creates are known; session and rate caps are'),
} as const satisfies Partial<EppPolicy>
