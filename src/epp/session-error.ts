/**
 * Why there is no session, or none any more.
 * - `unreachable`: no connection, or it was lost.
 * - `untrusted`: TLS failed, most often a certificate that the pinned CA did not sign.
 * - `silent`: connected, and no answer within the deadline.
 * - `unreadable`: what came is no EPP.
 * - `refused`: the registry answered with `code` and closed, or took no login.
 * - `closed`: we ended it.
 */
export type SessionFault =
  | 'unreachable'
  | 'untrusted'
  | 'silent'
  | 'unreadable'
  | 'refused'
  | 'closed'

/** The end of a session, or of the attempt to open one. The message never holds a secret. */
export class SessionError extends Error {
  override readonly name = 'SessionError'
  readonly fault: SessionFault
  /** EPP result code, where the registry gave one. */
  readonly code: number | null

  constructor(fault: SessionFault, message: string, code: number | null = null) {
    super(message)
    this.fault = fault
    this.code = code
  }
}
