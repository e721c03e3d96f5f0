import { community, documented, unknown } from './fact.ts'
import {
  ANYBODY,
  AUTO_RENEWED,
  DROPZONE_DAYS,
  GTLD_EPP,
  GTLD_LABELS,
  GTLD_LIFECYCLE,
  PRICE_NOT_TOLD,
} from './gtld.ts'
import { unpublished, unpublishedEpp, ZONE_SERVERS } from './limit.ts'
import type { Policy } from './policy.ts'

/** .info has no WHOIS any more, so nothing public tells the Dropzone from a free name: only an EPP check does. */
export const info: Policy = {
  extension: 'info',
  registry: 'identityDigital',
  operator: 'Identity Digital',
  sources: ['rdap', 'epp'],
  rdap: documented(
    'https://rdap.identitydigital.services/rdap/',
    'IANA RDAP bootstrap, 2026-03-23',
  ),
  whois: null,
  das: null,
  limits: {
    rdap: unpublished('Identity Digital RDAP'),
    epp: unpublishedEpp('Identity Digital'),
    dns: ZONE_SERVERS,
  },
  lifecycle: { ...GTLD_LIFECYCLE, dropzoneDays: DROPZONE_DAYS },
  release: community(
    { kind: 'daily-window', timeZone: 'UTC', from: '09:30', to: '10:30' },
    'before the Dropzone 10:00 to 10:30 UTC (servals.it), 09:30 in 2008 (dotweekly); probably moved',
  ),
  labels: GTLD_LABELS,
  eligibility: ANYBODY,
  epp: {
    ...GTLD_EPP,
    dialect: 'plain',
    host: unknown(null, 'told at accreditation; the Dropzone has a host of its own'),
    contacts: { registrant: true, admin: 1, tech: 1, billing: 0 },
    checkNames: 13,
  },
  createPriceCents: PRICE_NOT_TOLD,
  renewal: AUTO_RENEWED,
}
