import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EXTENSIONS, type Extension } from '../../src/domain/name.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import { held, name, openBooks, order, stage } from '../support/books.ts'

const DAY = 86_400_000
/** Held by a registrar of the world that will delete it at 10:00:00 on 11 January 2027. */
const deletedAtTen = (more: Record<string, unknown> = {}) => ({
  heldBy: 'quayside',
  years: 5,
  expiresAfter: '200d',
  acts: [{ after: '1h', does: 'delete' }],
  ...more,
})

describe('a .com name', () => {
  it('goes through redemption and pendingDelete and is free in the hour from 14:00 in New York', async () => {
    const { at } = await openBooks({ fates: { 'old.com': deletedAtTen() } })
    expect(stage(at('2027-01-11T09:59:59.999Z'), 'old.com')).toBe('registered')
    expect(stage(at('2027-01-11T10:00:00.000Z'), 'old.com')).toBe('redemption')
    expect(stage(at('2027-02-10T09:59:59.999Z'), 'old.com')).toBe('redemption')
    expect(stage(at('2027-02-10T10:00:00.000Z'), 'old.com')).toBe('pendingDelete')
    expect(stage(at('2027-02-15T18:59:59.999Z'), 'old.com')).toBe('pendingDelete')
    expect(stage(at('2027-02-15T20:30:00.000Z'), 'old.com')).toBe('free')
  })

  it('shows the statuses of RFC 5731 and RFC 3915 in each stage', async () => {
    const { at } = await openBooks({ fates: { 'old.com': deletedAtTen() } })
    const shown = (instant: string) => {
      const { effectiveStatuses, rgp } = held(at(instant), 'old.com')
      return [...effectiveStatuses, ...rgp]
    }
    expect(shown('2027-01-11T09:30:00Z')).toEqual(['ok'])
    expect(shown('2027-01-12T00:00:00Z')).toEqual(['pendingDelete', 'redemptionPeriod'])
    expect(shown('2027-02-12T00:00:00Z')).toEqual(['pendingDelete', 'rgpPendingDelete'])
  })

  it('is marked as changed by the registry when it can no longer be restored', async () => {
    const { at } = await openBooks({ fates: { 'old.com': deletedAtTen() } })
    const updated = (instant: string) => held(at(instant), 'old.com').updatedAt?.toISOString()
    expect(updated('2027-02-01T00:00:00Z')).toBe('2027-01-11T10:00:00.000Z')
    expect(updated('2027-02-12T00:00:00Z')).toBe('2027-02-10T10:00:00.000Z')
  })

  it('gets a year at expiry, and loses it again when it is deleted within 45 days', async () => {
    const { at } = await openBooks({
      fates: {
        'lapsed.com': deletedAtTen({
          expiresAfter: '1h',
          acts: [{ after: '30d', does: 'delete' }],
        }),
      },
    })
    expect(held(at('2027-01-11T09:59:00Z'), 'lapsed.com').expiresAt.toISOString()).toBe(
      '2027-01-11T10:00:00.000Z',
    )
    const lapsed = held(at('2027-01-11T10:00:00Z'), 'lapsed.com')
    expect(lapsed.expiresAt.toISOString()).toBe('2028-01-11T10:00:00.000Z')
    expect(lapsed.rgp).toEqual(['autoRenewPeriod'])
    const deleted = held(at('2027-02-10T09:00:00Z'), 'lapsed.com')
    expect(deleted.stage).toBe('redemption')
    expect(deleted.expiresAt.toISOString()).toBe('2027-01-11T10:00:00.000Z')
  })

  it('is out of the zone from the delete on', async () => {
    const { at } = await openBooks({ fates: { 'old.com': deletedAtTen() } })
    expect(at('2027-01-11T09:30:00Z').delegation(name('old.com'))).toHaveLength(2)
    expect(at('2027-01-11T10:00:00Z').delegation(name('old.com'))).toBeNull()
  })

  it('is free at once when it is deleted in its add period', async () => {
    const { engine, at } = await openBooks()
    expect(engine.createDomain('verisign', 'quayside', order('brief.com')).ok).toBe(true)
    at('2027-01-16T08:59:59Z')
    expect(engine.deleteDomain('verisign', 'quayside', name('brief.com'))).toEqual({
      ok: true,
      value: { pending: false },
    })
    expect(stage(engine, 'brief.com')).toBe('free')
  })
})

describe('a .org name', () => {
  it('passes through the Dropzone, where nobody can register it by an ordinary create', async () => {
    const { engine, at } = await openBooks({
      extensions: { org: { lifeCycle: { dropzone: { hours: 24, taken: 0 } } } },
      fates: { 'old.org': deletedAtTen({ late: '0s' }) },
    })
    expect(stage(at('2027-02-15T14:00:00Z'), 'old.org')).toBe('pendingDelete')
    expect(stage(at('2027-02-15T16:00:00Z'), 'old.org')).toBe('dropzone')
    expect(engine.createDomain('pir', 'vigie', order('old.org'))).toEqual({
      ok: false,
      code: 2308,
      reason: 'Name held in the dropzone',
    })
    expect(stage(at('2027-02-16T16:00:00Z'), 'old.org')).toBe('free')
  })

  it('may be taken in the Dropzone, and is then registered without ever having been free', async () => {
    const { at } = await openBooks({
      extensions: { org: { lifeCycle: { dropzone: { hours: 24, taken: 1 } } } },
      fates: { 'old.org': deletedAtTen({ late: '0s' }) },
    })
    const taken = held(at('2027-02-16T16:00:00Z'), 'old.org')
    expect(taken.sponsor).not.toBe('quayside')
    expect(taken.createdAt.getTime()).toBeGreaterThan(Date.parse('2027-02-15T14:00:00Z'))
  })
})

describe('a .fr name', () => {
  it('stays restorable for thirty days and until the batch of the night after', async () => {
    const { engine, at } = await openBooks({ fates: { 'old.fr': deletedAtTen({ late: '0s' }) } })
    expect(stage(at('2027-02-10T10:00:00Z'), 'old.fr')).toBe('redemption')
    expect(stage(at('2027-02-11T02:39:59Z'), 'old.fr')).toBe('redemption')
    expect(stage(at('2027-02-11T03:10:00Z'), 'old.fr')).toBe('free')
    expect(engine.restoreDomain('afnic', 'quayside', name('old.fr'), 'request')).toMatchObject({
      code: 2303,
    })
  })

  it('is registered again once it is restored', async () => {
    const acts = [
      { after: '1h', does: 'delete' },
      { after: '30d', does: 'restore' },
    ]
    const { at } = await openBooks({ fates: { 'dear.fr': deletedAtTen({ acts }) } })
    expect(stage(at('2027-02-10T08:59:59Z'), 'dear.fr')).toBe('redemption')
    expect(held(at('2027-02-10T09:00:00Z'), 'dear.fr')).toMatchObject({
      stage: 'registered',
      deletedAt: null,
      effectiveStatuses: ['ok'],
    })
    expect(stage(at('2027-06-10T09:00:00Z'), 'dear.fr')).toBe('registered')
  })
})

describe('a .eu name', () => {
  it('goes into quarantine at the end of its term and is released forty days later, to the millisecond or late', async () => {
    const { at } = await openBooks({
      fates: { 'old.eu': deletedAtTen({ expiresAfter: '10d', acts: [], holder: 'by-chance' }) },
      extensions: { eu: { holders: { renewRate: 0, restoreRate: 0 } } },
    })
    expect(stage(at('2027-01-21T08:59:59.999Z'), 'old.eu')).toBe('registered')
    const leaving = held(at('2027-01-21T09:00:00.000Z'), 'old.eu')
    expect(leaving.stage).toBe('quarantine')
    expect(leaving.availableAt?.toISOString()).toBe('2027-03-02T09:00:00.000Z')
    expect(stage(at('2027-03-02T08:59:59.999Z'), 'old.eu')).toBe('quarantine')
    expect(stage(at('2027-03-02T09:15:00.000Z'), 'old.eu')).toBe('free')
  })
})

describe('a .be name', () => {
  it('is released on a full hour after forty days of quarantine', async () => {
    const { at } = await openBooks({ fates: { 'old.be': deletedAtTen({ late: '3s' }) } })
    const { availableAt } = held(at('2027-01-11T10:00:00Z'), 'old.be')
    expect(availableAt?.getTime()).toBeGreaterThanOrEqual(Date.parse('2027-02-20T10:00:00Z'))
    expect(availableAt?.toISOString()).toMatch(/:00:00\.000Z$/)
    const publishedMs = availableAt!.getTime()
    expect(stage(at(new Date(publishedMs + 2_999).toISOString()), 'old.be')).toBe('quarantine')
    expect(stage(at(new Date(publishedMs + 3_000).toISOString()), 'old.be')).toBe('free')
  })

  it('can be reactivated from quarantine by its registrar', async () => {
    const { engine, at } = await openBooks({ fates: { 'dear.be': deletedAtTen() } })
    at('2027-02-01T00:00:00Z')
    expect(engine.restoreDomain('dnsBelgium', 'vigie', name('dear.be'), 'request')).toMatchObject({
      ok: false,
      code: 2201,
    })
    expect(
      engine.restoreDomain('dnsBelgium', 'quayside', name('dear.be'), 'request'),
    ).toMatchObject({ ok: true, value: { stage: 'registered' } })
  })
})

describe('any name', () => {
  const untaken = { dropzone: { hours: 24, taken: 0 } }
  const ORDER = [
    'registered',
    'redemption',
    'quarantine',
    'pendingRestore',
    'pendingDelete',
    'dropzone',
    'free',
  ]

  it('moves through its stages in one direction, whatever the registry, the seed and the hour of its delete', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<Extension>(...EXTENSIONS),
        fc.integer(),
        fc.nat(365 * DAY),
        fc.array(fc.nat(120 * DAY), { minLength: 2, maxLength: 30 }),
        async (extension, seed, offsetMs, looksMs) => {
          const { engine, at } = await openBooks({
            seed,
            extensions: { org: { lifeCycle: untaken }, info: { lifeCycle: untaken } },
            names: { active: [`old.${extension}`] },
            startAt: new Date(Date.parse('2027-01-01T00:00:00Z') + offsetMs).toISOString(),
          })
          const { registry } = policyFor(extension)
          const { sponsor } = held(engine, `old.${extension}`)
          expect(engine.deleteDomain(registry, sponsor, name(`old.${extension}`)).ok).toBe(true)
          const from = engine.now().getTime()
          const later = (ms: number) => at(new Date(from + ms).toISOString())
          const seen = looksMs
            .sort((a, b) => a - b)
            .map((ms) => ORDER.indexOf(stage(later(ms), `old.${extension}`)))
          expect(seen).toEqual([...seen].sort((a, b) => a - b))
          expect(seen).not.toContain(-1)
          expect(stage(later(120 * DAY), `old.${extension}`)).toBe('free')
        },
      ),
      { numRuns: 60 },
    )
  })
})
