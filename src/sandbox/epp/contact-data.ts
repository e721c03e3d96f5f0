import { NS } from '../../epp/namespaces.ts'
import { child, children, type XmlElement } from '../../epp/xml.ts'
import type { SandboxContact } from '../registry.ts'
import { refuse } from './refusal.ts'
import { expectSequence } from './shape.ts'
import { fitting, readAuthInfo, readId, token, tokenOf, tokensOf } from './value.ts'

type Postal = SandboxContact['postal'][number]
type Given = Pick<SandboxContact, 'id' | 'postal' | 'voice' | 'fax' | 'email' | 'authInfo'>
type Change = Partial<Omit<Given, 'id'>>

/** A person or organisation as a create gives it. @throws Refusal 2001, 2003, 2005. */
export function readContact(create: XmlElement): Given {
  const authInfo = readAuthInfo(child(create, 'authInfo', NS.contact))
  return {
    id: readId(tokenOf(create, 'id') ?? ''),
    postal: readPostals(create).map((info) => {
      expectSequence(info, 'name org? addr')
      return { ...EMPTY, ...readPostal(info) }
    }),
    voice: readPhone(child(create, 'voice', NS.contact)),
    fax: readPhone(child(create, 'fax', NS.contact)),
    email: readEmail(tokenOf(create, 'email') ?? ''),
    authInfo: authInfo || null,
  }
}

/** What an update's `chg` changes; a postal form that is given in part keeps the rest of what it was. */
export function readContactChange(chg: XmlElement, contact: SandboxContact): Change {
  expectSequence(chg, 'postalInfo* voice? fax? email? authInfo? disclose?')
  const change: Change = {}
  const infos = readPostals(chg)
  if (infos.length > 0) change.postal = mergePostals(infos, contact.postal)
  const voice = child(chg, 'voice', NS.contact)
  if (voice) change.voice = readPhone(voice)
  const fax = child(chg, 'fax', NS.contact)
  if (fax) change.fax = readPhone(fax)
  const email = tokenOf(chg, 'email')
  if (email !== null) change.email = readEmail(email)
  const authInfo = child(chg, 'authInfo', NS.contact)
  if (authInfo) change.authInfo = readAuthInfo(authInfo) || null
  return change
}

const EMPTY: Postal = {
  type: 'int',
  name: '',
  organisation: null,
  street: [],
  city: '',
  province: null,
  postalCode: null,
  country: '',
}

function mergePostals(infos: readonly XmlElement[], before: readonly Postal[]): Postal[] {
  const merged = new Map(before.map((postal) => [postal.type, postal]))
  for (const info of infos) {
    const type = readPostalType(info)
    if (!merged.has(type)) expectSequence(info, 'name org? addr')
    expectSequence(info, 'name? org? addr?')
    merged.set(type, { ...EMPTY, ...merged.get(type), ...readPostal(info) })
  }
  return [...merged.values()]
}

/** One or two postal forms, each type once. */
function readPostals(place: XmlElement): XmlElement[] {
  const infos = children(place, 'postalInfo', NS.contact)
  const types = infos.map(readPostalType)
  if (new Set(types).size < types.length) refuse(2306, 'Each type of postalInfo is given once.')
  return infos
}

function readPostalType({ attributes }: XmlElement): Postal['type'] {
  const { type } = attributes
  if (type === undefined) refuse(2003, 'The attribute type of postalInfo is missing.')
  if (type !== 'int' && type !== 'loc') refuse(2005, 'The type of a postalInfo is int or loc.')
  return type
}

function readPostal(info: XmlElement): Partial<Postal> {
  const name = tokenOf(info, 'name')
  const org = tokenOf(info, 'org')
  const addr = child(info, 'addr', NS.contact)
  return {
    type: readPostalType(info),
    ...(name === null ? {} : { name: fitting(name, 'name', 1, 255) }),
    ...(org === null ? {} : { organisation: fitting(org, 'org', 0, 255) || null }),
    ...(addr ? readAddr(addr) : {}),
  }
}

function readAddr(
  addr: XmlElement,
): Pick<Postal, 'street' | 'city' | 'province' | 'postalCode' | 'country'> {
  expectSequence(addr, 'street* city sp? pc? cc')
  const street = tokensOf(addr, 'street').map((line) => fitting(line, 'street', 0, 255))
  if (street.length > 3) refuse(2001, 'A street has at most three lines.')
  const country = tokenOf(addr, 'cc') ?? ''
  if (country === '') refuse(2003, 'The element cc is empty.')
  if (!/^[a-z]{2}$/i.test(country)) refuse(2005, 'A cc is an ISO 3166-1 code of two letters.')
  return {
    street: street.filter((line) => line !== ''),
    city: fitting(tokenOf(addr, 'city') ?? '', 'city', 1, 255),
    province: fitting(tokenOf(addr, 'sp') ?? '', 'sp', 0, 255) || null,
    postalCode: fitting(tokenOf(addr, 'pc') ?? '', 'pc', 0, 16) || null,
    country: country.toUpperCase(),
  }
}

/** `e164Type` (RFC 5733 section 2.5); an empty one takes the number away. */
function readPhone(element: XmlElement | null): string | null {
  const number = element ? token(element) : ''
  if (!element || number === '') return null
  if (!/^\+\d{1,3}\.\d{1,14}$/.test(number) || number.length > 17)
    refuse(2005, `A ${element.name} is like +33.123456789.`)
  const extension = element.attributes.x?.trim()
  if (extension && !/^\d{1,10}$/.test(extension)) refuse(2005, 'An extension (x) is a number.')
  return extension ? `${number}x${extension}` : number
}

function readEmail(email: string): string {
  if (email === '') refuse(2003, 'The element email is empty.')
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) || email.length > 254)
    refuse(2005, 'That is no e-mail address.')
  return email
}
