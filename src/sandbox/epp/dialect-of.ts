import type { Registry } from '../../domain/policy/policy.ts'
import type { Dialect } from './dialect.ts'
import { afnic } from './dialects/afnic.ts'
import { dnsBelgium } from './dialects/dns-belgium.ts'
import { eurid } from './dialects/eurid.ts'
import { plain } from './dialects/plain.ts'
import { verisign } from './dialects/verisign.ts'

/** The dialect of each registry. `pir` is the plainest: a client that knows the RFCs alone can do everything there. */
const DIALECTS: Readonly<Record<Registry, Dialect>> = {
  verisign,
  pir: { ...plain, contacts: 'optional' },
  identityDigital: plain,
  godaddy: plain,
  afnic,
  eurid,
  dnsBelgium,
}

export const dialectOf = (registry: Registry): Dialect => DIALECTS[registry]
