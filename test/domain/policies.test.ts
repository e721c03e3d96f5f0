import { describe, expect, it } from 'vitest'
import { EXTENSIONS } from '../../src/domain/name.ts'
import { POLICIES, policyFor } from '../../src/domain/policy/policies.ts'
import { REGISTRIES } from '../../src/domain/policy/policy.ts'

type Claimed = { source?: unknown; confidence?: unknown }

/** Every object that is a fact, or should be, with the path to it. */
function factsIn(value: unknown, path: string): [string, Claimed][] {
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return []
  const own: [string, Claimed][] = 'confidence' in value || 'source' in value ? [[path, value]] : []
  return [...own, ...Object.entries(value).flatMap(([key, v]) => factsIn(v, `${path}.${key}`))]
}

describe('the policies', () => {
  it('cover every extension under its own name, and every registry', () => {
    expect(Object.keys(POLICIES).sort()).toEqual([...EXTENSIONS].sort())
    for (const extension of EXTENSIONS) expect(policyFor(extension).extension).toBe(extension)
    expect(new Set(EXTENSIONS.map((e) => policyFor(e).registry))).toEqual(new Set(REGISTRIES))
  })

  it.each(EXTENSIONS)('give a source and a confidence for every figure of .%s', (extension) => {
    const facts = factsIn(POLICIES[extension], extension)
    expect(facts.length).toBeGreaterThan(15)
    for (const [path, fact] of facts) {
      expect(fact.source, path).toMatch(/\w{3}/)
      expect(['documented', 'community', 'inferred', 'unknown'], path).toContain(fact.confidence)
    }
  })

  it.each(EXTENSIONS)('limit every source that .%s is asked by', (extension) => {
    const { sources, limits, rdap, whois, das } = POLICIES[extension]
    for (const source of [...sources, 'dns' as const]) expect(limits[source], source).toBeDefined()
    expect(sources.includes('rdap')).toBe(rdap !== null)
    expect(sources.includes('das')).toBe(das !== null)
    expect(sources.includes('whois')).toBe(whois !== null)
    expect(new Set(sources).size).toBe(sources.length)
  })

  it('stay below the limits that the registries publish, over any span of a minute', () => {
    const inAMinute = (perSecond = 0, burst = 0) => perSecond * 60 + burst
    const { das: eu, whois: euWhois } = POLICIES.eu.limits
    const { das: be } = POLICIES.be.limits
    expect(inAMinute(eu?.value.perSecond, eu?.value.burst)).toBeLessThanOrEqual(120)
    expect(inAMinute(euWhois?.value.perSecond, euWhois?.value.burst)).toBeLessThanOrEqual(15.5)
    expect(inAMinute(be?.value.perSecond, be?.value.burst)).toBeLessThanOrEqual(50)
  })

  it('ask RDAP bases that end in one slash, over TLS', () => {
    for (const extension of EXTENSIONS)
      if (POLICIES[extension].rdap)
        expect(POLICIES[extension].rdap?.value).toMatch(/^https:.*[^/]\/$/)
  })
})
