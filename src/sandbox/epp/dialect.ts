import type { XmlNode } from '../../epp/xml.ts'
import type { SandboxDomain, Standing } from '../registry.ts'
import type { AskedName } from './asked-name.ts'
import type { Call } from './call.ts'

/**
 * In what one registry differs from the RFCs. Where a registry's own schema is not published, the wire form follows what
 * client libraries in use send and read; each dialect says so at its head.
 */
export type Dialect = {
  /** Extension namespaces of the greeting, beside those that every registry has. */
  extensions: readonly string[]
  /** Contacts of a create: refused, allowed, or as many as the policy says. */
  contacts: 'none' | 'optional' | 'required'
  /** Most contacts of a type, where the registry has a limit of its own. */
  mostContacts: Readonly<Partial<Record<'admin' | 'tech' | 'billing', number>>>
  /** Name servers as host objects, or as attributes of the domain (RFC 5731 section 1.1). */
  hosts: 'objects' | 'attributes'
  /** How fine the registry's dates are. */
  dates: 'seconds' | 'milliseconds'
  /** Looks at a domain command before anything else does. @throws Refusal for what this registry does not take. */
  inspect(call: Call): void
  /** Why a name is not to be had, in the registry's own words; at most 32 characters (eppcom `reasonBaseType`). */
  reason(standing: Exclude<Standing, { kind: 'free' }>): string
  /** What the answer to a check carries beside the standard data. */
  checked(call: Call, names: readonly CheckedName[]): readonly (XmlNode | null)[]
  /** What the answer to an info carries beside the standard data. */
  told(call: Call, asked: AskedName, domain: SandboxDomain): readonly (XmlNode | null)[]
  /** What the answer to a transform carries. */
  stamp(call: Call, asked: AskedName): XmlNode | null
  /** Onsite contacts of a create or update, which the schema of RFC 5731 has no type for. */
  onsite(call: Call, part: 'create' | 'add' | 'rem'): readonly string[]
}

/** A name of a check as typed; `asked` is null where it is no name of this registry, with why. */
export type CheckedName = { typed: string } & (
  | { asked: AskedName; standing: Standing }
  | { asked: null; reason: string }
)

/** An instant as the registry prints it: whole seconds at the gTLDs, finer at .fr, .eu and .be. */
export const printDate = ({ dates }: Dialect, at: Date): string =>
  dates === 'seconds' ? at.toISOString().replace(/\.\d+Z$/, 'Z') : at.toISOString()
