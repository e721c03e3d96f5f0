import { describe, expect, it } from 'vitest'
import { EXTENSIONS } from '../../src/domain/name.ts'
import { findPack, PACKS } from '../../src/domain/pack.ts'

describe('the packs', () => {
  it.each([
    ['francophone', 2499, ['fr', 'eu', 'be']],
    ['international', 2499, ['com', 'net', 'org', 'info', 'biz']],
    ['international-france', 3999, [...EXTENSIONS]],
  ])('%s costs %i cents for its extensions', (code, priceCents, extensions) => {
    expect(findPack(code)?.priceCents).toBe(priceCents)
    expect([...(findPack(code)?.extensions ?? [])].sort()).toEqual([...extensions].sort())
  })

  it('have codes of their own, and an unknown code finds none', () => {
    expect(new Set(PACKS.map(({ code }) => code)).size).toBe(PACKS.length)
    expect(findPack('worldwide')).toBeNull()
  })
})
