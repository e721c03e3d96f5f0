import { NS } from '../../epp/namespaces.ts'
import { child, children, el, type XmlElement } from '../../epp/xml.ts'
import type { SandboxHost } from '../registry.ts'
import { done } from './answer.ts'
import { printDate } from './dialect.ts'
import { readHostName } from './domain.ts'
import { Refusal, refuse } from './refusal.ts'
import { expectSequence } from './shape.ts'
import { type Carry, settled, type Turn } from './turn.ts'
import { fitting, readAddress, token, tokenOf } from './value.ts'

/** @throws Refusal 2307 where name servers are attributes of the domain. */
function demandHosts({ dialect }: Turn): void {
  if (dialect.hosts === 'attributes') refuse(2307, 'Name servers are attributes here, not objects.')
}

const readName = (element: XmlElement): string =>
  readHostName(fitting(token(element), 'name', 1, 255))

const nameOf = ({ command }: Turn): string =>
  readHostName(fitting(tokenOf(command.object, 'name') ?? '', 'name', 1, 255))

/** RFC 5732 section 3.1.1. */
export const checkHosts: Carry = (turn) => {
  demandHosts(turn)
  const { books, registry, command } = turn
  expectSequence(command.object, 'name+')
  const verdicts = children(command.object, 'name', NS.host).map((element) => {
    const name = readName(element)
    const taken = books.host(registry, name) !== null
    return el(
      'host:cd',
      {},
      el('host:name', { avail: taken ? 0 : 1 }, name),
      taken ? el('host:reason', { lang: 'en' }, 'In use') : null,
    )
  })
  return done(1000, el('host:chkData', {}, ...verdicts))
}

/** RFC 5732 section 3.1.2. */
export const infoHost: Carry = (turn) => {
  demandHosts(turn)
  expectSequence(turn.command.object, 'name')
  const host = known(turn)
  const date = (name: string, at: Date | null) =>
    at && el(`host:${name}`, {}, printDate(turn.dialect, at))
  return done(
    1000,
    el(
      'host:infData',
      {},
      el('host:name', {}, host.name),
      el('host:roid', {}, host.roid),
      el('host:status', { s: 'ok' }),
      ...host.addresses.map(({ ip, address }) => el('host:addr', { ip }, address)),
      el('host:clID', {}, host.sponsor),
      el('host:crID', {}, host.createdBy),
      date('crDate', host.createdAt),
      host.updatedBy && el('host:upID', {}, host.updatedBy),
      date('upDate', host.updatedAt),
    ),
  )
}

/** RFC 5732 section 3.2.1. */
export const createHost: Carry = (turn) => {
  demandHosts(turn)
  const { books, registry, by, command, dialect } = turn
  expectSequence(command.object, 'name addr*')
  const name = nameOf(turn)
  const addresses = children(command.object, 'addr', NS.host).map(readAddress)
  const host = settled(books.createHost(registry, by, name, addresses))
  const crDate = el('host:crDate', {}, printDate(dialect, host.createdAt))
  return done(1000, el('host:creData', {}, el('host:name', {}, host.name), crDate))
}

/** RFC 5732 section 3.2.5. */
export const updateHost: Carry = (turn) => {
  demandHosts(turn)
  const { books, registry, by, command } = turn
  const { object } = command
  expectSequence(object, 'name add? rem? chg?')
  const add = readAddresses(child(object, 'add', NS.host))
  const remove = readAddresses(child(object, 'rem', NS.host))
  const chg = child(object, 'chg', NS.host)
  if (chg) expectSequence(chg, 'name')
  const newName = chg ? readHostName(tokenOf(chg, 'name') ?? '') : null
  if (add.length + remove.length === 0 && newName === null && command.extensions.length === 0)
    refuse(2003, 'An update has at least one of add, rem and chg.')
  const host = known(turn)
  settled(books.updateHost(registry, by, host.name, { add, remove, newName }))
  return done(1000)
}

function readAddresses(part: XmlElement | null): SandboxHost['addresses'] {
  if (!part) return []
  expectSequence(part, 'addr* status*')
  if (child(part, 'status', NS.host)) refuse(2102, 'Statuses of hosts are not kept.')
  return children(part, 'addr', NS.host).map(readAddress)
}

function known(turn: Turn): SandboxHost {
  const name = nameOf(turn)
  const host = turn.books.host(turn.registry, name)
  if (!host) throw new Refusal(2303, 'The registry has no such host.', el('host:name', {}, name))
  return host
}
