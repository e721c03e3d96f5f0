import { NS } from '../../epp/namespaces.ts'
import { child, el } from '../../epp/xml.ts'
import { done } from './answer.ts'
import { readDomainName } from './asked-name.ts'
import { printDate } from './dialect.ts'
import { readPolicyYears } from './domain-create.ts'
import { refuse } from './refusal.ts'
import { expectSequence } from './shape.ts'
import { type Carry, settled } from './turn.ts'
import { readAuthInfo, readYears, tokenOf } from './value.ts'

/** Deletes a name (RFC 5731 section 3.2.2): 1000 when it is gone at once, 1001 when stages are ahead of it. */
export const deleteDomain: Carry = (turn) => {
  const { books, registry, by, command, dialect } = turn
  expectSequence(command.object, 'name')
  const asked = readDomainName(turn, tokenOf(command.object, 'name') ?? '')
  const { pending } = settled(books.deleteDomain(registry, by, asked.name))
  return done(pending ? 1001 : 1000, null, [dialect.stamp(turn, asked)])
}

/** Renews a name (RFC 5731 section 3.2.3). The date in it makes a repeated renew harmless. */
export const renewDomain: Carry = (turn) => {
  const { books, registry, by, command, dialect } = turn
  const { object } = command
  expectSequence(object, 'name curExpDate period?')
  const asked = readDomainName(turn, tokenOf(object, 'name') ?? '')
  const currentExpiry = readDay(tokenOf(object, 'curExpDate') ?? '')
  const years = readPolicyYears(asked.policy, child(object, 'period', NS.domain))
  const domain = settled(books.renewDomain(registry, by, asked.name, currentExpiry, years))
  const data = el(
    'domain:renData',
    {},
    el('domain:name', {}, asked.spelling),
    el('domain:exDate', {}, printDate(dialect, domain.expiresAt)),
  )
  return done(1000, data, [dialect.stamp(turn, asked)])
}

/** An `xs:date`, its time zone left aside. @throws Refusal 2005 for what is no day of the calendar. */
function readDay(text: string): string {
  const [, day] = /^(\d{4}-\d{2}-\d{2})(Z|[+-]\d{2}:\d{2})?$/.exec(text) ?? []
  const read = day === undefined ? null : new Date(`${day}T00:00:00Z`)
  if (
    day === undefined ||
    !read ||
    Number.isNaN(read.getTime()) ||
    !read.toISOString().startsWith(day)
  )
    refuse(2005, 'A curExpDate is a date, such as 2027-01-31.')
  return day
}

/**
 * The five operations of a transfer (RFC 5731 section 3.2.4). A request wants the authInfo, which the books hold against
 * the name's own.
 */
export const transferDomain: Carry = (turn) => {
  const { books, registry, by, command, dialect } = turn
  const { object } = command
  const op = command.op ?? 'query'
  expectSequence(object, 'name period? authInfo?')
  const asked = readDomainName(turn, tokenOf(object, 'name') ?? '')
  const years = readYears(child(object, 'period', NS.domain))
  const authInfo = readAuthInfo(child(object, 'authInfo', NS.domain)) || null
  if (op === 'request' && authInfo === null)
    refuse(2003, 'A transfer is requested with the authInfo.')
  const transfer = settled(books.transferDomain(registry, by, asked.name, op, authInfo, years))
  const { status, requestedBy, requestedAt, actedBy, actedAt, expiresAt } = transfer
  const date = (name: string, at: Date) => el(`domain:${name}`, {}, printDate(dialect, at))
  const data = el(
    'domain:trnData',
    {},
    el('domain:name', {}, asked.spelling),
    el('domain:trStatus', {}, status),
    el('domain:reID', {}, requestedBy),
    date('reDate', requestedAt),
    el('domain:acID', {}, actedBy),
    date('acDate', actedAt),
    expiresAt && date('exDate', expiresAt),
  )
  const pending = op === 'request' && status === 'pending'
  return done(pending ? 1001 : 1000, data, [dialect.stamp(turn, asked)])
}
