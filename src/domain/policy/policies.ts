import type { Extension } from '../name.ts'
import { fr } from './afnic.ts'
import { be } from './dns-belgium.ts'
import { eu } from './eurid.ts'
import { biz } from './godaddy.ts'
import { info } from './identity-digital.ts'
import { org } from './pir.ts'
import type { Policy } from './policy.ts'
import { com, net } from './verisign.ts'

/** What we believe of each extension that packs are made of. */
export const POLICIES: Readonly<Record<Extension, Policy>> = {
  com,
  net,
  org,
  info,
  biz,
  fr,
  eu,
  be,
}

export const policyFor = (extension: Extension): Policy => POLICIES[extension]
