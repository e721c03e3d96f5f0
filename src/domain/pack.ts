import type { Extension } from './name.ts'

/** A set of extensions sold under one label at one price a year. */
export type Pack = {
  /** Stable key in the API, such as `international`. */
  code: string
  title: string
  extensions: readonly Extension[]
  /** Price a year in euro cents, before tax. */
  priceCents: number
}

const INTERNATIONAL = ['com', 'net', 'org', 'info', 'biz'] as const
const FRANCOPHONE = ['fr', 'eu', 'be'] as const

/** The catalogue. A new pack needs a line here and no code. */
export const PACKS: readonly Pack[] = [
  { code: 'francophone', title: 'Alldom Francophone', extensions: FRANCOPHONE, priceCents: 2499 },
  {
    code: 'international',
    title: 'Alldom International',
    extensions: INTERNATIONAL,
    priceCents: 2499,
  },
  {
    code: 'international-france',
    title: 'Alldom International + France',
    extensions: [...INTERNATIONAL, ...FRANCOPHONE],
    priceCents: 3999,
  },
]

export const findPack = (code: string): Pack | null => PACKS.find((p) => p.code === code) ?? null
