import type { RgpStatus } from '../../domain/status.ts'
import { NS } from '../../epp/namespaces.ts'
import { child, el, type XmlNode } from '../../epp/xml.ts'
import type { SandboxDomain } from '../registry.ts'
import { done } from './answer.ts'
import { readDomainName } from './asked-name.ts'
import { type Dialect, printDate } from './dialect.ts'
import { registered } from './domain.ts'
import { refuse } from './refusal.ts'
import { secDnsInfData } from './secdns.ts'
import { expectSequence } from './shape.ts'
import type { Carry, Turn } from './turn.ts'
import { readAuthInfo, tokenOf } from './value.ts'

const HOSTS = ['all', 'del', 'sub', 'none']
/** RFC 5731 allows that many in its schema. */
const MOST_STATUSES = 11

/**
 * Tells of a domain (RFC 5731 section 3.1.2). Its sponsor, and whoever has the right authInfo, sees everything; others see
 * neither its contacts nor its authInfo.
 */
export const infoDomain: Carry = (turn) => {
  const { command, dialect } = turn
  expectSequence(command.object, 'name authInfo?')
  const asked = readDomainName(turn, tokenOf(command.object, 'name') ?? '')
  const { hosts = 'all' } = child(command.object, 'name', NS.domain)?.attributes ?? {}
  if (!HOSTS.includes(hosts)) refuse(2005, `The hosts of an info are one of ${HOSTS.join(', ')}.`)
  const authInfo = readAuthInfo(child(command.object, 'authInfo', NS.domain))
  const domain = registered(turn, asked)
  if (authInfo && authInfo !== domain.authInfo)
    refuse(2202, 'That is not the authInfo of the name.')
  const trusted = domain.sponsor === turn.by || Boolean(authInfo)
  const nameServers = hosts === 'all' || hosts === 'del' ? domain.nameServers : []
  return done(1000, infData(turn, asked.spelling, domain, nameServers, trusted), [
    turn.speaks(NS.rgp) ? rgpData('infData', domain.rgp) : null,
    secDnsInfData(turn, domain),
    ...dialect.told(turn, asked, domain),
  ])
}

function infData(
  { dialect }: Turn,
  spelling: string,
  domain: SandboxDomain,
  nameServers: readonly string[],
  trusted: boolean,
): XmlNode {
  const date = (name: string, at: Date | null) =>
    at && el(`domain:${name}`, {}, printDate(dialect, at))
  const contacts = domain.contacts.filter(({ type }) => type !== 'onsite')
  const { registrant, authInfo, updatedBy } = domain
  return el(
    'domain:infData',
    {},
    el('domain:name', {}, spelling),
    el('domain:roid', {}, domain.roid),
    ...domain.effectiveStatuses.slice(0, MOST_STATUSES).map((s) => el('domain:status', { s })),
    trusted && registrant ? el('domain:registrant', {}, registrant) : null,
    ...(trusted ? contacts.map(({ type, id }) => el('domain:contact', { type }, id)) : []),
    nameServers.length > 0 ? nsOf(dialect.hosts, nameServers) : null,
    el('domain:clID', {}, domain.sponsor),
    el('domain:crID', {}, domain.createdBy),
    date('crDate', domain.createdAt),
    updatedBy && el('domain:upID', {}, updatedBy),
    date('upDate', domain.updatedAt),
    date('exDate', domain.expiresAt),
    date('trDate', domain.transferredAt),
    trusted && authInfo ? el('domain:authInfo', {}, el('domain:pw', {}, authInfo)) : null,
  )
}

const nsOf = (hosts: Dialect['hosts'], names: readonly string[]): XmlNode =>
  el(
    'domain:ns',
    {},
    ...names.map((name) =>
      hosts === 'attributes'
        ? el('domain:hostAttr', {}, el('domain:hostName', {}, name))
        : el('domain:hostObj', {}, name),
    ),
  )

/** The RGP statuses of a name (RFC 3915 section 4.1.1 and 4.2.5); null when it has none. */
export const rgpData = (element: 'infData' | 'upData', statuses: readonly RgpStatus[]) =>
  statuses.length === 0
    ? null
    : el(
        `rgp:${element}`,
        {},
        ...statuses.map((status) =>
          el('rgp:rgpStatus', { s: status === 'rgpPendingDelete' ? 'pendingDelete' : status }),
        ),
      )
