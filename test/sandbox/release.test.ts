import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWorld } from '../../src/sandbox/read-world.ts'
import { type Leaving, releaseOf } from '../../src/sandbox/release.ts'
import { localTime, nextLocalTime } from '../../src/sandbox/zone.ts'

const { extensions } = readWorld()
const leaving = (changes: Partial<Leaving> = {}): Leaving => ({
  name: 'old.com',
  roid: '200000007_DOMAIN_COM-VRSN',
  createdAt: new Date('2015-05-05T05:05:05Z'),
  deletedAt: new Date('2027-06-01T12:00:00Z'),
  updatedAt: new Date('2027-07-01T12:00:00Z'),
  endsAt: new Date('2027-07-06T12:00:00Z'),
  lateMs: 0,
  ...changes,
})
const released = (extension: keyof typeof extensions, changes: Partial<Leaving> = {}, seed = 1) =>
  releaseOf(extensions[extension].release, leaving(changes), seed)

describe('the release of a .com name', () => {
  it('has its place in the hour by the time of day of the last update', () => {
    const noon = released('com').releaseAt
    const midnight = released('com', { updatedAt: new Date('2027-07-01T00:00:00Z') }).releaseAt
    expect(midnight.toISOString().slice(0, 19)).toBe('2027-07-06T18:00:00')
    expect(noon.getTime() - midnight.getTime()).toBe(33 * 60_000)
  })

  it('follows the clock of New York', () => {
    const winter = released('com', { endsAt: new Date('2027-01-06T12:00:00Z') }).releaseAt
    expect(winter.toISOString().slice(0, 13)).toBe('2027-01-06T19')
  })

  it('breaks ties by the number of the ROID', () => {
    const [first, second] = ['200000001_X-VRSN', '200000999_X-VRSN'].map((roid) =>
      released('com', { roid }).releaseAt.getTime(),
    )
    expect(first).toBeLessThanOrEqual(second!)
  })
})

describe('any release', () => {
  it('is the same for the same seed and registration, and no earlier than what is published', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('com', 'org', 'info', 'biz', 'fr', 'eu', 'be'),
        fc.integer(),
        fc.date({ min: new Date('2026-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
        (extension, seed, endsAt) => {
          const changes = { endsAt, deletedAt: endsAt, lateMs: null }
          const once = released(extension, changes, seed)
          expect(released(extension, changes, seed)).toEqual(once)
          if (once.availableAt)
            expect(once.releaseAt.getTime()).toBeGreaterThanOrEqual(once.availableAt.getTime())
        },
      ),
    )
  })

  it('of .be names is spread over full hours', () => {
    const published = Array.from({ length: 50 }, (_, seed) => released('be', {}, seed).availableAt!)
    expect(published.every((at) => at.getTime() % 3_600_000 === 0)).toBe(true)
    expect(new Set(published.map((at) => at.getTime())).size).toBeGreaterThan(10)
  })

  it('of older .fr names comes first', () => {
    const [old, young] = ['1999-01-01', '2024-01-01'].map(
      (day) => released('fr', { createdAt: new Date(day) }).releaseAt,
    )
    expect(old!.getTime()).toBeLessThan(young!.getTime())
  })
})

describe('a local time', () => {
  it('is that of the zone on that day, in winter and in summer', () => {
    const paris = (day: string) => localTime(new Date(day), 'Europe/Paris', '03:40').toISOString()
    expect(paris('2027-01-10T12:00:00Z')).toBe('2027-01-10T02:40:00.000Z')
    expect(paris('2027-07-10T12:00:00Z')).toBe('2027-07-10T01:40:00.000Z')
  })

  it('belongs to the day that it is there', () => {
    const at = localTime(new Date('2027-01-11T03:00:00Z'), 'America/New_York', '14:00')
    expect(at.toISOString()).toBe('2027-01-10T19:00:00.000Z')
  })

  it('is tomorrow’s once today’s has passed', () => {
    const at = nextLocalTime(new Date('2027-01-10T02:40:00.001Z'), 'Europe/Paris', '03:40')
    expect(at.toISOString()).toBe('2027-01-11T02:40:00.000Z')
  })
})
