import type { EppPolicy } from '../../domain/policy/policy.ts'
import { afnic } from './afnic.ts'
import type { Dialect } from './dialect.ts'
import { dnsBelgium } from './dns-belgium.ts'
import { eurid } from './eurid.ts'
import { plain } from './plain.ts'
import { verisign } from './verisign.ts'

/** The dialects by the key that policies name them with. */
export const DIALECTS: Readonly<Record<EppPolicy['dialect'], Dialect>> = {
  plain,
  verisign,
  afnic,
  eurid,
  'dns-belgium': dnsBelgium,
}
