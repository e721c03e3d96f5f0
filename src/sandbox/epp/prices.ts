import type { Extension } from '../../domain/name.ts'

/** What the sandbox's registries ask for a name and year, in euro cents: of the order of real wholesale prices. */
export const PRICE_CENTS: Readonly<Record<Extension, number>> = {
  com: 950,
  net: 1_020,
  org: 970,
  info: 1_090,
  biz: 1_180,
  fr: 456,
  eu: 400,
  be: 425,
}
