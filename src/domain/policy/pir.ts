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

export const org: Policy = {
  extension: 'org',
  registry: 'pir',
  operator: 'Public Interest Registry, on the platform of Identity Digital',
  sources: ['rdap', 'whois', 'epp'],
  rdap: documented(
    'https://rdap.publicinterestregistry.org/rdap/',
    'IANA RDAP bootstrap, 2026-03-23',
  ),
  whois: {
    ...documented(
      { host: 'whois.pir.org', query: '$name' },
      'whois client server list 5.6.6 (2026-02)',
    ),
    automated: 'allowed',
  },
  das: null,
  limits: {
    rdap: unpublished('PIR RDAP'),
    whois: unpublished('PIR WHOIS'),
    epp: unpublishedEpp('PIR'),
    dns: ZONE_SERVERS,
  },
  lifecycle: { ...GTLD_LIFECYCLE, dropzoneDays: DROPZONE_DAYS },
  release: community(
    { kind: 'daily-window', timeZone: 'UTC', from: '14:10', to: '17:15' },
    'Dropzone replies stamped 14:10 to 17:15 UTC (2026); before the Dropzone 14:30 to 15:30 UTC (servals.it); probably moved',
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
