import type { DomainName, Extension } from '../domain/name.ts'
import type { Policy, Registry } from '../domain/policy/policy.ts'
import type { EppStatus, RgpStatus } from '../domain/status.ts'

/** A registrar account; it works on every port. */
export type SandboxRegistrar = { id: string; name: string; ianaId: string; password: string }

/** A domain as the registry sees it at one moment. */
export type SandboxDomain = {
  name: DomainName
  extension: Extension
  roid: string
  sponsor: string
  createdBy: string
  createdAt: Date
  updatedBy: string | null
  updatedAt: Date | null
  expiresAt: Date
  transferredAt: Date | null
  /** Set by clients and the server, without `ok`, `inactive` and the pending ones, which follow from the rest. */
  statuses: readonly EppStatus[]
  /** Everything that applies now, `ok`, `inactive`, `pendingDelete` … included. */
  effectiveStatuses: readonly EppStatus[]
  rgp: readonly RgpStatus[]
  /** `quarantine` at .eu and .be. */
  stage: 'registered' | 'redemption' | 'pendingRestore' | 'pendingDelete' | 'quarantine'
  deletedAt: Date | null
  /** Release instant as the registry would publish it (.eu and .be only); the true one may be later. */
  availableAt: Date | null
  registrant: string | null
  contacts: readonly { type: 'admin' | 'tech' | 'billing' | 'onsite'; id: string }[]
  nameServers: readonly string[]
  authInfo: string | null
  transfer: SandboxTransfer | null
}

export type SandboxTransfer = {
  status: 'pending' | 'clientApproved' | 'clientCancelled' | 'clientRejected' | 'serverApproved'
  requestedBy: string
  requestedAt: Date
  actedBy: string
  actedAt: Date
  expiresAt: Date | null
}

export type SandboxContact = {
  id: string
  roid: string
  sponsor: string
  createdBy: string
  createdAt: Date
  updatedBy: string | null
  updatedAt: Date | null
  postal: readonly {
    type: 'int' | 'loc'
    name: string
    organisation: string | null
    street: readonly string[]
    city: string
    province: string | null
    postalCode: string | null
    country: string
  }[]
  voice: string | null
  fax: string | null
  email: string
  authInfo: string | null
}

export type SandboxHost = {
  name: string
  roid: string
  sponsor: string
  createdBy: string
  createdAt: Date
  updatedBy: string | null
  updatedAt: Date | null
  addresses: readonly { ip: 'v4' | 'v6'; address: string }[]
}

/** What the registry would say of a name now. */
export type Standing =
  | { kind: 'free' }
  | { kind: 'registered'; domain: SandboxDomain }
  | { kind: 'reserved'; as: 'reserved' | 'premium' | 'blocked' | 'notOpen'; reason: string }
  | { kind: 'dropzone' }
  | { kind: 'invalid'; reason: string }

/** A transform that was done, or the EPP result code (RFC 5730 section 3) and reason why it was not. */
export type Done<T> = { ok: true; value: T } | { ok: false; code: number; reason: string }

export type DomainCreate = {
  name: DomainName
  years: number
  registrant: string | null
  contacts: SandboxDomain['contacts']
  nameServers: readonly string[]
  authInfo: string | null
}

/**
 * The books of all the sandbox's registries: what the protocol servers ask and change. Every transform is durable when it
 * returns. `by` is the registrar's account id.
 */
export type Books = {
  now(): Date
  policyOf(extension: Extension): Policy
  login(id: string, password: string): SandboxRegistrar | null
  registrar(id: string): SandboxRegistrar | null
  standing(name: DomainName): Standing
  /** Every name in the zone now, with its name servers (delegated names only). */
  delegation(name: DomainName): readonly string[] | null

  createDomain(registry: Registry, by: string, create: DomainCreate): Done<SandboxDomain>
  deleteDomain(registry: Registry, by: string, name: DomainName): Done<{ pending: boolean }>
  renewDomain(
    registry: Registry,
    by: string,
    name: DomainName,
    currentExpiry: string,
    years: number,
  ): Done<SandboxDomain>
  updateDomain(
    registry: Registry,
    by: string,
    name: DomainName,
    change: DomainUpdate,
  ): Done<SandboxDomain>
  /** RGP restore request (RFC 3915); the report is taken at once, so it is done when this returns. */
  restoreDomain(
    registry: Registry,
    by: string,
    name: DomainName,
    op: 'request' | 'report',
  ): Done<SandboxDomain>
  transferDomain(
    registry: Registry,
    by: string,
    name: DomainName,
    op: 'request' | 'query' | 'approve' | 'reject' | 'cancel',
    authInfo: string | null,
    years: number | null,
  ): Done<SandboxTransfer>

  contact(registry: Registry, id: string): SandboxContact | null
  createContact(
    registry: Registry,
    by: string,
    contact: Omit<
      SandboxContact,
      'roid' | 'sponsor' | 'createdBy' | 'createdAt' | 'updatedBy' | 'updatedAt'
    >,
  ): Done<SandboxContact>
  updateContact(
    registry: Registry,
    by: string,
    id: string,
    change: Partial<Pick<SandboxContact, 'postal' | 'voice' | 'fax' | 'email' | 'authInfo'>>,
  ): Done<SandboxContact>
  host(registry: Registry, name: string): SandboxHost | null
  createHost(
    registry: Registry,
    by: string,
    name: string,
    addresses: SandboxHost['addresses'],
  ): Done<SandboxHost>
  updateHost(
    registry: Registry,
    by: string,
    name: string,
    change: {
      add: SandboxHost['addresses']
      remove: SandboxHost['addresses']
      newName: string | null
    },
  ): Done<SandboxHost>

  /** Oldest message of the registrar's queue, and how many there are. */
  poll(
    registry: Registry,
    by: string,
  ): { id: string; count: number; at: Date; text: string; name: DomainName | null } | null
  ack(registry: Registry, by: string, id: string): Done<{ left: number }>
}

export type DomainUpdate = {
  addStatuses: readonly EppStatus[]
  removeStatuses: readonly EppStatus[]
  addContacts: SandboxDomain['contacts']
  removeContacts: SandboxDomain['contacts']
  addNameServers: readonly string[]
  removeNameServers: readonly string[]
  registrant: string | null
  authInfo: string | null
}
