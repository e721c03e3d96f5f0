import type { Asked, PublicBooks } from './asked.ts'
import { sponsorOf } from './asked.ts'
import type { SandboxDomain } from './registry.ts'

const BANNER = [
  '%%',
  '%% This is the AFNIC Whois server.',
  '%%',
  '%% complete date format: YYYY-MM-DDThh:mm:ssZ',
  '%%',
  '%% Rights restricted by copyright.',
  '%% See https://www.afnic.fr/en/',
  '%%',
  '%%',
  '',
] as const
const NO_ENTRIES = '%% No entries found in the AFNIC Database.'

/** AFNIC's format: a banner, and one object of `key: value` lines a block. */
export function afnicWhois(books: PublicBooks, { standing, name }: Asked): string {
  const body =
    standing.kind === 'registered'
      ? recordOf(books, standing.domain)
      : standing.kind === 'reserved'
        ? object({
            domain: name ?? '',
            status: standing.as === 'notOpen' ? 'NOT_OPEN' : 'RESERVED',
            source: 'FRNIC',
          })
        : standing.kind === 'invalid'
          ? ['%% Invalid domain name.']
          : [NO_ENTRIES]
  const updated = `>>> Last update of WHOIS database: ${books.now().toISOString()} <<<`
  return `${[...BANNER, ...body, '', updated, ''].join('\n')}\n`
}

/** AFNIC refuses and denies in one answer: whoever looks for "No entries found" alone takes a refusal for a free name. */
export const afnicRefusal = (): string =>
  `${[...BANNER, '%% Too many requests...', '', NO_ENTRIES, ''].join('\n')}\n`

const object = (fields: Readonly<Record<string, string>>) =>
  Object.entries(fields).map(([key, value]) => `${`${key}:`.padEnd(31)}${value}`)

function recordOf(books: PublicBooks, domain: SandboxDomain): string[] {
  const redeemed = domain.stage === 'redemption' || domain.stage === 'pendingRestore'
  const delegated = domain.nameServers.length > 0
  const stated = redeemed ? 'REDEMPTION' : delegated ? 'ACTIVE' : 'REGISTERED'
  const onHold = domain.effectiveStatuses.some((s) => s === 'clientHold' || s === 'serverHold')
  const line = (key: string, value: string) => `${`${key}:`.padEnd(31)}${value}`
  return [
    line('domain', domain.name),
    line('status', stated),
    ...(domain.deletedAt ? [line('pending', 'DELETE')] : []),
    ...domain.effectiveStatuses.map((s) => line('eppstatus', s === 'ok' ? 'active' : s)),
    line('hold', onHold || redeemed ? 'YES' : 'NO'),
    line('holder-c', 'ANO00-FRNIC'),
    line('registrar', sponsorOf(books, domain).name),
    line('Expiry Date', domain.expiresAt.toISOString()),
    line('created', domain.createdAt.toISOString()),
    line('last-update', (domain.updatedAt ?? domain.createdAt).toISOString()),
    ...(domain.deletedAt ? [line('deleted', domain.deletedAt.toISOString())] : []),
    line('source', 'FRNIC'),
    '',
    ...domain.nameServers.map((server) => line('nserver', server)),
    line('source', 'FRNIC'),
    '',
    line('registrar', sponsorOf(books, domain).name),
    line('registered', '2002-01-10T00:00:00Z'),
    line('source', 'FRNIC'),
    '',
    line('nic-hdl', 'ANO00-FRNIC'),
    line('type', 'PERSON'),
    line('contact', 'Ano Nymous'),
    line('changed', '2015-03-20T21:13:41Z'),
    line('anonymous', 'YES'),
    line('eligstatus', 'not identified'),
    line('source', 'FRNIC'),
  ]
}
