import type { XmlElement } from '../../epp/xml.ts'
import { Refusal, refuse } from './refusal.ts'

/**
 * Holds an element against a sequence of its XML schema, written as in a regular expression: `name period? contact* host+`.
 * All children are in the element's own namespace, in that order.
 * @throws Refusal 2003 for one that is missing, 2001 for one too many, out of order, or unknown.
 */
export function expectSequence(element: XmlElement, sequence: string, ns = element.ns): void {
  const { children } = element
  let at = 0
  for (const part of sequence.split(' ').filter(Boolean)) {
    const [, name = '', count = ''] = /^(\w+)([?*+]?)$/.exec(part) ?? []
    const most = count === '*' || count === '+' ? Number.POSITIVE_INFINITY : 1
    let seen = 0
    while (seen < most && children[at]?.name === name && children[at]?.ns === ns) {
      at += 1
      seen += 1
    }
    if (seen === 0 && (count === '' || count === '+')) throw missing(element, name)
  }
  const stranger = children[at]
  if (stranger)
    refuse(2001, `The element ${stranger.name} is not expected here in ${element.name}.`)
}

/** One that stands later is out of order, which is a fault of syntax; one that stands nowhere is missing. */
function missing(element: XmlElement, name: string): Refusal {
  const misplaced = element.children.some((child) => child.name === name)
  return misplaced
    ? new Refusal(2001, `The element ${name} is out of order in ${element.name}.`)
    : new Refusal(2003, `The element ${name} is missing in ${element.name}.`)
}
