import { EPP_STATUSES, type EppStatus } from '../../domain/status.ts'
import { NS } from '../../epp/namespaces.ts'
import { child, children, el, type XmlElement } from '../../epp/xml.ts'
import type { DomainUpdate } from '../registry.ts'
import { done } from './answer.ts'
import { type AskedName, readDomainName } from './asked-name.ts'
import { extensionOf } from './call.ts'
import { readContacts, readNameServers, readRegistrant, registered } from './domain.ts'
import { rgpData } from './domain-info.ts'
import { Refusal, refuse } from './refusal.ts'
import { readSecDnsUpdate } from './secdns.ts'
import { expectSequence } from './shape.ts'
import { type Carry, settled, type Turn } from './turn.ts'
import { readAuthInfo, tokenOf } from './value.ts'

/**
 * Changes a name (RFC 5731 section 3.2.5). With the RGP extension it is a restore instead (RFC 3915 section 4.2.5), and
 * changes nothing else.
 */
export const updateDomain: Carry = (turn) => {
  const { books, registry, by, command, dialect } = turn
  const { object } = command
  expectSequence(object, 'name add? rem? chg?')
  const asked = readDomainName(turn, tokenOf(object, 'name') ?? '')
  const restore = extensionOf(turn, NS.rgp)
  if (restore) return restoreDomain(turn, asked, restore)
  const signers = readSecDnsUpdate(turn)
  const update = readUpdate(turn)
  if (isEmpty(update) && signers === null && command.extensions.length === 0)
    refuse(2003, 'An update has at least one of add, rem and chg.')
  const domain = isEmpty(update)
    ? ownDomain(turn, asked)
    : settled(books.updateDomain(registry, by, asked.name, update))
  if (signers) turn.delegations.change(domain.roid, signers.removed, signers.added)
  return done(1000, null, [dialect.stamp(turn, asked)])
}

function restoreDomain(turn: Turn, asked: AskedName, update: XmlElement) {
  const { books, registry, by, command, dialect } = turn
  expectSequence(update, 'restore')
  const restore = child(update, 'restore', NS.rgp)
  const op = restore?.attributes.op
  if (op === undefined) refuse(2003, 'The attribute op of restore is missing.')
  if (op !== 'request' && op !== 'report') refuse(2005, 'The op of a restore is request or report.')
  const report = child(restore, 'report', NS.rgp)
  if (op === 'report' && !report) refuse(2003, 'The element report is missing in restore.')
  if (report) expectSequence(report, 'preData postData delTime resTime resReason statement+ other?')
  if (command.object.children.some(({ children }) => children.length > 0))
    refuse(2306, 'A restore changes nothing else of the name.')
  const { rgp } = settled(books.restoreDomain(registry, by, asked.name, op))
  return done(1000, null, [
    turn.speaks(NS.rgp) ? rgpData('upData', rgp) : null,
    dialect.stamp(turn, asked),
  ])
}

function readUpdate(turn: Turn): DomainUpdate {
  const { object } = turn.command
  const part = (name: 'add' | 'rem') => {
    const element = child(object, name, NS.domain)
    if (element) expectSequence(element, 'ns? contact* status*')
    return {
      // The standard part may be absent where an extension names an onsite contact.
      contacts: readContacts(turn, element, name),
      nameServers: readNameServers(turn, child(element, 'ns', NS.domain)),
      statuses: children(element, 'status', NS.domain).map(readStatus),
    }
  }
  const add = part('add')
  const rem = part('rem')
  const chg = child(object, 'chg', NS.domain)
  if (chg) expectSequence(chg, 'registrant? authInfo?')
  if (tokenOf(chg, 'registrant') === '')
    refuse(2306, 'A registrant can be replaced, not taken away.')
  return {
    addStatuses: add.statuses,
    removeStatuses: rem.statuses,
    addContacts: add.contacts,
    removeContacts: rem.contacts,
    addNameServers: add.nameServers,
    removeNameServers: rem.nameServers,
    registrant: readRegistrant(turn, chg),
    authInfo: readNewAuthInfo(child(chg, 'authInfo', NS.domain)),
  }
}

/** Empty for `domain:null`, which takes the authInfo away, null for no change. */
function readNewAuthInfo(authInfo: XmlElement | null): string | null {
  return child(authInfo, 'null', NS.domain) ? '' : readAuthInfo(authInfo)
}

/** @throws Refusal 2005 for an unknown status, 2306 for one that is not the client's to set. */
function readStatus({ attributes }: XmlElement): EppStatus {
  const status = EPP_STATUSES.find((known) => known === attributes.s)
  if (!status) throw new Refusal(2005, 'There is no such status.')
  if (!status.startsWith('client'))
    throw new Refusal(
      2306,
      'Only the registry sets that status.',
      el('domain:status', { s: status }),
    )
  return status
}

const isEmpty = (update: DomainUpdate): boolean =>
  Object.values(update).every((value) => value === null || (value !== '' && value.length === 0))

/** For a change of DS records alone, which the books know nothing of. @throws Refusal 2303, 2201, 2304. */
function ownDomain(turn: Turn, asked: AskedName) {
  const domain = registered(turn, asked)
  if (domain.sponsor !== turn.by) refuse(2201, 'The name is sponsored by another registrar.')
  if (domain.effectiveStatuses.some((status) => /UpdateProhibited$|^pendingDelete$/.test(status)))
    refuse(2304, 'The status of the name prohibits an update.')
  return domain
}
