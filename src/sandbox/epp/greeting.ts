import type { Registry } from '../../domain/policy/policy.ts'
import { NS } from '../../epp/namespaces.ts'
import { el, renderDocument } from '../../epp/xml.ts'
import { dialectOf } from './dialect-of.ts'
import { HIT_POINTS } from './hit-points.ts'

/**
 * Object services of a greeting. Every registry offers the same three, so that one login fits all of them, as the stock
 * clients send it; what a registry does not keep is refused with 2307 all the same. EURid has its penalty points beside.
 */
export const objectsOf = (registry: Registry): readonly string[] => [
  NS.domain,
  NS.contact,
  NS.host,
  ...(registry === 'eurid' ? [HIT_POINTS] : []),
]

/** Extension services of a greeting. */
export const extensionsOf = (registry: Registry): readonly string[] => [
  NS.rgp,
  NS.secDNS,
  NS.loginSec,
  ...dialectOf(registry).extensions,
]

/** The greeting (RFC 5730 section 2.4), dated `at`. */
export const renderGreeting = (registry: Registry, at: Date): string =>
  renderDocument(
    el(
      'epp',
      {},
      el(
        'greeting',
        {},
        el('svID', {}, `Sandbox EPP server, ${registry}`),
        el('svDate', {}, at.toISOString()),
        el(
          'svcMenu',
          {},
          el('version', {}, '1.0'),
          el('lang', {}, 'en'),
          ...objectsOf(registry).map((uri) => el('objURI', {}, uri)),
          el('svcExtension', {}, ...extensionsOf(registry).map((uri) => el('extURI', {}, uri))),
        ),
        DATA_COLLECTION_POLICY,
      ),
    ),
  )

/** RFC 5730 section 2.4 wants one: everything is told, for running the registry, to those it concerns. */
const DATA_COLLECTION_POLICY = el(
  'dcp',
  {},
  el('access', {}, el('all')),
  el(
    'statement',
    {},
    el('purpose', {}, el('admin'), el('prov')),
    el('recipient', {}, el('ours'), el('public')),
    el('retention', {}, el('stated')),
  ),
)
