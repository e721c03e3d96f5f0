import type { DomainName } from '../../src/domain/name.ts'
import { extensionOf } from '../../src/domain/name.ts'
import { policyFor } from '../../src/domain/policy/policies.ts'
import type { EppStatus, RgpStatus } from '../../src/domain/status.ts'
import type { PublicBooks } from '../../src/sandbox/asked.ts'
import type { SandboxDomain, Standing } from '../../src/sandbox/registry.ts'

/** Books with whatever a test writes into them; everything else is free. */
export type TestBooks = PublicBooks & { put(name: string, standing: Standing): void }

export const NOW = new Date('2026-03-01T12:00:00Z')

export function testBooks(): TestBooks {
  const pages = new Map<string, Standing>()
  return {
    now: () => NOW,
    policyOf: policyFor,
    registrar: (id) => ({ id, name: `Registrar ${id}`, ianaId: '9999', password: '' }),
    standing: (name) => pages.get(name) ?? { kind: 'free' },
    delegation(name) {
      const page = pages.get(name)
      const domain = page?.kind === 'registered' ? page.domain : null
      return domain?.stage === 'registered' ? domain.nameServers : null
    },
    put: (name, standing) => pages.set(name, standing),
  }
}

const RGP: Readonly<Record<SandboxDomain['stage'], readonly RgpStatus[]>> = {
  registered: [],
  redemption: ['redemptionPeriod'],
  pendingRestore: ['pendingRestore'],
  pendingDelete: ['rgpPendingDelete'],
  quarantine: [],
}

/** A registration in a stage of its life, deleted forty days before its release where it is in quarantine. */
export function heldName(
  text: string,
  stage: SandboxDomain['stage'] = 'registered',
  change: Partial<SandboxDomain> = {},
): Standing {
  const name = text as DomainName
  const gone = stage !== 'registered'
  const ending: EppStatus[] = ['redemption', 'pendingRestore', 'pendingDelete'].includes(stage)
    ? ['pendingDelete', 'inactive']
    : ['clientTransferProhibited']
  const domain: SandboxDomain = {
    name,
    extension: extensionOf(name) ?? 'com',
    roid: 'D1-TEST',
    sponsor: 'rival',
    createdBy: 'rival',
    createdAt: new Date('2019-05-04T10:00:00Z'),
    updatedBy: null,
    updatedAt: new Date('2026-02-01T10:00:00Z'),
    expiresAt: new Date('2026-05-04T10:00:00Z'),
    transferredAt: null,
    statuses: [],
    effectiveStatuses: ending,
    rgp: RGP[stage],
    stage,
    deletedAt: gone ? new Date('2026-02-01T10:00:00Z') : null,
    availableAt: stage === 'quarantine' ? new Date('2026-03-13T16:00:00Z') : null,
    registrant: null,
    contacts: [],
    nameServers: ['ns1.rival.example', 'ns2.rival.example'],
    authInfo: null,
    transfer: null,
    ...change,
  }
  return { kind: 'registered', domain }
}
