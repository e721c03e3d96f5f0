import type { Extensions } from '../command.ts'
import { readDate } from '../date.ts'
import { isTrue } from '../domain-response.ts'
import { NS } from '../namespaces.ts'
import type { Greeting, Response } from '../response.ts'
import { child, children, el, textOf, type XmlElement } from '../xml.ts'
import type { Context, Dialect } from './dialect.ts'
import { plain } from './plain.ts'

const speaks = (greeting: Greeting): boolean => greeting.extensions.includes(NS.dnsbe)

/** Version 2.0 of an answer has what version 1.0 leaves out: release dates, hold and quarantine. */
const versionTwo =
  (verb: 'check' | 'info') =>
  ({ greeting }: Context): Extensions =>
    speaks(greeting)
      ? [el('dnsbe:ext', {}, el(`dnsbe:${verb}`, {}, el('dnsbe:domain', { version: '2.0' })))]
      : []

/**
 * DNS Belgium's .be. AuthInfo stays empty, name servers are attributes, a create needs no extension. Check tells
 * `availableDate`, on a full hour; info tells hold and quarantine, of our own names only (docs.dnsbelgium.be). A contact has
 * a type; ours are holders, so `licensee`.
 */
export const dnsBelgium: Dialect = {
  ...plain,
  extensions: [[NS.dnsbe]],
  nameServers: 'attributes',
  pipelined: false,
  postal: 'loc',
  check: versionTwo('check'),
  info: versionTwo('info'),
  create: () => [],
  contact: (greeting, { name, organisation, language }) => ({
    name,
    organisation,
    extensions: speaks(greeting)
      ? [
          el(
            'dnsbe:ext',
            {},
            el(
              'dnsbe:create',
              {},
              el(
                'dnsbe:contact',
                {},
                el('dnsbe:type', {}, 'licensee'),
                el('dnsbe:lang', {}, language),
              ),
            ),
          ),
        ]
      : [],
  }),
  readReleases: (check) => {
    const releases = new Map<string, Date>()
    for (const cd of children(domainOf(check, 'chkData'), 'cd')) {
      const [name, at] = [textOf(cd, 'name'), readDate(textOf(cd, 'availableDate'))]
      if (name && at) releases.set(name, at)
    }
    return releases
  },
  readStage: (info) => {
    const data = domainOf(info, 'infData')
    return {
      stages: [
        ...(isTrue(textOf(data, 'quarantined')) ? ['quarantine'] : []),
        ...(isTrue(textOf(data, 'onhold')) ? ['hold'] : []),
      ],
      releaseAt: readDate(textOf(data, 'availableDate')),
    }
  },
}

const domainOf = ({ extension }: Response, name: string): XmlElement | null =>
  child(child(child(extension, 'ext', NS.dnsbe), name), 'domain')
