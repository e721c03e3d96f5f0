import {
  type Command,
  type Extensions,
  objectCommand,
  type TransferOp,
  transferCommand,
} from './command.ts'
import { el, type XmlNode } from './xml.ts'

/** Name servers as a registry takes them (RFC 5731 section 1.1): host objects, or attributes of the domain. */
export type NameServers = { as: 'objects' | 'attributes'; hosts: readonly string[] }

export type DomainContact = { type: 'admin' | 'billing' | 'tech'; id: string }

export type DomainCreate = {
  name: string
  years: number | null
  nameServers: NameServers
  registrant: string | null
  contacts: readonly DomainContact[]
  /** Empty where the registry wants an empty element. */
  authInfo: string
}

export type DomainChange = {
  nameServers?: NameServers
  contacts?: readonly DomainContact[]
  statuses?: readonly string[]
}

/** RFC 5731 section 3.1.1. */
export const checkDomains = (names: readonly string[], extensions?: Extensions): Command =>
  objectCommand('check', el('domain:check', {}, ...names.map(nameOf)), extensions)

/** RFC 5731 section 3.1.2. */
export const infoDomain = (name: string, authInfo: string | null = null, extensions?: Extensions) =>
  objectCommand(
    'info',
    el(
      'domain:info',
      {},
      el('domain:name', { hosts: 'all' }, name),
      authInfo === null ? null : authInfoOf(authInfo),
    ),
    extensions,
  )

/** RFC 5731 section 3.2.1. */
export const createDomain = (create: DomainCreate, extensions?: Extensions): Command =>
  objectCommand(
    'create',
    el(
      'domain:create',
      {},
      nameOf(create.name),
      periodOf(create.years),
      nameServersOf(create.nameServers),
      create.registrant === null ? null : el('domain:registrant', {}, create.registrant),
      ...create.contacts.map(contactOf),
      authInfoOf(create.authInfo),
    ),
    extensions,
  )

/** RFC 5731 section 3.2.2. */
export const deleteDomain = (name: string, extensions?: Extensions): Command =>
  objectCommand('delete', el('domain:delete', {}, nameOf(name)), extensions)

/**
 * RFC 5731 section 3.2.3.
 * @param currentExpiry the date, without time, that the registry shows now; it makes a repeated renew harmless.
 */
export const renewDomain = (
  name: string,
  currentExpiry: string,
  years: number,
  extensions?: Extensions,
): Command =>
  objectCommand(
    'renew',
    el(
      'domain:renew',
      {},
      nameOf(name),
      el('domain:curExpDate', {}, currentExpiry),
      periodOf(years),
    ),
    extensions,
  )

/** RFC 5731 section 3.2.4. */
export const transferDomain = (
  op: TransferOp,
  name: string,
  { years = null, authInfo = null }: { years?: number | null; authInfo?: string | null } = {},
  extensions?: Extensions,
): Command =>
  transferCommand(
    op,
    el(
      'domain:transfer',
      {},
      nameOf(name),
      periodOf(years),
      authInfo === null ? null : authInfoOf(authInfo),
    ),
    extensions,
  )

/** RFC 5731 section 3.2.5. `authInfo` null in `change` takes the authorization information away. */
export const updateDomain = (
  name: string,
  change: {
    add?: DomainChange
    remove?: DomainChange
    registrant?: string
    authInfo?: string | null
  },
  extensions?: Extensions,
): Command => {
  const authInfo =
    change.authInfo === null
      ? el('domain:authInfo', {}, el('domain:null'))
      : change.authInfo === undefined
        ? null
        : authInfoOf(change.authInfo)
  const registrant =
    change.registrant === undefined ? null : el('domain:registrant', {}, change.registrant)
  return objectCommand(
    'update',
    el(
      'domain:update',
      {},
      nameOf(name),
      changeOf('domain:add', change.add),
      changeOf('domain:rem', change.remove),
      registrant === null && authInfo === null ? null : el('domain:chg', {}, registrant, authInfo),
    ),
    extensions,
  )
}

/** The extension that makes an update a restore request (RFC 3915 section 4.2.5). */
export const restoreRequest = (): XmlNode =>
  el('rgp:update', {}, el('rgp:restore', { op: 'request' }))

const nameOf = (name: string): XmlNode => el('domain:name', {}, name)
const periodOf = (years: number | null): XmlNode | null =>
  years === null ? null : el('domain:period', { unit: 'y' }, String(years))
const authInfoOf = (secret: string): XmlNode =>
  el('domain:authInfo', {}, secret === '' ? el('domain:pw') : el('domain:pw', {}, secret))
const contactOf = ({ type, id }: DomainContact): XmlNode => el('domain:contact', { type }, id)

function nameServersOf({ as, hosts }: NameServers): XmlNode | null {
  if (hosts.length === 0) return null
  const host = (name: string) =>
    as === 'objects'
      ? el('domain:hostObj', {}, name)
      : el('domain:hostAttr', {}, el('domain:hostName', {}, name))
  return el('domain:ns', {}, ...hosts.map(host))
}

function changeOf(name: string, change: DomainChange | undefined): XmlNode | null {
  if (!change) return null
  const node = el(
    name,
    {},
    change.nameServers ? nameServersOf(change.nameServers) : null,
    ...(change.contacts ?? []).map(contactOf),
    ...(change.statuses ?? []).map((s) => el('domain:status', { s })),
  )
  return node.children.length === 0 ? null : node
}
