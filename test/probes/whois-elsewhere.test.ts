import { describe, expect, it } from 'vitest'
import { readAnswer } from '../../src/probes/read.ts'
import { speaksForRegistry } from '../../src/probes/whois-authority.ts'

const read = (name: string, body: string, server?: string) =>
  readAnswer({ id: 1, source: 'whois', name, body, server })

describe('WHOIS of extensions that are in no pack', () => {
  it.each([
    ['a.de', 'Domain: a.de\nStatus: free\n'],
    ['a.nl', 'a.nl is free\n'],
    ['a.co.uk', '    No match for "a.co.uk".\n\n    This domain name has not been registered.\n'],
    ['a.at', '% nothing found\n'],
    ['a.cz', '%ERROR:101: no entries found\n%\n% No entries found.\n'],
    ['a.no', '% By looking up information\n\n% No match\n'],
    ['a.jp', '[ JPRS database provides information ]\n\nNo match!!\n'],
    [
      'a.kr',
      '# ENGLISH\n\nThe requested domain was not found in the Registry or Registrar’s WHOIS Server.\n',
    ],
    ['a.lv', '[Domain]\nDomain: a.lv\nStatus: free\n'],
    ['a.nz', 'domain_name: a.nz\nquery_status: 220 Available\n'],
    ['a.mx', 'No_Se_Encontro_El_Objeto/Object_Not_Found\n'],
    ['a.ca', 'Domain name:           a.ca\nDomain status:         available\n'],
    ['a.xyz', 'The queried object does not exist: DOMAIN NOT FOUND\n'],
  ])('%s is free: %j', (name, body) => {
    expect(read(name, body).state).toBe('free')
  })

  it.each([
    [
      'Status: in quarantine',
      'Domain name: a.nl\nStatus:      in quarantine\n\nRegistrar:\n   Y B.V.\n',
      'a.nl',
      { phase: 'quarantine', sponsor: 'Y B.V.' },
    ],
    [
      'pairs of states',
      'Domain:             a.it\nStatus:             pendingDelete / redemptionPeriod\nExpire Date:        2024-04-21\n',
      'a.it',
      { phase: 'redemption', expiresAt: '2024-04-21' },
    ],
    [
      'a day of release',
      'state:            quarantine\ndomain:           a.se\ndate_to_release:  2024-12-24\nregistrar:        Foo AB\n',
      'a.se',
      { phase: 'quarantine', releaseAt: '2024-12-24' },
    ],
    [
      'dots before the colon',
      'domain.............: a.fi\nstatus.............: Registered\nexpires............: 4.7.2024 10:15:55\n\nRegistrar\n\nregistrar..........: X Oy\n',
      'a.fi',
      { expiresAt: '2024-07-04', sponsor: 'X Oy' },
    ],
    [
      'keys in brackets',
      '[Domain Name]                   A.JP\n[Expires on]                    2024/05/31\n[Status]                        Active\n',
      'a.jp',
      { expiresAt: '2024-05-31' },
    ],
    [
      'a record under headings',
      'Domain:\nname:       a.ee\nstatus:     ok (paid and in zone)\nexpire:     2024-06-05\n\nRegistrar:\nname:       Z OÜ\n',
      'a.ee',
      { expiresAt: '2024-06-05', sponsor: 'Z OÜ' },
    ],
    [
      'values below their keys',
      '    Domain name:\n        a.co.uk\n\n    Registrar:\n        X Ltd [Tag = X]\n\n    Relevant dates:\n        Expiry date:  14-Feb-2025\n\n    Registration status:\n        Registered until expiry date.\n',
      'a.co.uk',
      { expiresAt: '2025-02-14', sponsor: 'X Ltd' },
    ],
    [
      'several states on a line',
      'domain:        A.RU\nstate:         REGISTERED, DELEGATED, VERIFIED\npaid-till:     2024-09-30T21:00:00Z\nfree-date:     2024-11-01\n',
      'a.ru',
      { expiresAt: '2024-09-30T21:00:00Z', releaseAt: '2024-11-01' },
    ],
    [
      'a day without marks',
      'domain:      a.com.br\nexpires:     20240518\nstatus:      published\n',
      'a.com.br',
      { expiresAt: '2024-05-18' },
    ],
    [
      'the grace of .ca',
      'Domain name:           a.ca\nDomain status:         auto-renew grace\n',
      'a.ca',
      { phase: 'autoRenew' },
    ],
    [
      'no blank after the colon',
      'Domain Name:A.ORG\nExpiration Date:20-Oct-2012 04:00:00 UTC\nSponsoring Registrar:X Inc. (R37-LROR)\nStatus:PENDING DELETE RESTORABLE\n',
      'a.org',
      { phase: 'redemption', expiresAt: '2012-10-20T04:00:00Z', sponsor: 'X Inc.' },
    ],
  ])('is read with %s', (_, body, name, reading) => {
    expect(read(name, body)).toMatchObject({ state: 'registered', ...reading })
  })

  it('leaves the states and dates of contacts alone', () => {
    const domain =
      'domain:  a.cz\nregistrar: R\nstatus: paid and in zone\nnsset: N\nregistered: 21.07.2000\nexpire: 22.07.2024\n'
    const contact = '\ncontact: C\nstate: California\nstatus: To be deleted\nexpire: 01.01.2030\n'
    const reading = read('a.cz', domain + contact)
    expect(reading).toMatchObject({ phase: 'active', expiresAt: '2024-07-22' })
    expect(reading.reason).not.toContain('California')
  })

  it.each([
    ['a.de', '% Error: 55000000002 Connection refused; access control limit exceeded.'],
    ['a.ch', 'Requests of this client are not permitted. Please use the website.'],
    [
      'a.com.au',
      'BLACKLISTED: You have exceeded the query limit for your network or IP address and have been blacklisted.',
    ],
    ['a.com.br', '% Query rate limit exceeded. Reduce query speed.'],
    ['a.at', '% Quota exceeded'],
    ['a.cn', 'Queried interval is too short.'],
    ['a.ru', 'You have exceeded allowed connection rate.'],
  ])('%s throttles: %s', (name, body) => {
    expect(read(name, body).state).toBe('throttled')
  })

  it.each([
    ['a.tk', 'Invalid query or domain name not known in Dot TK Domain Registry\n'],
    ['a.org', 'Registrar not found.\n'],
    ['a.example', 'Domain not found in cache, retrying\n'],
    ['a.com', 'refer:        whois.verisign-grs.com\n\ndomain:       COM\nstatus:       ACTIVE\n'],
    ['a.com', '   Server Name: A.COM.EVIL.NET\n   IP Address: 192.0.2.1\n'],
    ['a.nl', 'Error: server is currently in maintenance\n'],
    ['a.org', 'The domain name is not'],
  ])('%s: nothing is guessed from %j', (name, body) => {
    expect(read(name, body).state).toBe('undetermined')
  })
})

describe('the server of an extension', () => {
  it.each([
    ['whois.verisign-grs.com', 'a.com'],
    ['WHOIS.NIC.FR:43', 'a.fr'],
    ['whois.domain-registry.nl', 'a.nl'],
    ['whois.nic.example', 'a.example'],
    ['whois.nic.google', 'a.dev'],
  ])('%s speaks for %s', (server, name) => {
    expect(speaksForRegistry(server, name)).toBe(true)
  })

  it.each([
    ['whois.markmonitor.com', 'a.com'],
    ['whois.verisign-grs.com', 'a.org'],
    ['whois.iana.org', 'a.com'],
    ['', 'a.com'],
    ['constructor', 'a.constructor'],
  ])('%s does not speak for %s', (server, name) => {
    expect(speaksForRegistry(server, name)).toBe(false)
  })
})
