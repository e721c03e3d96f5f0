import { createRequire } from 'node:module'
import { ruleFor } from './whois-rules.ts'

/** The `whois` package's table of servers, by extension; it comes with whois-json. */
const fromWhoisJson = createRequire(createRequire(import.meta.url).resolve('whois-json'))
const SERVERS = fromWhoisJson('whois/servers.json') as Readonly<
  Record<string, string | { host?: string } | null>
>

/**
 * Whether a WHOIS host speaks for the registry of a name's extension. A registrar's server answers "no match" for every
 * name it does not sponsor, so such words count only here.
 * @param server host, or host and port.
 */
export function speaksForRegistry(server: string, name: string): boolean {
  const host = server
    .trim()
    .toLowerCase()
    .replace(/^whois:\/\//, '')
    .replace(/(:\d+)?\/?$/, '')
    .replace(/\.$/, '')
  const labels = name.toLowerCase().replace(/\.$/, '').split('.')
  const tld = labels.at(-1) ?? ''
  if (ruleFor(name)?.hosts.includes(host)) return true
  const usual = [`whois.nic.${tld}`, `whois.${tld}`, `whois.dns.${tld}`, `whois.registry.${tld}`]
  if (usual.includes(host)) return true
  return labels.some((_, i) => {
    const zone = labels.slice(i).join('.')
    const entry = Object.hasOwn(SERVERS, zone) ? SERVERS[zone] : null
    return (typeof entry === 'string' ? entry : entry?.host)?.toLowerCase() === host
  })
}
