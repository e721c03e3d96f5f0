import { unicodeOf } from '../domain/name.ts'
import { toRdapStatus } from '../domain/status.ts'
import type { PublicBooks } from './asked.ts'
import { seconds, sponsorOf } from './asked.ts'
import type { SandboxDomain } from './registry.ts'

/** RFC 9083 section 4.1, with the extensions used below. */
export const CONFORMANCE = ['rdap_level_0', 'redacted', 'icann_rdap_response_profile_1'] as const

const NOTICES = [
  {
    title: 'Status Codes',
    description: [
      'For more information on domain status codes, please visit https://icann.org/epp',
    ],
    links: [{ href: 'https://icann.org/epp', rel: 'glossary', type: 'text/html' }],
  },
  {
    title: 'Terms of Use',
    description: [
      'Queries are throttled. If too many queries are received from one address, further queries are rejected for a time.',
    ],
  },
] as const

/**
 * A domain as RDAP tells it (RFC 9083 section 5.3), statuses in the spelling of RFC 8056, the holder's data redacted as in
 * RFC 9537.
 * @param self URL of the object.
 * @param at when the database was last updated, as the server believes.
 */
export function rdapDomain(books: PublicBooks, domain: SandboxDomain, self: string, at: Date) {
  const { name: registrar, ianaId } = sponsorOf(books, domain)
  const statuses = new Set([...domain.effectiveStatuses, ...domain.rgp].map(toRdapStatus))
  const unicode = unicodeOf(domain.name)
  const event = (eventAction: string, date: Date | null) =>
    date ? [{ eventAction, eventDate: seconds(date) }] : []
  return {
    objectClassName: 'domain',
    handle: domain.roid,
    ldhName: domain.name,
    ...(unicode === domain.name ? {} : { unicodeName: unicode }),
    links: [{ value: self, rel: 'self', href: self, type: 'application/rdap+json' }],
    status: [...statuses],
    entities: [
      {
        objectClassName: 'entity',
        handle: ianaId ?? domain.sponsor,
        roles: ['registrar'],
        publicIds: ianaId ? [{ type: 'IANA Registrar ID', identifier: ianaId }] : [],
        vcardArray: [
          'vcard',
          [
            ['version', {}, 'text', '4.0'],
            ['fn', {}, 'text', registrar],
          ],
        ],
      },
    ],
    events: [
      ...event('registration', domain.createdAt),
      ...event('expiration', domain.expiresAt),
      ...event('last changed', domain.updatedAt),
      ...event('transfer', domain.transferredAt),
      ...event('last update of RDAP database', at),
    ],
    secureDNS: { delegationSigned: false },
    nameservers: domain.nameServers.map((ldhName) => ({ objectClassName: 'nameserver', ldhName })),
    redacted: [
      {
        name: { description: 'Registrant Name' },
        prePath: "$.entities[?(@.roles[0]=='registrant')].vcardArray[1][?(@[0]=='fn')][3]",
        method: 'removal',
        reason: { description: 'Server policy' },
      },
    ],
    rdapConformance: CONFORMANCE,
    notices: NOTICES,
  }
}

/** Says which extensions the server answers for, and its terms (RFC 9082 section 3.1.6). */
export const rdapHelp = () => ({ rdapConformance: CONFORMANCE, notices: NOTICES })

/** RFC 9083 section 6. */
export const rdapError = (errorCode: number, title: string, description: string) => ({
  rdapConformance: CONFORMANCE,
  errorCode,
  title,
  description: [description],
})
