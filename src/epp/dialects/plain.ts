import type { Extensions } from '../command.ts'
import { NS } from '../namespaces.ts'
import { el } from '../xml.ts'
import type { Context, Dialect } from './dialect.ts'

/** Asks what a create costs (RFC 8748 section 5.1.1), in the currency of our account. */
export const feeCheck = ({ greeting }: Context): Extensions =>
  greeting.extensions.includes(NS.fee)
    ? [
        el(
          'fee:check',
          {},
          el('fee:command', { name: 'create' }, el('fee:period', { unit: 'y' }, '1')),
        ),
      ]
    : []

/**
 * The RFCs as they stand (PIR, Identity Digital, GoDaddy). An IDN names its table by the extension of
 * draft-ietf-eppext-idnmap, which these registries list; whether each of them insists on `uname` is not documented.
 */
export const plain: Dialect = {
  extensions: [[NS.rgp], [NS.fee], [NS.idn]],
  nameServers: 'objects',
  pipelined: true,
  postal: 'by-script',
  check: feeCheck,
  info: () => [],
  host: () => [],
  create: ({ greeting }, idn) =>
    idn && greeting.extensions.includes(NS.idn)
      ? [el('idn:data', {}, el('idn:table', {}, idn.tag), el('idn:uname', {}, idn.unicode))]
      : [],
  contact: (_greeting, { name, organisation }) => ({ name, organisation, extensions: [] }),
  readReleases: () => new Map(),
  readStage: () => ({ stages: [], releaseAt: null }),
}
