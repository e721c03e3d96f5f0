import type { Asked, PublicBooks } from './asked.ts'
import { sponsorOf } from './asked.ts'
import type { SandboxDomain } from './registry.ts'

const BANNER = [
  '% .be Whois Server 6.1',
  '%',
  '% The WHOIS service offered by DNS Belgium and the access to the records in the DNS Belgium',
  '% WHOIS database are provided for information purposes only. It allows',
  '% persons to check whether a specific domain name is still available or not',
  '% and to obtain information related to the registration records of',
  '% existing domain names.',
  '%',
  '',
] as const

/** `Tue Dec 12 2000`, as version 6 prints the day of registration. */
const day = (at: Date) => at.toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+).*/, '$1 $3 $2 $4')

/** DNS Belgium's version 6; the stage of a quarantined name and its release instant are printed as version 4 did. */
export function dnsBelgiumWhois(books: PublicBooks, { text, name, standing }: Asked): string {
  const subject = `Domain:\t${name ?? text.replace(/\.be$/i, '')}`
  switch (standing.kind) {
    case 'registered':
      return page([subject, ...recordOf(books, standing.domain)])
    case 'invalid':
      return page([subject, 'Status:\tNOT ALLOWED', `Message:\t${standing.reason}`])
    case 'reserved':
      return page([subject, 'Status:\tNOT ALLOWED', `Message:\t${standing.reason}`])
    default:
      return page([subject, 'Status:\tAVAILABLE'])
  }
}

export const dnsBelgiumRefusal = (waitMs: number): string =>
  page([`% Excessive querying, grace period of ${Math.ceil(waitMs / 1_000)} seconds`])

function recordOf(books: PublicBooks, domain: SandboxDomain): string[] {
  const quarantined = domain.stage === 'quarantine'
  const flags = domain.effectiveStatuses.filter((status) => status !== 'ok')
  return [
    `Status:\t${quarantined ? 'QUARANTINE' : 'NOT AVAILABLE'}`,
    ...(quarantined && domain.availableAt
      ? [`Available:\t${domain.availableAt.toISOString()}`]
      : []),
    `Registered:\t${day(domain.createdAt)}`,
    '',
    'Registrant:',
    '\tNot shown, please visit www.dnsbelgium.be for webbased whois.',
    '',
    'Registrar:',
    `\tName:\t ${sponsorOf(books, domain).name}`,
    `\tWebsite: http://www.${domain.sponsor}.example`,
    '',
    'Nameservers:',
    ...(quarantined ? [] : domain.nameServers).map((server) => `\t${server}`),
    '',
    'Keys:',
    '',
    'Flags:',
    ...flags.map((flag) => `\t${flag}`),
    '',
    'Please visit www.dnsbelgium.be for more info.',
  ]
}

const page = (lines: readonly string[]) => `${[...BANNER, ...lines].join('\n')}\n\n`
