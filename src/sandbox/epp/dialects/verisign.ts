import { NS } from '../../../epp/namespaces.ts'
import { children, el, textOf, type XmlNode } from '../../../epp/xml.ts'
import { readDomainName } from '../asked-name.ts'
import { type Call, extensionOf } from '../call.ts'
import type { Dialect } from '../dialect.ts'
import { Refusal } from '../refusal.ts'
import { token } from '../value.ts'
import { demandTag, plain } from './plain.ts'

/**
 * Verisign (.com, .net): a thin registry, and one server for several TLDs, so that every domain command says by the
 * namestore extension which of them it means. Its refusal has the form that the Verisign SDK sends: 2306 with
 * `nsExtErrData`. A command that mixes TLDs fits no product.
 */
export const verisign: Dialect = {
  ...plain,
  extensions: [NS.namestoreExt, NS.idnLang],
  contacts: 'none',
  inspect(call) {
    demandProduct(call)
    demandTag(call, (c) => extensionOf(c, NS.idnLang)?.text.trim() ?? null)
  },
  reason: (standing) => (standing.kind === 'registered' ? 'Domain exists' : plain.reason(standing)),
  checked: (call) => [stampOf(call)],
  told: (call) => [stampOf(call)],
  stamp: (call) => stampOf(call),
}

/** `dotCOM`; clients in the field also write it plain, in any case. */
const extensionOfProduct = (product: string): string => product.toLowerCase().replace(/^dot/, '')

function demandProduct(call: Call): void {
  const product = productOf(call)
  if (!product)
    throw new Refusal(2306, 'NameStore Extension not provided', null, wrongProduct(SAYS.absent))
  for (const element of children(call.command.object, 'name', NS.domain)) {
    const name = token(element)
    const last = name.slice(name.lastIndexOf('.') + 1).toLowerCase()
    if (!['com', 'net'].includes(extensionOfProduct(product)))
      throw new Refusal(2306, 'Invalid sub-product', null, wrongProduct(SAYS.absent))
    if (call.command.verb !== 'check') readDomainName(call, name)
    if (last !== extensionOfProduct(product) && call.command.verb !== 'check')
      throw new Refusal(
        2306,
        'The name is not of the sub-product.',
        null,
        wrongProduct(SAYS.mismatch),
      )
  }
}

const SAYS = {
  absent: 'Specified sub-product does not exist',
  mismatch: 'Specified sub-product does not match the name',
} as const

const productOf = (call: Call): string | null =>
  textOf(extensionOf(call, NS.namestoreExt), 'subProduct', NS.namestoreExt)

const wrongProduct = (text: string): XmlNode =>
  el('namestoreExt:nsExtErrData', {}, el('namestoreExt:msg', { code: 1 }, text))

/** Every answer names the product again. */
const stampOf = (call: Call): XmlNode | null => {
  const product = productOf(call)
  return (
    product &&
    (el('namestoreExt:namestoreExt', {}, el('namestoreExt:subProduct', {}, product)) as XmlNode)
  ) as XmlNode | null
}
