import type { Registry } from '../../domain/policy/policy.ts'
import { NS } from '../../epp/namespaces.ts'
import { child, type XmlElement } from '../../epp/xml.ts'
import { extensionsOf, objectsOf } from './greeting.ts'
import { refuse } from './refusal.ts'
import type { SessionCommand } from './request.ts'
import { expectSequence } from './shape.ts'
import { readId, tokenOf, tokensOf } from './value.ts'

/** What a login asks for (RFC 5730 section 2.9.1.1). */
export type Login = {
  id: string
  password: string
  newPassword: string | null
  /** Namespaces of objects and extensions that the client speaks. */
  services: readonly string[]
}

/** Says in the old field that the password is in the extension (RFC 8807 section 3.1). */
const ELSEWHERE = '[LOGIN-SECURITY]'

/**
 * @throws Refusal 2100 for another version, 2102 for another language, 2307 and 2103 for objects and extensions that the
 * greeting does not offer, and those of the schema.
 */
export function readLogin({ body, extensions }: SessionCommand, registry: Registry): Login {
  expectSequence(body, 'clID pw newPW? options svcs')
  const options = child(body, 'options', NS.epp)
  if (options) expectSequence(options, 'version lang')
  if (tokenOf(options, 'version') !== '1.0') refuse(2100, 'The version is 1.0.')
  if (!/^en(-|$)/i.test(tokenOf(options, 'lang') ?? '')) refuse(2102, 'The language is en.')
  const security = extensions.find(({ ns, name }) => ns === NS.loginSec && name === 'loginSec')
  if (security) expectSequence(security, 'userAgent? pw? newPW?')
  return {
    id: readId(tokenOf(body, 'clID') ?? '', 'clID'),
    password: readPassword(body, security, 'pw') ?? refuse(2003, 'The element pw is missing.'),
    newPassword: readPassword(body, security, 'newPW'),
    services: readServices(child(body, 'svcs', NS.epp), registry),
  }
}

/** `pwType`: 6 to 16 characters; with the extension any number from 6 on. */
function readPassword(
  login: XmlElement,
  security: XmlElement | undefined,
  name: 'pw' | 'newPW',
): string | null {
  const given = tokenOf(login, name)
  if (given === null) return null
  const elsewhere = given === ELSEWHERE
  const password = elsewhere ? tokenOf(security ?? null, name) : given
  if (password === null) refuse(2003, `The element ${name} is missing in loginSec.`)
  if (password.length < 6 || (!elsewhere && password.length > 16))
    refuse(2005, `A ${name} has between 6 and 16 characters, or more by loginSec.`)
  return password
}

function readServices(svcs: XmlElement | null, registry: Registry): string[] {
  if (!svcs) return []
  expectSequence(svcs, 'objURI+ svcExtension?')
  const extension = child(svcs, 'svcExtension', NS.epp)
  if (extension) expectSequence(extension, 'extURI+')
  const objects = tokensOf(svcs, 'objURI')
  const extensions = tokensOf(extension, 'extURI')
  for (const uri of objects)
    if (!objectsOf(registry).includes(uri)) refuse(2307, `The object ${uri} is not offered.`)
  for (const uri of extensions)
    if (!extensionsOf(registry).includes(uri)) refuse(2103, `The extension ${uri} is not offered.`)
  return [...objects, ...extensions]
}
