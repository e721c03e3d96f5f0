import type { DomainName, Extension } from '../../src/domain/name.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import type { NameRow } from '../../src/store/names.ts'

/** When the tests' names are looked at. */
export const AT = new Date('2030-03-01T12:00:00Z')
export const DAY_MS = 86_400_000

export const daysFrom = (days: number, from = AT): Date => new Date(from.getTime() + days * DAY_MS)

/** A watched name that was looked at an hour before `AT` and found registered, with whatever differs. */
export function nameRow(change: Partial<NameRow> = {}): NameRow {
  const name = change.name ?? ('old.com' as DomainName)
  const extension = name.slice(name.lastIndexOf('.') + 1) as Extension
  return {
    name,
    unicode: name,
    extension,
    registry: policyFor(extension).registry,
    state: 'held',
    phase: 'active',
    phaseSince: daysFrom(-100),
    registrationKey: 'OLD-1',
    statuses: ['clientTransferProhibited'],
    sponsor: 'Losing Registrar',
    sponsorIanaId: '9999',
    createdAt: new Date('2020-05-04T10:00:00Z'),
    updatedAt: daysFrom(-300),
    expiresAt: new Date('2030-05-04T10:00:00Z'),
    deletedAt: null,
    releaseAt: null,
    delegated: null,
    reason: 'RDAP shows the name registered, phase active.',
    forecast: null,
    openWatches: 1,
    registering: null,
    registeringSince: null,
    nextLookAt: AT,
    nextLookBecause: 'promise',
    nextGlanceAt: null,
    claimedUntil: null,
    lastLookAt: new Date(AT.getTime() - 3_600_000),
    lastGlanceAt: null,
    silentLooks: 0,
    version: 0,
    ...change,
  }
}
