import { documented, inferred, unknown } from './fact.ts'
import { ANYBODY, PRICE_NOT_TOLD } from './gtld.ts'
import { within, ZONE_SERVERS } from './limit.ts'
import type { Policy } from './policy.ts'

export const be: Policy = {
  extension: 'be',
  registry: 'dnsBelgium',
  operator: 'DNS Belgium',
  sources: ['epp', 'das', 'whois'],
  rdap: null,
  whois: {
    ...documented({ host: 'whois.dns.be', query: '$name' }, 'docs.dnsbelgium.be, WHOIS and DAS'),
    automated: 'forbidden',
  },
  das: documented(
    { host: 'das.dns.be', port: 4343, query: 'get 2.0 $name' },
    'docs.dnsbelgium.be, WHOIS and DAS',
  ),
  limits: {
    das: documented(within(50, 60), 'docs.dnsbelgium.be, WHOIS and DAS: 50 a minute'),
    whois: documented(
      within(100, 86_400),
      'docs.dnsbelgium.be: 100 a day on the web, 100 an hour on port 43 (older): the stricter is kept',
    ),
    epp: inferred(
      { perSecond: 1, burst: 1, concurrency: 1 },
      'docs.dnsbelgium.be: 180 info commands in 60 seconds; other commands have no published figure',
    ),
    dns: ZONE_SERVERS,
  },
  lifecycle: {
    graceDays: documented(
      null,
      'docs.dnsbelgium.be: renews by itself on the 1st of the month after expiry; only a delete ends it',
    ),
    autoRenew: documented(true, 'docs.dnsbelgium.be, domain name life cycle'),
    redemptionDays: documented(0, 'docs.dnsbelgium.be: quarantine instead'),
    pendingDeleteDays: documented(0, 'docs.dnsbelgium.be: quarantine instead'),
    quarantineDays: documented(40, 'docs.dnsbelgium.be, deletes'),
    addGraceDays: unknown(
      5,
      'no add grace found in the sources; the gTLD figure is taken for looks',
    ),
    dropzoneDays: documented(null, 'none'),
  },
  release: documented(
    { kind: 'on-the-hour' },
    'docs.dnsbelgium.be, deletes: hourly, 24 times a day, spread at random over the day',
  ),
  labels: {
    minLength: 2,
    maxLength: 63,
    allowed: /^[a-z0-9\-ßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿœ]+$/u,
    rule: 'at least two characters: a to z, digits, hyphens and 33 accented letters',
    source: 'docs.dnsbelgium.be, domain names (IDN since 2013-06-11)',
    confidence: 'documented',
  },
  eligibility: ANYBODY,
  epp: {
    dialect: 'dns-belgium',
    host: unknown(
      null,
      'live host told at accreditation; try-out is epp.registry.tryout.dns.be:33128',
    ),
    contacts: { registrant: true, admin: 0, tech: 1, billing: 1 },
    authInfo: 'empty',
    periodYears: { min: 1, max: 1, default: 1 },
    checkNames: 7,
    nameForm: 'a-label',
    idnTag: 'none',
    spacingMs: unknown(500, 'no figure is published; two commands a second of a session is modest'),
    createsPerDay: inferred(100, 'the sister extensions allow 100 registrations a day'),
    penalty: documented(
      { exists: 10, error: 1, perDay: 100 },
      'docs.dnsbelgium.be, hit points; news of 2022-03-30: 100 to 1,000 a day by portfolio, the least is taken',
    ),
  },
  createPriceCents: PRICE_NOT_TOLD,
  renewal: documented('registry', 'docs.dnsbelgium.be, domain name life cycle'),
}
