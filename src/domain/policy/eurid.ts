import { SCRIPTS, writtenIn } from '../script.ts'
import { EEA_OTHERS, EU_MEMBERS, EU_REGIONS } from './countries.ts'
import { documented, unknown } from './fact.ts'
import { PRICE_NOT_TOLD } from './gtld.ts'
import { unpublishedEpp, within, ZONE_SERVERS } from './limit.ts'
import type { Policy } from './policy.ts'

const EU_SCRIPTS = SCRIPTS.filter(({ code }) => ['Latn', 'Grek', 'Cyrl'].includes(code))

export const eu: Policy = {
  extension: 'eu',
  registry: 'eurid',
  operator: 'EURid',
  sources: ['epp', 'das', 'whois'],
  rdap: null,
  whois: {
    ...documented({ host: 'whois.eu', query: '$name' }, 'eurid.org, look-up services'),
    automated: 'forbidden',
  },
  das: documented(
    { host: 'das.eu', port: 4343, query: 'get 1.0 $label' },
    'eurid.org, look-up services',
  ),
  limits: {
    das: documented(within(120, 60), 'eurid.org, look-up services: 120 in 60 seconds'),
    whois: documented(within(15, 60), 'eurid.org, look-up services: 15 in 60 seconds'),
    epp: unpublishedEpp('EURid'),
    dns: ZONE_SERVERS,
  },
  lifecycle: {
    graceDays: documented(0, 'eurid.eu: quarantine begins at expiry or at the date of the delete'),
    autoRenew: documented(false, 'eurid.eu: a name must be renewed'),
    redemptionDays: documented(0, 'eurid.eu: quarantine instead'),
    pendingDeleteDays: documented(0, 'eurid.eu: quarantine instead'),
    quarantineDays: documented(40, 'eurid.eu'),
    addGraceDays: unknown(
      5,
      'no add grace found in the sources; the gTLD figure is taken for looks',
    ),
    dropzoneDays: documented(null, 'none'),
  },
  release: documented(
    { kind: 'per-name' },
    'availableDate of the EPP check, to the millisecond (Net-DRI tests)',
  ),
  labels: {
    minLength: 2,
    maxLength: 63,
    allowed: writtenIn(EU_SCRIPTS),
    rule: 'at least two characters: Latin, Greek or Cyrillic letters of one script, digits and hyphens',
    source: 'eurid.eu, technical limitations',
    confidence: 'documented',
  },
  eligibility: documented(
    { countries: [...EU_MEMBERS, ...EU_REGIONS, ...EEA_OTHERS], citizenship: true },
    'Regulation (EU) 2019/517: residence or seat in the EU or EEA, or citizenship of the EU',
  ),
  epp: {
    dialect: 'eurid',
    host: documented({ host: 'epp.registry.eu', port: 700 }, 'EURid registrar guidelines'),
    contacts: { registrant: true, admin: 0, tech: 1, billing: 1 },
    authInfo: 'empty',
    periodYears: { min: 1, max: 10, default: 1 },
    checkNames: 12,
    nameForm: 'u-label',
    idnTag: 'none',
    spacingMs: unknown(500, 'no figure is published; two commands a second of a session is modest'),
    createsPerDay: unknown(
      100,
      'a monthly registration cap exists, readable by EPP; figure not public',
    ),
    penalty: unknown(
      { exists: 10, error: 1, perDay: 100 },
      'hit points exist, readable by EPP; figures not public, so those of DNS Belgium are taken',
    ),
  },
  createPriceCents: PRICE_NOT_TOLD,
  renewal: documented('explicit', 'eurid.eu'),
}
