import { community, documented, unknown } from './fact.ts'
import {
  ANYBODY,
  AUTO_RENEWED,
  GTLD_EPP,
  GTLD_LABELS,
  GTLD_LIFECYCLE,
  PRICE_NOT_TOLD,
} from './gtld.ts'
import { unpublished, unpublishedEpp, ZONE_SERVERS } from './limit.ts'
import type { Policy } from './policy.ts'

export const biz: Policy = {
  extension: 'biz',
  registry: 'godaddy',
  operator: 'GoDaddy Registry',
  sources: ['rdap', 'whois', 'epp'],
  rdap: documented('https://rdap.nic.biz/', 'IANA RDAP bootstrap, 2026-03-23'),
  whois: {
    ...documented(
      { host: 'whois.nic.biz', query: '$name' },
      'whois client server list 5.6.6 (2026-02)',
    ),
    automated: 'allowed',
  },
  das: null,
  limits: {
    rdap: unpublished('GoDaddy Registry RDAP'),
    whois: unpublished('GoDaddy Registry WHOIS'),
    epp: unpublishedEpp('GoDaddy Registry'),
    dns: ZONE_SERVERS,
  },
  lifecycle: GTLD_LIFECYCLE,
  release: community(
    { kind: 'daily-window', timeZone: 'America/Chicago', from: '13:30', to: '14:00' },
    'drop list of 2008, weak; the present hour is not published',
  ),
  labels: GTLD_LABELS,
  eligibility: ANYBODY,
  epp: {
    ...GTLD_EPP,
    dialect: 'plain',
    host: unknown(null, 'told at accreditation'),
    contacts: { registrant: true, admin: 1, tech: 1, billing: 0 },
    checkNames: 13,
  },
  createPriceCents: PRICE_NOT_TOLD,
  renewal: AUTO_RENEWED,
}
