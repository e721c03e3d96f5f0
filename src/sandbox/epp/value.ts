import { isIP } from 'node:net'
import type { Prefix } from '../../epp/namespaces.ts'
import { child, children, el, type XmlElement } from '../../epp/xml.ts'
import { refuse } from './refusal.ts'

/** The text of an `xs:token`: white space collapsed. */
export const token = (element: XmlElement): string => element.text.replace(/\s+/g, ' ').trim()

/** The token of the first child of that name in the parent's own namespace; null when there is no such child. */
export function tokenOf(parent: XmlElement | null, name: string): string | null {
  const found = parent && child(parent, name, parent.ns)
  return found ? token(found) : null
}

/** The tokens of all children of that name. */
export const tokensOf = (parent: XmlElement | null, name: string): string[] =>
  parent ? children(parent, name, parent.ns).map(token) : []

/**
 * A text within its schema's lengths.
 * @throws Refusal 2003 when it is empty and must not be, 2005 when its length does not fit.
 */
export function fitting(text: string, name: string, min: number, max: number): string {
  if (text === '' && min > 0) refuse(2003, `The element ${name} is empty.`)
  if (text.length < min || text.length > max)
    refuse(2005, `The element ${name} has between ${min} and ${max} characters.`)
  return text
}

/** `clIDType` of eppcom: an account or contact id. @throws Refusal 2003, 2005. */
export const readId = (text: string, name = 'id'): string => fitting(text, name, 3, 16)

/**
 * A period in years (RFC 5731 section 2.4 lets a client write months). Which ones the registry takes is its policy.
 * @returns null when the element is absent.
 * @throws Refusal 2003 without a unit, 2004 out of the protocol's range, 2005 for no number or a strange unit,
 * 2306 for months that are no whole years.
 */
export function readYears(period: XmlElement | null): number | null {
  if (!period) return null
  const text = token(period)
  const { unit } = period.attributes
  if (unit === undefined) refuse(2003, 'The attribute unit of period is missing.')
  if (unit !== 'y' && unit !== 'm') refuse(2005, 'The unit of a period is y or m.')
  if (!/^\+?\d+$/.test(text)) refuse(2005, 'A period is a whole number.', quote('domain', period))
  const count = Number(text)
  if (count < 1 || count > 99)
    refuse(2004, 'A period is between 1 and 99.', quote('domain', period))
  if (unit === 'y') return count
  if (count % 12 !== 0) refuse(2306, 'Names are registered for whole years.')
  return count / 12
}

/**
 * The password of an `authInfo`, which may be empty.
 * @throws Refusal 2102 for authorization by an extension, 2001 for anything else.
 */
export function readAuthInfo(authInfo: XmlElement | null): string | null {
  if (!authInfo) return null
  const [form, ...more] = authInfo.children
  if (form?.name === 'ext' && form.ns === authInfo.ns)
    refuse(2102, 'Authorization is by password only.')
  if (form?.name !== 'pw' || form.ns !== authInfo.ns || more.length > 0)
    refuse(2001, 'An authInfo holds one pw.')
  return form.text.replace(/[\t\r\n]/g, ' ').trim()
}

/** An address of a host (RFC 5732 section 2.5). @throws Refusal 2005 when it is none of the kind it says. */
export function readAddress(addr: XmlElement): { ip: 'v4' | 'v6'; address: string } {
  const { ip = 'v4' } = addr.attributes
  const address = token(addr)
  if (ip !== 'v4' && ip !== 'v6') refuse(2005, 'The ip of an address is v4 or v6.')
  if (isIP(address) !== (ip === 'v4' ? 4 : 6)) refuse(2005, `That is no IP${ip} address.`)
  return { ip, address }
}

/** An element of the client's as it is quoted back in a refusal. */
export const quote = (prefix: Prefix, element: XmlElement) =>
  el(`${prefix}:${element.name}`, {}, token(element))
