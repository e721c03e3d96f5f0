import type { XmlNode } from '../../epp/xml.ts'

/**
 * A command that is not carried out: the result code (RFC 5730 section 3) and why, in words for the person who sent it.
 * Thrown from wherever the fault is found; the session turns it into the answer.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: number
  /** The element at fault, quoted back (RFC 5730 section 2.6, `extValue`). Never one that holds a secret. */
  readonly about: XmlNode | null
  /** A registry's own words beside it, such as Verisign's `nsExtErrData`. */
  readonly extension: XmlNode | null

  constructor(
    code: number,
    reason: string,
    about: XmlNode | null = null,
    extension: XmlNode | null = null,
  ) {
    super(reason)
    this.code = code
    this.about = about
    this.extension = extension
  }
}

/** Throws a refusal, where an expression is wanted. */
export function refuse(code: number, reason: string, about: XmlNode | null = null): never {
  throw new Refusal(code, reason, about)
}
