import type { Registry } from '../../domain/policy/policy.ts'
import type { XmlElement } from '../../epp/xml.ts'
import type { Books } from '../registry.ts'
import type { ObjectCommand } from './request.ts'

/** A command of a logged-in registrar, and the books that it is about. */
export type Call = {
  books: Books
  registry: Registry
  /** Account id of the registrar. */
  by: string
  command: ObjectCommand
  /** Whether the client named the namespace at login, or used it since: no answer holds one that it did not. */
  speaks(uri: string): boolean
}

/** The command's extension element of that namespace, or null. */
export const extensionOf = ({ command }: Call, ns: string): XmlElement | null =>
  command.extensions.find((extension) => extension.ns === ns) ?? null
