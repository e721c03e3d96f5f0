import type { Asked, PublicBooks } from './asked.ts'
import { sponsorOf } from './asked.ts'

const BANNER = [
  '% The WHOIS service offered by EURid and the access to the records',
  '% in the EURid WHOIS database are provided for information purposes',
  '% only. It allows persons to check whether a specific domain name',
  '% is still available or not and to obtain information related to',
  '% the registration records of existing domain names.',
  '%',
  '% The EURid WHOIS service on port 43 (textual whois) never',
  '% discloses any information concerning the registrant.',
  '%',
] as const

/** EURid's format: a held name has no status and no dates, whatever its stage. */
export function euridWhois(books: PublicBooks, { text, name, standing }: Asked): string {
  const head = [...BANNER, `% WHOIS ${text}`]
  if (standing.kind === 'invalid') return page([...head, '-7: %Invalid pattern'])
  const subject = [`Domain: ${name ?? text}`, 'Script: LATIN']
  if (standing.kind === 'registered') {
    const { domain } = standing
    return page([
      ...head,
      ...subject,
      '',
      'Registrant:',
      '        NOT DISCLOSED!',
      '        Visit www.eurid.eu for webbased WHOIS.',
      '',
      'Registrar:',
      `        Name: ${sponsorOf(books, domain).name}`,
      `        Website: www.${domain.sponsor}.example`,
      '',
      'Name servers:',
      ...(domain.stage === 'quarantine' ? [] : domain.nameServers).map(
        (server) => `        ${server}`,
      ),
      '',
      'Please visit www.eurid.eu for more info.',
    ])
  }
  const status =
    standing.kind === 'reserved'
      ? standing.as === 'blocked'
        ? 'BLOCKED'
        : 'RESERVED'
      : 'AVAILABLE'
  return page([...head, ...subject, `Status: ${status}`])
}

export const euridRefusal = (waitMs: number): string =>
  page([...BANNER, `-1: Still in grace period, wait ${Math.ceil(waitMs / 1_000)} seconds`])

const page = (lines: readonly string[]) => `${lines.join('\n')}\n\n`
