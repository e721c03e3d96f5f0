import type { Policy } from '../domain/policy/policy.ts'

/**
 * RDAP hosts of extensions that are not in our packs, from the IANA bootstrap file (RFC 9224); asked by nobody, but recorded
 * answers of theirs are read.
 */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'rdap.nic.fr': ['re', 'pm', 'tf', 'wf', 'yt'],
  'rdap.denic.de': ['de'],
  'rdap.sidn.nl': ['nl', 'amsterdam'],
  'rdap.nominet.uk': ['uk'],
  'rdap.nic.cz': ['cz'],
  'rdap.nic.ch': ['ch', 'li'],
  'rdap.norid.no': ['no'],
  'rdap.fi': ['fi'],
  'rdap.dns.pl': ['pl'],
  'rdap.registro.br': ['br'],
  'rdap.ca.fury.ca': ['ca'],
  'rdap.cctld.au': ['au'],
  'tld-rdap.verisign.com': ['cc', 'tv', 'name'],
  'pubapi.registry.google': ['app', 'dev', 'page', 'new', 'how', 'soy', 'zip', 'mov', 'foo', 'day'],
  'rdap.identitydigital.services': [
    'io',
    'ac',
    'sh',
    'mobi',
    'pro',
    'ltd',
    'live',
    'email',
    'world',
  ],
  'rdap.centralnic.com': [
    'xyz',
    'online',
    'site',
    'store',
    'website',
    'space',
    'tech',
    'host',
    'press',
    'fun',
  ],
}

/**
 * Whether a server is where the extension's registry answers RDAP: host, port 443, https and path. Redirectors and
 * aggregators (rdap.org) answer 404 for what they do not know; a doubled slash makes some registries do so too.
 * @param server host, host:port or base URL.
 * @param policy of the name's extension, null where it is not one of ours.
 */
export function isRegistryRdap(server: string, name: string, policy: Policy | null): boolean {
  const text = server.includes('://') ? server : `https://${server}`
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  if (url.protocol !== 'https:' || url.port !== '' || url.pathname.includes('//')) return false
  if (policy) {
    if (!policy.rdap) return false
    const base = new URL(policy.rdap.value)
    const below = (path: string) => `${path.replace(/\/$/, '')}/`
    const hostOnly = url.pathname === '/'
    return (
      url.hostname === base.hostname &&
      (hostOnly || below(url.pathname).startsWith(below(base.pathname)))
    )
  }
  const tld = name.toLowerCase().replace(/\.$/, '').split('.').at(-1) ?? ''
  return url.hostname === `rdap.nic.${tld}` || (OTHERS[url.hostname]?.includes(tld) ?? false)
}
