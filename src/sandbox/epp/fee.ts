import { NS } from '../../epp/namespaces.ts'
import { child, children, el, type XmlElement, type XmlNode } from '../../epp/xml.ts'
import type { AskedName } from './asked-name.ts'
import { type Call, extensionOf } from './call.ts'
import type { CheckedName } from './dialect.ts'
import { PRICE_CENTS } from './prices.ts'
import { refuse } from './refusal.ts'
import { readYears, token, tokenOf } from './value.ts'

/** The sandbox keeps its prices in one currency. */
const CURRENCY = 'EUR'

/**
 * Prices of the names of a check (RFC 8748 section 3.1). Only a create has one here; a premium name's is not told, which is
 * what makes it premium to the one who asks.
 * @returns null when the client did not ask.
 */
export function feeChkData(call: Call, names: readonly CheckedName[]): XmlNode | null {
  const asked = extensionOf(call, NS.fee)
  if (!asked) return null
  demandCurrency(asked)
  const commands = children(asked, 'command', NS.fee)
  const told = names.map((checked) => {
    const name = checked.asked?.spelling ?? checked.typed
    const objID = el('fee:objID', {}, name)
    if (!checked.asked) return el('fee:cd', { avail: 0 }, objID, reason('No such name'))
    const { standing, asked: it } = checked
    if (standing.kind === 'reserved' && standing.as === 'premium')
      return el('fee:cd', { avail: 0 }, objID, el('fee:class', {}, 'premium'), reason('On request'))
    const prices = commands.map((command) => priceOf(it, command))
    return el('fee:cd', { avail: 1 }, objID, el('fee:class', {}, 'standard'), ...prices)
  })
  return el('fee:chkData', {}, el('fee:currency', {}, CURRENCY), ...told)
}

function priceOf({ policy, extension }: AskedName, command: XmlElement): XmlNode {
  const { name } = command.attributes
  if (name === undefined) refuse(2003, 'The attribute name of command is missing.')
  const years = readYears(child(command, 'period', NS.fee)) ?? policy.epp.periodYears.default
  const period = el('fee:period', { unit: 'y' }, String(years))
  if (name !== 'create')
    return el('fee:command', { name }, period, reason('No price is kept for it'))
  const fee = el('fee:fee', {}, euros(PRICE_CENTS[extension] * years))
  return el('fee:command', { name, standard: 1 }, period, fee)
}

/**
 * Holds the fee that a create agrees to against the price.
 * @returns what the answer carries, null when the client spoke of no fee.
 * @throws Refusal 2004 when it is too little (RFC 8748 section 5.2.1).
 */
export function feeCreData(call: Call, { extension }: AskedName, years: number): XmlNode | null {
  const agreed = extensionOf(call, NS.fee)
  if (!agreed) return null
  demandCurrency(agreed)
  const fees = children(agreed, 'fee', NS.fee).map((fee) => Number(token(fee)))
  if (fees.length === 0) refuse(2003, 'The element fee is missing.')
  if (fees.some((fee) => !(fee >= 0))) refuse(2005, 'A fee is a decimal number of zero or more.')
  const cents = PRICE_CENTS[extension] * years
  if (Math.round(fees.reduce((sum, fee) => sum + fee, 0) * 100) < cents)
    refuse(2004, `The fee for ${years} years is ${euros(cents)} ${CURRENCY}.`)
  return el('fee:creData', {}, el('fee:currency', {}, CURRENCY), el('fee:fee', {}, euros(cents)))
}

function demandCurrency(fee: XmlElement): void {
  const currency = tokenOf(fee, 'currency')
  if (currency !== null && currency !== CURRENCY) refuse(2004, `Fees are in ${CURRENCY}.`)
}

const euros = (cents: number): string => (cents / 100).toFixed(2)
const reason = (text: string): XmlNode => el('fee:reason', {}, text)
