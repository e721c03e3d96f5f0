import { NS } from '../../epp/namespaces.ts'
import { child, parseXml, type XmlElement, XmlError } from '../../epp/xml.ts'
import { Refusal } from './refusal.ts'
import { expectSequence } from './shape.ts'
import { token } from './value.ts'

/** Far more than any command needs, and little enough that no frame can keep the server busy. */
const LIMITS = { maxChars: 64 * 1024, maxDepth: 32, maxElements: 5_000 }

const SESSION_VERBS = ['login', 'logout', 'poll'] as const
const OBJECT_VERBS = ['check', 'info', 'create', 'delete', 'renew', 'transfer', 'update'] as const
export type ObjectVerb = (typeof OBJECT_VERBS)[number]
const TRANSFER_OPS = ['approve', 'cancel', 'query', 'reject', 'request'] as const
export type TransferOp = (typeof TRANSFER_OPS)[number]

/** A command on an object: `object` is the element in the object's own namespace (RFC 5730 section 2.9). */
export type ObjectCommand = {
  verb: ObjectVerb
  /** Only in a transfer. */
  op: TransferOp | null
  object: XmlElement
  extensions: readonly XmlElement[]
}

/** A command on the session itself (RFC 5730 sections 2.9.1 and 2.9.2.3). */
export type SessionCommand = {
  verb: (typeof SESSION_VERBS)[number]
  body: XmlElement
  extensions: readonly XmlElement[]
}

type Command =
  | { kind: 'session'; command: SessionCommand }
  | { kind: 'object'; command: ObjectCommand }

/** One frame as understood so far; what the objects themselves hold is read later. */
export type Request = { clTRID: string | null } & (
  | { kind: 'hello' }
  | Command
  | { kind: 'refused'; refusal: Refusal }
)

/** Reads a frame. Never throws: what cannot be read is a refusal, with the client's transaction id where that could be. */
export function readRequest(xml: string): Request {
  let clTRID: string | null = null
  try {
    const root = parseXml(xml, LIMITS)
    const [body, ...more] = root.children
    if (root.ns !== NS.epp || root.name !== 'epp' || !body || more.length > 0)
      throw new Refusal(2001, 'A frame is one epp element that holds one element.')
    if (body.ns === NS.epp && body.name === 'hello') return { kind: 'hello', clTRID }
    if (body.ns === NS.epp && body.name === 'extension')
      throw new Refusal(2101, 'No protocol extension is implemented.')
    if (body.ns !== NS.epp || body.name !== 'command')
      throw new Refusal(2001, 'A client sends a hello or a command.')
    clTRID = readClTRID(body)
    return { clTRID, ...readCommand(body) }
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'refused', refusal: error, clTRID }
    if (error instanceof XmlError)
      return { kind: 'refused', refusal: new Refusal(2001, `The XML is ${error.message}.`), clTRID }
    throw error
  }
}

/** `trIDStringType`: 3 to 64 characters. One that does not fit cannot be echoed either, since no answer could hold it. */
function readClTRID(command: XmlElement): string | null {
  const element = child(command, 'clTRID', NS.epp)
  if (!element) return null
  const id = token(element)
  if (id.length < 3 || id.length > 64)
    throw new Refusal(2001, 'A clTRID has between 3 and 64 characters.')
  return id
}

function readCommand(command: XmlElement): Command {
  const body = command.children[0]
  if (!body) throw new Refusal(2001, 'The command is empty.')
  const sessionVerb = SESSION_VERBS.find((verb) => verb === body.name)
  const objectVerb = OBJECT_VERBS.find((verb) => verb === body.name)
  if (body.ns !== NS.epp || (!sessionVerb && !objectVerb))
    throw new Refusal(2000, `There is no command ${body.name}.`)
  expectSequence(command, `${body.name} extension? clTRID?`)
  const extensions = child(command, 'extension', NS.epp)?.children ?? []
  if (sessionVerb) return { kind: 'session', command: { verb: sessionVerb, body, extensions } }
  const [object, ...more] = body.children
  if (
    !objectVerb ||
    !object ||
    more.length > 0 ||
    object.ns === NS.epp ||
    object.name !== objectVerb
  )
    throw new Refusal(2001, `The command ${body.name} holds one ${body.name} of an object.`)
  const op = objectVerb === 'transfer' ? readTransferOp(body) : null
  return { kind: 'object', command: { verb: objectVerb, op, object, extensions } }
}

function readTransferOp(transfer: XmlElement): TransferOp {
  const given = transfer.attributes.op
  if (given === undefined) throw new Refusal(2003, 'The attribute op of transfer is missing.')
  const op = TRANSFER_OPS.find((known) => known === given)
  if (!op) throw new Refusal(2005, `The op of a transfer is one of ${TRANSFER_OPS.join(', ')}.`)
  return op
}
