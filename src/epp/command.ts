import { NS } from './namespaces.ts'
import type { Greeting } from './response.ts'
import { el, renderDocument, type XmlNode } from './xml.ts'

/** A command that is written but for its clTRID: what is left to do at the shot is one concatenation. */
export type Command = (clTRID: string) => string

/** Extension elements of a command, in the order they are to be sent. */
export type Extensions = readonly XmlNode[]

/** `<hello/>`: asks for the greeting again. It has no clTRID. */
export const HELLO = renderDocument(el('epp', {}, el('hello')))

/** Stands for the clTRID while a command is rendered; no XML text that we escape can hold it. */
const CLTRID = '<clTRID/>'

/** Wraps a verb and its extensions (RFC 5730 section 2.5). */
function command(verb: XmlNode, extensions: Extensions = []): Command {
  const extension = extensions.length === 0 ? null : el('extension', {}, ...extensions)
  const xml = renderDocument(el('epp', {}, el('command', {}, verb, extension, el('clTRID'))))
  const at = xml.lastIndexOf(CLTRID)
  const [head, tail] = [xml.slice(0, at), xml.slice(at + CLTRID.length)]
  return (clTRID) => {
    if (!CLTRID_FORM.test(clTRID)) throw new RangeError(`no clTRID: ${clTRID}`)
    return `${head}<clTRID>${clTRID}</clTRID>${tail}`
  }
}

/** What `trIDStringType` allows, less what XML would have to escape. */
const CLTRID_FORM = /^[!#-%(-;=?-~]{3,64}$/

/** Longest password of RFC 5730; longer ones go by loginSec (RFC 8807). */
const LONGEST_PASSWORD = 16
const SHORTEST_PASSWORD = 6

/** Says in the old field that the password is in the new one (RFC 8807 section 3.1). */
const IN_LOGIN_SECURITY = '[LOGIN-SECURITY]'

/**
 * The login (RFC 5730 section 2.9.1.1). Only what the greeting offers is asked for.
 * @param extensions groups of extension URIs that we speak; of each group the first that is offered is taken.
 * @throws RangeError when the password has a length that this registry cannot take.
 */
export function login(
  account: { id: string; password: string; newPassword?: string },
  greeting: Greeting,
  extensions: readonly (readonly string[])[],
): Command {
  const secrets = [account.password, ...(account.newPassword ? [account.newPassword] : [])]
  const long = secrets.some((secret) => secret.length > LONGEST_PASSWORD)
  if (secrets.some((secret) => secret.length < SHORTEST_PASSWORD))
    throw new RangeError(`an EPP password has at least ${SHORTEST_PASSWORD} characters`)
  if (long && !greeting.extensions.includes(NS.loginSec))
    throw new RangeError(
      `the registry offers no login security (RFC 8807): its passwords have at most ${LONGEST_PASSWORD} characters`,
    )
  const spoken = [...extensions, ...(long ? [[NS.loginSec]] : [])]
  const asked = new Set(spoken.flatMap((group) => firstOffered(greeting, group) ?? []))
  const objects = [NS.domain, NS.contact, NS.host].filter((uri) => greeting.objects.includes(uri))
  const field = (name: string, secret: string | undefined) => (secret ? el(name, {}, secret) : null)
  const verb = el(
    'login',
    {},
    el('clID', {}, account.id),
    el('pw', {}, long ? IN_LOGIN_SECURITY : account.password),
    field('newPW', account.newPassword && (long ? IN_LOGIN_SECURITY : account.newPassword)),
    el(
      'options',
      {},
      el('version', {}, '1.0'),
      el(
        'lang',
        {},
        greeting.languages.find((lang) => /^en\b/i.test(lang)) ?? greeting.languages[0] ?? 'en',
      ),
    ),
    el(
      'svcs',
      {},
      ...(objects.length > 0 ? objects : [NS.domain]).map((uri) => el('objURI', {}, uri)),
      asked.size > 0
        ? el('svcExtension', {}, ...[...asked].map((uri) => el('extURI', {}, uri)))
        : null,
    ),
  )
  const security = el(
    'loginSec:loginSec',
    {},
    field('loginSec:pw', account.password),
    field('loginSec:newPW', account.newPassword),
  )
  return command(verb, long ? [security] : [])
}

/** The first of the URIs that the greeting offers. */
export const firstOffered = (greeting: Greeting, uris: readonly string[]): string | null =>
  uris.find((uri) => greeting.extensions.includes(uri)) ?? null

export const logout = (): Command => command(el('logout'))

/** Asks for the oldest message of the queue (RFC 5730 section 2.9.2.3). */
export const pollRequest = (): Command => command(el('poll', { op: 'req' }))

/** Takes a message off the queue, for every client of this registrar. */
export const pollAck = (messageId: string): Command =>
  command(el('poll', { op: 'ack', msgID: messageId }))

/** `<check>` and its object, for the object files of this folder. */
export const objectCommand = (
  verb: 'check' | 'create' | 'delete' | 'info' | 'renew' | 'update',
  object: XmlNode,
  extensions: Extensions = [],
): Command => command(el(verb, {}, object), extensions)

/** `<transfer>`, which says its operation in an attribute. */
export const transferCommand = (
  op: TransferOp,
  object: XmlNode,
  extensions: Extensions = [],
): Command => command(el('transfer', { op }, object), extensions)

export type TransferOp = 'approve' | 'cancel' | 'query' | 'reject' | 'request'
