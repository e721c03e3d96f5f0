import { NS } from '../namespaces.ts'
import { el } from '../xml.ts'
import type { Dialect } from './dialect.ts'
import { feeCheck, plain } from './plain.ts'

/**
 * AFNIC's .fr. A contact is a person, whose family name stands alone in `contact:name` with the given name in the
 * extension, or a company, named in `contact:name` (technical integration guide of AFNIC, contact create). Ids are
 * assigned by the registry, whatever we propose. SIREN, VAT and birth data are optional there and not sent.
 */
export const afnic: Dialect = {
  ...plain,
  extensions: [[NS.frnic], [NS.rgp], [NS.fee]],
  nameServers: 'attributes',
  pipelined: false,
  postal: 'loc',
  check: feeCheck,
  create: () => [],
  contact: (greeting, { name, organisation }) => {
    if (!greeting.extensions.includes(NS.frnic)) return { name, organisation, extensions: [] }
    const [given, family] = splitName(name)
    const kind =
      organisation === null
        ? el('frnic:firstName', {}, given)
        : el('frnic:legalEntityInfos', {}, el('frnic:legalStatus', { s: 'company' }))
    return {
      name: organisation ?? family,
      organisation: null,
      extensions: [el('frnic:ext', {}, el('frnic:create', {}, el('frnic:contact', {}, kind)))],
    }
  },
}

/** The first word is the given name; a name of one word is both. */
function splitName(name: string): [given: string, family: string] {
  const [given = name, ...family] = name.trim().split(/\s+/)
  return [given, family.join(' ') || given]
}
