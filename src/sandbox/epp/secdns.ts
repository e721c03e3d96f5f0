import { NS } from '../../epp/namespaces.ts'
import { child, children, el, type XmlElement, type XmlNode } from '../../epp/xml.ts'
import type { SandboxDomain } from '../registry.ts'
import { extensionOf } from './call.ts'
import type { DelegationSigner } from './delegations.ts'
import { refuse } from './refusal.ts'
import { expectSequence } from './shape.ts'
import type { Turn } from './turn.ts'
import { tokenOf } from './value.ts'

/** Records to take away and to add, in that order (RFC 5910 section 5.2.5). */
export type SecDnsChange = {
  removed: readonly DelegationSigner[] | 'all'
  added: readonly DelegationSigner[]
}

/** The DS records of a create; none when it brings none. @throws Refusal as `readSigners`. */
export function readSecDnsCreate(turn: Turn): readonly DelegationSigner[] {
  const create = extensionOf(turn, NS.secDNS)
  return create ? readSigners(create) : []
}

/** What an update changes of the DS records; null for nothing. @throws Refusal as `readSigners`. */
export function readSecDnsUpdate(turn: Turn): SecDnsChange | null {
  const update = extensionOf(turn, NS.secDNS)
  if (!update) return null
  expectSequence(update, 'rem? add? chg?')
  if (child(update, 'chg', NS.secDNS)?.children.length)
    refuse(2102, 'A maximum signature life is not kept.')
  const rem = child(update, 'rem', NS.secDNS)
  const add = child(update, 'add', NS.secDNS)
  const all = tokenOf(rem, 'all')
  const removesAll = all === 'true' || all === '1'
  if (all !== null && !removesAll && all !== 'false' && all !== '0')
    refuse(2005, 'The element all is true or false.')
  const named = rem && all === null ? readSigners(rem) : []
  return { removed: removesAll ? 'all' : named, added: add ? readSigners(add) : [] }
}

/** Gives a new domain its DS records. */
export const delegateNew = (
  { delegations }: Turn,
  { roid }: SandboxDomain,
  signers: readonly DelegationSigner[],
): void => delegations.change(roid, 'all', signers)

/** The DS records of a domain; null when it has none or the client does not speak of them. */
export function secDnsInfData(turn: Turn, { roid }: SandboxDomain): XmlNode | null {
  const signers = turn.delegations.of(roid)
  if (signers.length === 0 || !turn.speaks(NS.secDNS)) return null
  return el(
    'secDNS:infData',
    {},
    ...signers.map(({ keyTag, alg, digestType, digest }) =>
      el(
        'secDNS:dsData',
        {},
        el('secDNS:keyTag', {}, String(keyTag)),
        el('secDNS:alg', {}, String(alg)),
        el('secDNS:digestType', {}, String(digestType)),
        el('secDNS:digest', {}, digest),
      ),
    ),
  )
}

/**
 * The DS interface of RFC 5910; a registry offers that or the key interface.
 * @throws Refusal 2102 for keys, 2003 for a missing part, 2005 for one that is no number or no hexadecimal.
 */
function readSigners(place: XmlElement): DelegationSigner[] {
  if (child(place, 'keyData', NS.secDNS)) refuse(2102, 'This registry takes DS data, not keys.')
  if (child(place, 'maxSigLife', NS.secDNS)) refuse(2102, 'A maximum signature life is not kept.')
  expectSequence(place, 'dsData+')
  return children(place, 'dsData', NS.secDNS).map((ds) => {
    expectSequence(ds, 'keyTag alg digestType digest keyData?')
    const digest = tokenOf(ds, 'digest') ?? ''
    if (!/^([0-9a-f]{2})+$/i.test(digest)) refuse(2005, 'A digest is hexadecimal.')
    return {
      keyTag: readNumber(ds, 'keyTag', 65_535),
      alg: readNumber(ds, 'alg', 255),
      digestType: readNumber(ds, 'digestType', 255),
      digest: digest.toUpperCase(),
    }
  })
}

function readNumber(ds: XmlElement, name: string, max: number): number {
  const text = tokenOf(ds, name) ?? ''
  if (!/^\d+$/.test(text) || Number(text) > max)
    refuse(2005, `The element ${name} is a number up to ${max}.`)
  return Number(text)
}
