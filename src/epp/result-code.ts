/** What a result means to somebody who sent `<create>`. */
export type CreateOutcome =
  | 'created'
  /** 1001: the verdict comes later. */
  | 'create-pending'
  /** 2302: too early, beaten, or ours by an unanswered shot; `info` tells. */
  | 'exists'
  /** Not answered, 2400, 2500: the command may have been executed. */
  | 'undetermined'
  /** 2502 and the like: it never reached the registry's books. */
  | 'no-session'
  | 'refused'

type ResultCode = { text: string; create: CreateOutcome }

/** The result codes with their standard texts (RFC 5730 section 3). */
const RESULT_CODES: ReadonlyMap<number, ResultCode> = new Map([
  [1000, { text: 'Command completed successfully', create: 'created' }],
  // The verdict comes later, by `<poll>`.
  [1001, { text: 'Command completed successfully; action pending', create: 'create-pending' }],
  // These three never answer a create; whoever gets one knows nothing of its create.
  [1300, { text: 'Command completed successfully; no messages', create: 'undetermined' }],
  [1301, { text: 'Command completed successfully; ack to dequeue', create: 'undetermined' }],
  [1500, { text: 'Command completed successfully; ending session', create: 'undetermined' }],
  [2000, { text: 'Unknown command', create: 'refused' }],
  [2001, { text: 'Command syntax error', create: 'refused' }],
  // Out of sequence: a create before the login, or after the registry forgot it.
  [2002, { text: 'Command use error', create: 'no-session' }],
  [2003, { text: 'Required parameter missing', create: 'refused' }],
  [2004, { text: 'Parameter value range error', create: 'refused' }],
  [2005, { text: 'Parameter value syntax error', create: 'refused' }],
  [2100, { text: 'Unimplemented protocol version', create: 'refused' }],
  [2101, { text: 'Unimplemented command', create: 'refused' }],
  [2102, { text: 'Unimplemented option', create: 'refused' }],
  [2103, { text: 'Unimplemented extension', create: 'refused' }],
  [2104, { text: 'Billing failure', create: 'refused' }],
  [2105, { text: 'Object is not eligible for renewal', create: 'refused' }],
  [2106, { text: 'Object is not eligible for transfer', create: 'refused' }],
  [2200, { text: 'Authentication error', create: 'no-session' }],
  [2201, { text: 'Authorization error', create: 'refused' }],
  [2202, { text: 'Invalid authorization information', create: 'refused' }],
  [2300, { text: 'Object pending transfer', create: 'refused' }],
  [2301, { text: 'Object not pending transfer', create: 'refused' }],
  // Too early, beaten, or ours by an unanswered shot: `info` tells.
  [2302, { text: 'Object exists', create: 'exists' }],
  // A contact or host of the create is not there.
  [2303, { text: 'Object does not exist', create: 'refused' }],
  [2304, { text: 'Object status prohibits operation', create: 'refused' }],
  [2305, { text: 'Object association prohibits operation', create: 'refused' }],
  [2306, { text: 'Parameter value policy error', create: 'refused' }],
  [2307, { text: 'Unimplemented object service', create: 'refused' }],
  [2308, { text: 'Data management policy violation', create: 'refused' }],
  // The command may have been executed.
  [2400, { text: 'Command failed', create: 'undetermined' }],
  [2500, { text: 'Command failed; server closing connection', create: 'undetermined' }],
  [2501, { text: 'Authentication error; server closing connection', create: 'no-session' }],
  // A session we forgot is open.
  [2502, { text: 'Session limit exceeded; server closing connection', create: 'no-session' }],
])

/** The standard text, or a plain one for a code that RFC 5730 does not have. */
export const resultText = (code: number): string =>
  RESULT_CODES.get(code)?.text ?? `Result code ${code}`

/** Whether RFC 5730 has the code. */
export const isResultCode = (code: number): boolean => RESULT_CODES.has(code)

/** 1xxx: the command was accepted. */
export const isSuccess = (code: number): boolean => code >= 1000 && code < 2000

/** 1500 and 25xx: the server closes the connection behind this answer. */
export const endsSession = (code: number): boolean => code === 1500 || (code >= 2500 && code < 2600)

/**
 * What a result code means to somebody who sent `<create>`; null is no answer. A code that RFC 5730 does not have is a
 * refusal when it is one of failure, and says nothing otherwise.
 */
export function createOutcome(code: number | null): CreateOutcome {
  if (code === null) return 'undetermined'
  const known = RESULT_CODES.get(code)
  if (known) return known.create
  return code >= 2000 && code < 3000 ? 'refused' : 'undetermined'
}
