import type { DateOrder } from './printed-date.ts'
import { phrase } from './whois-phrases.ts'
import type { StateWord } from './whois-words.ts'

/** What is particular to one registry's WHOIS. Everything it shares with others is in the phrases and the words. */
export type WhoisRule = {
  tlds: readonly string[]
  /** Hosts that speak for the registry: only they are believed when they deny having a name. */
  hosts: readonly string[]
  /** State words that mean something of their own here. */
  words?: Readonly<Record<string, StateWord>>
  /** Lines that mean "free" here and might mean something else elsewhere. */
  free?: readonly RegExp[]
  /** How dates are written, where the printing leaves it open. */
  dates?: DateOrder
  /** Keys of one registry only. */
  keys?: Readonly<Partial<Record<'expires' | 'releases' | 'deleted' | 'state', readonly string[]>>>
  /** A name in quarantine may be printed like any held one, without its name servers. */
  hidesStages?: true
  /** Sections that only a held name has, where no state line says so (.eu). */
  heldBy?: readonly string[]
  source: string
}

const free: StateWord = { says: 'free' }
const hold: StateWord = { says: 'stage', stage: 'hold' }
const AFNIC_WORDS: Readonly<Record<string, StateWord>> = {
  frozen: hold,
  blocked: hold,
  // `pending: DELETE`
  delete: { says: 'status', status: 'pendingDelete' },
  restore: { says: 'status', status: 'pendingRestore' },
  'not open': { says: 'reserved', as: 'notOpen' },
}

/** One entry a registry. `source`: where its words come from. */
export const WHOIS_RULES: readonly WhoisRule[] = [
  {
    tlds: ['com', 'net', 'edu', 'cc', 'tv', 'name', 'jobs'],
    hosts: [
      'whois.verisign-grs.com',
      'whois.crsnic.net',
      'whois.internic.net',
      'grs.whois.verisign-grs.com',
      'whois.nic.cc',
      'whois.nic.tv',
      'whois.nic.name',
      'whois.nic.jobs',
      'whois.educause.edu',
    ],
    source: 'answers of 2017 to 2025; whois client server list 5.6.6',
  },
  {
    tlds: ['org', 'ong', 'ngo'],
    hosts: [
      'whois.pir.org',
      'whois.publicinterestregistry.org',
      'whois.publicinterestregistry.net',
      'whois.afilias.net',
      'whois.afilias-srs.net',
    ],
    source: 'answers of 2017 to 2026; Dropzone text seen on 2026-07-06',
  },
  {
    tlds: [
      'info',
      'mobi',
      'pro',
      'io',
      'me',
      'ac',
      'sh',
      'ag',
      'bz',
      'lc',
      'mn',
      'sc',
      'vc',
      'asia',
      'xxx',
    ],
    hosts: [
      'whois.afilias.net',
      'whois.afilias.info',
      'whois.afilias-grs.info',
      'whois2.afilias-grs.net',
      'whois.identitydigital.services',
      'whois.donuts.co',
      'whois.identity.digital',
      'whois.nic.info',
      'whois.nic.io',
      'whois.nic.me',
      'whois.nic.ac',
      'whois.nic.sh',
    ],
    source: 'answers of 2017 to 2019; .info has had no port 43 since 2025',
  },
  {
    tlds: ['biz', 'us'],
    hosts: [
      'whois.nic.biz',
      'whois.biz',
      'whois.neulevel.biz',
      'whois.nic.us',
      'whois.registry.us',
    ],
    source: 'answers of 2019 to 2026',
  },
  {
    tlds: ['fr', 're', 'pm', 'tf', 'wf', 'yt'],
    hosts: [
      'whois.nic.fr',
      'whois.afnic.fr',
      'whois.nic.re',
      'whois.nic.pm',
      'whois.nic.tf',
      'whois.nic.wf',
      'whois.nic.yt',
    ],
    words: AFNIC_WORDS,
    keys: { deleted: ['deleted'], state: ['status', 'pending', 'eppstatus'] },
    source: 'answers of 2017 to 2026; redemption from a sample of 2025-11',
  },
  {
    tlds: ['eu'],
    hosts: ['whois.eu', 'whois.registry.eu', 'whois.eurid.eu'],
    hidesStages: true,
    heldBy: ['registrar', 'name servers', 'registrant', 'technical', 'on-site(s)'],
    keys: { releases: ['available', 'available date', 'available on'] },
    source: 'answers of 2017 to 2024: a held name has no Status line',
  },
  {
    tlds: ['be'],
    hosts: ['whois.dns.be', 'whois.dnsbelgium.be'],
    keys: { state: ['status', 'flags'], releases: ['available', 'available date', 'available on'] },
    hidesStages: true,
    source: 'answers of versions 4.1 (2011), 5.0 and 6.1 (2024)',
  },
  {
    tlds: ['de'],
    hosts: ['whois.denic.de'],
    words: { failed: { says: 'registered' } },
    source: 'denic.de, domain query service: free, connect, failed, invalid',
  },
  {
    tlds: ['nl'],
    hosts: ['whois.domain-registry.nl', 'whois.sidn.nl'],
    words: { inactive: { says: 'registered' } },
    source: 'sidn.nl, WHOIS: free, active, inactive, in quarantine, withdrawn',
  },
  {
    tlds: ['uk'],
    hosts: ['whois.nic.uk', 'whois.nominet.uk', 'whois.nominet.org.uk', 'whois.ja.net'],
    keys: { state: ['registration status'] },
    source: 'nominet.uk, WHOIS; answers of 2026',
  },
  {
    tlds: ['it'],
    hosts: ['whois.nic.it'],
    words: { 'no-registrar': { says: 'registered' } },
    source: 'nic.it, guidelines: AVAILABLE, UNASSIGNABLE and EPP states in pairs',
  },
  { tlds: ['es'], hosts: ['whois.nic.es'], dates: 'day-first', source: 'answer of 2019' },
  { tlds: ['ch', 'li'], hosts: ['whois.nic.ch', 'whois.nic.li'], source: 'nic.ch' },
  {
    tlds: ['se', 'nu'],
    hosts: ['whois.iis.se', 'whois.iis.nu', 'whois.nic-se.se'],
    keys: { releases: ['date to release'] },
    source: 'internetstiftelsen.se: state active, quarantine; dates of deletion and release',
  },
  {
    tlds: ['pl'],
    hosts: ['whois.dns.pl'],
    keys: { expires: ['renewal date', 'option expiration date'] },
    source: 'dns.pl',
  },
  {
    tlds: ['cz'],
    hosts: ['whois.nic.cz'],
    words: {
      'to be deleted': { says: 'status', status: 'pendingDelete' },
      expired: { says: 'registered' },
    },
    dates: 'day-first',
    source: 'nic.cz',
  },
  { tlds: ['at'], hosts: ['whois.nic.at'], source: 'nic.at' },
  {
    tlds: ['pt'],
    hosts: ['whois.dns.pt'],
    free: [phrase('no match')],
    dates: 'day-first',
    source: 'dns.pt',
  },
  {
    tlds: ['lu'],
    hosts: ['whois.dns.lu'],
    words: { inactive: { says: 'registered' } },
    keys: { state: ['domaintype'] },
    source: 'dns.lu',
  },
  { tlds: ['ca'], hosts: ['whois.cira.ca', 'whois.ca.fury.ca'], source: 'cira.ca' },
  {
    tlds: ['co'],
    hosts: ['whois.nic.co', 'whois.registry.co'],
    source: 'answer of 2025',
  },
  {
    tlds: ['ru', 'su', 'xn--p1ai'],
    hosts: ['whois.tcinet.ru', 'whois.nic.ru', 'whois.ripn.net'],
    keys: { expires: ['paid-till'], releases: ['free-date'], state: ['state'] },
    source: 'tcinet.ru',
  },
  {
    tlds: ['jp'],
    hosts: ['whois.jprs.jp'],
    free: [phrase('no match')],
    keys: { state: ['state', 'status', '状態'] },
    source: 'jprs.jp',
  },
  {
    tlds: ['fi'],
    hosts: ['whois.fi', 'whois.ficora.fi', 'whois.traficom.fi'],
    words: { 'grace period': { says: 'registered' }, 'validity expired': { says: 'registered' } },
    dates: 'day-first',
    source: 'traficom.fi',
  },
  {
    tlds: ['dk'],
    hosts: ['whois.dk-hostmaster.dk', 'whois.punktum.dk'],
    words: { deactivated: { says: 'registered' } },
    source: 'punktum.dk',
  },
  {
    tlds: ['br'],
    hosts: ['whois.registro.br', 'whois.nic.br'],
    source: 'registro.br',
  },
  {
    tlds: ['nz'],
    hosts: ['whois.srs.net.nz', 'whois.irs.net.nz'],
    words: {
      '220 available': free,
      '200 active': { says: 'registered' },
      '210 pendingrelease': { says: 'status', status: 'pendingDelete' },
    },
    keys: { state: ['query status', 'domain status'] },
    source: 'dnc.org.nz, field definitions of the old register',
  },
  { tlds: ['no'], hosts: ['whois.norid.no'], free: [phrase('no match')], source: 'norid.no' },
  { tlds: ['am'], hosts: ['whois.amnic.net'], free: [phrase('no match')], source: 'amnic.net' },
  {
    tlds: ['za'],
    hosts: ['whois.registry.net.za', 'coza-whois.registry.net.za'],
    free: [phrase('available')],
    source: 'registry.net.za',
  },
]

/** The rule of a name's extension, or null where nobody described it. */
export function ruleFor(name: string): WhoisRule | null {
  const tld = name.toLowerCase().replace(/\.$/, '').split('.').at(-1) ?? ''
  return WHOIS_RULES.find((rule) => rule.tlds.includes(tld)) ?? null
}
