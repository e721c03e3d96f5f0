import { NS } from '../../../epp/namespaces.ts'
import { el, textOf, type XmlNode } from '../../../epp/xml.ts'
import { type Call, extensionOf } from '../call.ts'
import type { Dialect } from '../dialect.ts'
import { Refusal } from '../refusal.ts'
import { tokenOf } from '../value.ts'
import { demandTag, plain } from './plain.ts'

/**
 * Verisign (.com, .net): a thin registry, and one server for several TLDs, so that every domain command says by the
 * namestore extension which of them it means. The refusal has the form that Verisign's own SDK sends, 2306 with
 * `nsExtErrData`; every answer names the product again.
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
  checked: (call) => [stamp(call)],
  told: (call) => [stamp(call)],
  stamp,
}

const productOf = (call: Call): string | null =>
  textOf(extensionOf(call, NS.namestoreExt), 'subProduct', NS.namestoreExt)

function demandProduct(call: Call): void {
  const product = productOf(call)
  if (!product)
    throw wrongProduct('NameStore Extension not provided', 'Specified sub-product does not exist')
  // `dotCOM` by the book; clients in the field also write it plain, in any case.
  const tld = product.toLowerCase().replace(/^dot/, '')
  if (tld !== 'com' && tld !== 'net')
    throw wrongProduct('Invalid sub-product', 'Specified sub-product does not exist')
  // A check may hold names of several TLDs; each is answered by itself.
  const name = call.command.verb === 'check' ? null : tokenOf(call.command.object, 'name')
  if (name && !name.toLowerCase().endsWith(`.${tld}`))
    throw wrongProduct('Invalid sub-product', 'The name is not of the specified sub-product')
}

const wrongProduct = (reason: string, message: string): Refusal =>
  new Refusal(
    2306,
    reason,
    null,
    el('namestoreExt:nsExtErrData', {}, el('namestoreExt:msg', { code: 1 }, message)),
  )

function stamp(call: Call): XmlNode | null {
  const product = productOf(call)
  if (!product) return null
  return el('namestoreExt:namestoreExt', {}, el('namestoreExt:subProduct', {}, product))
}
