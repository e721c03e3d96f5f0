import type { Extensions } from '../command.ts'
import { NS } from '../namespaces.ts'
import { el } from '../xml.ts'
import type { Context, Dialect } from './dialect.ts'
import { plain } from './plain.ts'

/** Every command on an object says which TLD's books it is for: `dotCOM`, `dotNET`. */
const namestore = ({ extension, greeting }: Context): Extensions =>
  greeting.extensions.includes(NS.namestoreExt)
    ? [
        el(
          'namestoreExt:namestoreExt',
          {},
          el('namestoreExt:subProduct', {}, `dot${extension.toUpperCase()}`),
        ),
      ]
    : []

/**
 * Verisign's .com and .net. An IDN carries its language in `idnLang:tag`. Whether its servers answer pipelined commands is
 * not documented where we may read, so one is under way at a time.
 */
export const verisign: Dialect = {
  ...plain,
  extensions: [[NS.namestoreExt], [NS.rgp], [NS.idnLang]],
  pipelined: false,
  check: namestore,
  info: namestore,
  host: namestore,
  create: (context, idn) => [
    ...namestore(context),
    ...(idn && context.greeting.extensions.includes(NS.idnLang)
      ? [el('idnLang:tag', {}, idn.tag)]
      : []),
  ],
}
