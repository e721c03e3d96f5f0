/**
 * Why there is no session.
 * - `unreachable`: no connection, or it was lost before the login was answered.
 * - `untrusted`: TLS failed, most often a certificate that the pinned CA did not sign.
 * - `silent`: connected, and no answer within the deadline.
 * - `unreadable`: what came is no EPP.
 * - `refused`: the registry answered the login with `code`.
 * - `aborted`: the caller gave up.
 */
export type SessionFault =
  | 'unreachable'
  | 'untrusted'
  | 'silent'
  | 'unreadable'
  | 'refused'
  | 'aborted'

/** A session that could not be opened. The message never holds a secret. */
export class SessionError extends Error {
  override readonly name = 'SessionError'
  readonly fault: SessionFault
  /** EPP result code of a refused login. */
  readonly code: number | null

  constructor(fault: SessionFault, message: string, code: number | null = null) {
    super(message)
    this.fault = fault
    this.code = code
  }
}
