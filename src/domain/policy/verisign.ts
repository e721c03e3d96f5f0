import { community, documented, inferred } from './fact.ts'
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

/** Verisign purges in order from 14:00 US Eastern for about an hour; observers have seen drops until 15:15. */
const RELEASE: Policy['release'] = community(
  { kind: 'daily-window', timeZone: 'America/New_York', from: '14:00', to: '15:15' },
  'Lauinger et al., IMC 2018 (a daily window exists); servals.it and observers (hour; summer unconfirmed)',
)

const verisign = (extension: 'com' | 'net'): Policy => ({
  extension,
  registry: 'verisign',
  operator: 'Verisign',
  sources: ['rdap', 'whois', 'epp'],
  rdap: documented(`https://rdap.verisign.com/${extension}/v1/`, 'IANA RDAP bootstrap, 2026-03-23'),
  whois: {
    ...documented(
      { host: 'whois.verisign-grs.com', query: 'domain $name' },
      'whois client server list 5.6.6 (2026-02)',
    ),
    automated: 'allowed',
  },
  das: null,
  limits: {
    rdap: unpublished('Verisign RDAP'),
    whois: unpublished('Verisign WHOIS'),
    epp: unpublishedEpp('Verisign'),
    dns: ZONE_SERVERS,
  },
  lifecycle: GTLD_LIFECYCLE,
  release: RELEASE,
  labels: GTLD_LABELS,
  eligibility: ANYBODY,
  epp: {
    ...GTLD_EPP,
    dialect: 'verisign',
    host: documented(
      { host: 'epp.verisign-grs.com', port: 700 },
      'Net-DRI and php-epp-client; accreditation papers',
    ),
    contacts: { registrant: false, admin: 0, tech: 0, billing: 0 },
    checkNames: 13,
    penalty: inferred(null, 'session and bandwidth caps are known (ICANN 2001), points are not'),
  },
  createPriceCents: PRICE_NOT_TOLD,
  renewal: AUTO_RENEWED,
})

export const com = verisign('com')
export const net = verisign('net')
