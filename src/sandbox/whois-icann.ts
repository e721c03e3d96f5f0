import type { Extension } from '../domain/name.ts'
import type { Asked, PublicBooks } from './asked.ts'
import { seconds, sponsorOf } from './asked.ts'
import type { SandboxDomain } from './registry.ts'

/** The format ICANN asks of gTLD registries: thin at Verisign (.com, .net), thick and redacted elsewhere. */
export function icannWhois(books: PublicBooks, asked: Asked): string {
  const thin = asked.extension === 'com' || asked.extension === 'net'
  const body = bodyOf(books, asked, thin)
  const updated = `>>> Last update of ${thin ? 'whois' : 'WHOIS'} database: ${seconds(books.now())} <<<`
  const lines = [...body, updated, '', ...TERMS[thin ? 'verisign' : 'others']]
  return `${lines.join('\r\n')}\r\n`
}

function bodyOf(
  books: PublicBooks,
  { text, extension, standing, name }: Asked,
  thin: boolean,
): string[] {
  const printed = (name ?? text).toUpperCase()
  switch (standing.kind) {
    case 'registered':
      return recordOf(books, standing.domain, thin)
    case 'dropzone':
      return [
        `This domain is currently available for application via the ${DROPZONES[extension]} Dropzone service.`,
      ]
    case 'reserved':
      return [RESERVED[standing.as]]
    case 'invalid':
      return thin ? [`No match for "${printed}".`] : ['Invalid domain name.']
    case 'free':
      if (thin) return [`No match for "${printed}".`]
      return [extension === 'biz' ? 'No Data Found' : 'Domain not found.']
  }
}

const DROPZONES: Partial<Record<Extension, string>> = { org: 'PIR', info: 'Identity Digital' }
const RESERVED = {
  reserved: 'This name is reserved by the Registry in accordance with ICANN Policy.',
  notOpen: 'This name is reserved by the Registry in accordance with ICANN Policy.',
  premium: 'This premium domain is available for purchase through a registrar.',
  blocked: 'This name has been blocked by the Registry.',
} as const

function recordOf(books: PublicBooks, domain: SandboxDomain, thin: boolean): string[] {
  const { name: registrar, ianaId } = sponsorOf(books, domain)
  const name = thin ? domain.name.toUpperCase() : domain.name
  const rgp = domain.rgp.map((status) => (status === 'rgpPendingDelete' ? 'pendingDelete' : status))
  const statuses = [...new Set([...domain.effectiveStatuses, ...rgp])]
  const lines = [
    `Domain Name: ${name}`,
    `Registry Domain ID: ${domain.roid}`,
    `Registrar WHOIS Server: whois.${domain.sponsor}.example`,
    `Registrar URL: http://www.${domain.sponsor}.example`,
    `Updated Date: ${seconds(domain.updatedAt ?? domain.createdAt)}`,
    `Creation Date: ${seconds(domain.createdAt)}`,
    `Registry Expiry Date: ${seconds(domain.expiresAt)}`,
    `Registrar: ${registrar}`,
    `Registrar IANA ID: ${ianaId ?? ''}`,
    `Registrar Abuse Contact Email: abuse@${domain.sponsor}.example`,
    'Registrar Abuse Contact Phone: +00.000000000',
    ...statuses.map((status) => `Domain Status: ${status} https://icann.org/epp#${status}`),
    ...(thin ? [] : ['Registrant Organization: REDACTED FOR PRIVACY', 'Registrant Country: FR']),
    ...domain.nameServers.map((server) => `Name Server: ${thin ? server.toUpperCase() : server}`),
    'DNSSEC: unsigned',
    'URL of the ICANN Whois Inaccuracy Complaint Form: https://www.icann.org/wicf/',
  ]
  return thin ? lines.map((line) => `   ${line}`) : lines
}

/** Terms speak of limits and of availability, and are no answer: real ones do, and readers must not fall for them. */
const TERMS = {
  verisign: [
    "NOTICE: The expiration date displayed in this record is the date the registrar's",
    'sponsorship of the domain name registration in the registry is set to expire.',
    '',
    'TERMS OF USE: You are not authorized to query this database through processes that',
    'are high-volume and automated except as reasonably necessary to register domain',
    'names. The registry may restrict or terminate your access at any time.',
    '',
    'The Registry database contains ONLY .COM and .NET domains and Registrars.',
  ],
  others: [
    'For more information on Whois status codes, please visit https://icann.org/epp',
    '',
    'Terms of Use: Access to WHOIS information is provided to assist persons in',
    'determining the contents of a domain name registration record. Queries to the',
    'WHOIS services are throttled. If too many queries are received from a single IP',
    'address, the service will begin to reject further queries for a period of time.',
  ],
} as const
