import { NS } from '../../epp/namespaces.ts'
import { children, el, type XmlElement } from '../../epp/xml.ts'
import { done } from './answer.ts'
import { readDomainName } from './asked-name.ts'
import type { CheckedName } from './dialect.ts'
import { feeChkData } from './fee.ts'
import { Refusal, refuse } from './refusal.ts'
import { expectSequence } from './shape.ts'
import type { Carry, Turn } from './turn.ts'
import { fitting, token } from './value.ts'

/** Checks names (RFC 5731 section 3.1.1), each by itself: one that cannot be a name does not spoil the others. */
export const checkDomains: Carry = (turn) => {
  const { command, dialect } = turn
  expectSequence(command.object, 'name+')
  const names = children(command.object, 'name', NS.domain).map((name) => look(turn, name))
  const most = Math.min(...names.map(({ asked }) => asked?.policy.epp.checkNames ?? names.length))
  if (names.length > most) refuse(2306, `At most ${most} names are checked at once.`)
  const verdicts = names.map((checked) => {
    const reason = reasonOf(turn, checked)
    return el(
      'domain:cd',
      {},
      el(
        'domain:name',
        { avail: reason === null ? 1 : 0 },
        checked.asked?.spelling ?? checked.typed,
      ),
      reason === null ? null : el('domain:reason', { lang: 'en' }, reason),
    )
  })
  return done(1000, el('domain:chkData', {}, ...verdicts), [
    ...dialect.checked(turn, names),
    feeChkData(turn, names),
  ])
}

function look(turn: Turn, element: XmlElement): CheckedName {
  const typed = fitting(token(element), 'name', 1, 255)
  try {
    const asked = readDomainName(turn, typed)
    return { typed, asked, standing: turn.books.standing(asked.name) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return {
      typed,
      asked: null,
      reason: error.code === 2306 ? 'Zone not served here' : 'Invalid domain name',
    }
  }
}

function reasonOf({ dialect }: Turn, checked: CheckedName): string | null {
  if (!checked.asked) return checked.reason
  return checked.standing.kind === 'free' ? null : dialect.reason(checked.standing)
}
