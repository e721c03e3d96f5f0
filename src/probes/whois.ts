import type { Probe } from '../domain/observation.ts'
import { undetermined } from './answer.ts'
import type { Endpoints } from './endpoints.ts'
import { type ProbeDeps, pacedProbe } from './paced-probe.ts'
import { askOverTcp } from './tcp.ts'
import { decodeText } from './text.ts'
import { readWhois } from './whois-read.ts'

/** Longer answers are not WHOIS: the longest record known has some ten kilobytes. */
const MOST_BYTES = 64 * 1024

/** Asks the registry's own WHOIS server (RFC 3912). Referrals are not followed: the registry is the one to believe. */
export const whoisProbe = ({ endpoints, ...deps }: ProbeDeps & { endpoints: Endpoints }): Probe =>
  pacedProbe('whois', deps, async ({ name, extension, policy, send }) => {
    const server = extension && endpoints.whois(extension)
    if (!server || !policy?.whois) return undetermined('no WHOIS server is known for the extension')
    const query = policy.whois.value.query.replaceAll('$name', name)
    const body = await send((signal) =>
      askOverTcp(server, `${query}\r\n`, { signal, maxBytes: MOST_BYTES }),
    )
    return readWhois(decodeText(body), { asked: name, authoritative: true })
  })
