import { EEA_OTHERS, EU_MEMBERS, EU_REGIONS, FRENCH_COLLECTIVITIES } from './countries.ts'
import { community, documented, inferred, unknown } from './fact.ts'
import { PRICE_NOT_TOLD } from './gtld.ts'
import { unpublished, ZONE_SERVERS } from './limit.ts'
import type { Policy } from './policy.ts'

export const fr: Policy = {
  extension: 'fr',
  registry: 'afnic',
  operator: 'AFNIC',
  sources: ['rdap', 'whois', 'epp'],
  rdap: documented('https://rdap.nic.fr/', 'IANA RDAP bootstrap, 2026-03-23'),
  whois: {
    ...documented(
      { host: 'whois.nic.fr', query: '$name' },
      'whois client server list 5.6.6 (2026-02)',
    ),
    automated: 'unclear',
  },
  das: null,
  limits: {
    rdap: unpublished('AFNIC RDAP'),
    whois: unpublished('AFNIC WHOIS'),
    epp: documented(
      { perSecond: 0.5, burst: 1, concurrency: 1 },
      'AFNIC operations notice, 2009-12-08: about two seconds between commands; old',
    ),
    dns: ZONE_SERVERS,
  },
  lifecycle: {
    graceDays: community(
      null,
      'the registrar sends the delete when it likes: 28 days after expiry in a sample and at Route 53, 10 days before at dnsimple',
    ),
    autoRenew: documented(true, 'afnic.fr: tacit renewal, the registrar must delete'),
    redemptionDays: documented(30, 'afnic.fr life cycle, since 2009-03-30'),
    pendingDeleteDays: documented(0, 'afnic.fr life cycle: redemption ends in the drop'),
    quarantineDays: documented(0, 'afnic.fr life cycle: redemption instead of a quarantine'),
    addGraceDays: unknown(
      5,
      'no add grace found in the sources; the gTLD figure is taken for looks',
    ),
    dropzoneDays: documented(null, 'none'),
  },
  release: unknown(
    { kind: 'daily-window', timeZone: 'Europe/Paris', from: '00:00', to: '24:00' },
    'one batch a day whose hour is not published (milodomain.com): any time of the day until learned',
  ),
  labels: {
    minLength: 1,
    maxLength: 63,
    allowed: /^[a-z0-9\-ßàáâãäåæçèéêëìíîïñòóôõöœùúûüýÿ]+$/u,
    rule: 'a to z, digits, hyphens and the thirty accented letters of the AFNIC naming charter',
    source: 'AFNIC naming charter and announcement of 2012-05-03; minimum of one from registrars',
    confidence: 'documented',
  },
  eligibility: documented(
    {
      countries: [...EU_MEMBERS, ...EU_REGIONS, ...FRENCH_COLLECTIVITIES, ...EEA_OTHERS, 'CH'],
      citizenship: false,
    },
    'AFNIC naming charter: residence or seat in the EU, Iceland, Liechtenstein, Norway or Switzerland; overseas codes by inference',
  ),
  epp: {
    dialect: 'afnic',
    host: documented({ host: 'epp.nic.fr', port: 700 }, 'afnic.fr; Net-DRI'),
    contacts: { registrant: true, admin: 1, tech: 1, billing: 0 },
    authInfo: 'required',
    periodYears: { min: 1, max: 10, default: 1 },
    checkNames: 7,
    nameForm: 'a-label',
    idnTag: 'none',
    spacingMs: documented(
      4_000,
      'AFNIC operations notice, 2009-12-08: two seconds, and two more after a create on a taken name; old',
    ),
    createsPerDay: unknown(200, 'no figure is published for the ordinary EPP server'),
    penalty: inferred(null, 'waiting times instead of points (operations notice, 2009)'),
  },
  createPriceCents: PRICE_NOT_TOLD,
  renewal: documented('registry', 'afnic.fr: tacit renewal'),
}
