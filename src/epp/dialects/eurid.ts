import { firstOffered } from '../command.ts'
import { readDate } from '../date.ts'
import { isTrue } from '../domain-response.ts'
import { NS } from '../namespaces.ts'
import { children, el, textOf, type XmlElement } from '../xml.ts'
import type { Dialect } from './dialect.ts'
import { plain } from './plain.ts'

const DOMAIN_EXT = 'http://www.eurid.eu/xml/epp/domain-ext-'
const CONTACT_EXT = 'http://www.eurid.eu/xml/epp/contact-ext-'

/** Newest first; what we read is the same in all of them. */
const DOMAIN_EXTS = ['2.6', '2.5', '2.4', '2.3', '2.2', '2.1', '2.0'].map((v) => DOMAIN_EXT + v)
const CONTACT_EXTS = ['1.4', '1.3'].map((v) => CONTACT_EXT + v)

/**
 * EURid's .eu. Names go as U-labels, authInfo stays empty, name servers are attributes, and a create needs no extension.
 * Check tells `availableDate` of a name in quarantine, with milliseconds; info tells quarantine, hold, suspension and
 * seizure. A contact has a type; ours are holders, so `registrant`. Which of the elements below the contact extension a
 * later version adds is not documented where we may read.
 */
export const eurid: Dialect = {
  ...plain,
  extensions: [DOMAIN_EXTS, CONTACT_EXTS, [NS.euridIdn]],
  nameServers: 'attributes',
  pipelined: false,
  postal: 'loc',
  check: () => [],
  create: () => [],
  contact: (greeting, { name, organisation, citizenship, language }) => {
    const version = firstOffered(greeting, CONTACT_EXTS)
    const extension = el(
      'contactExt:create',
      { 'xmlns:contactExt': version },
      el('contactExt:type', {}, 'registrant'),
      el('contactExt:lang', {}, language),
      el('contactExt:naturalPerson', {}, String(organisation === null)),
      citizenship === null ? null : el('contactExt:countryOfCitizenship', {}, citizenship),
    )
    return { name, organisation, extensions: version === null ? [] : [extension] }
  },
  readReleases: (check) => {
    const releases = new Map<string, Date>()
    for (const domain of children(ofDomainExt(check.extension, 'chkData'), 'domain')) {
      const [name, at] = [textOf(domain, 'name'), readDate(textOf(domain, 'availableDate'))]
      if (name && at) releases.set(name, at)
    }
    return releases
  },
  readStage: (info) => {
    const data = ofDomainExt(info.extension, 'infData')
    const is = (name: string) => isTrue(textOf(data, name))
    return {
      stages: [
        ...(is('quarantined') ? ['quarantine'] : []),
        ...(['onHold', 'suspended', 'seized'].some(is) ? ['hold'] : []),
      ],
      releaseAt: readDate(textOf(data, 'availableDate')),
    }
  },
}

const ofDomainExt = (extension: XmlElement | null, name: string): XmlElement | null =>
  children(extension, name).find((el) => el.ns.startsWith(DOMAIN_EXT)) ?? null
