import { request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { isIP } from 'node:net'
import { isPublic, lookupPublic, PrivateAddress } from './public-address.ts'

export type PostOptions = {
  /** Loopback and private addresses may be posted to (sandbox), or never (live). */
  allowPrivate: boolean
  /** Connecting, sending and the answer's status line together may take this long. */
  deadlineMs: number
  signal: AbortSignal
}

/**
 * Posts a body and tells the status of the answer, of which nothing else is read. Redirects are not followed.
 * @throws PrivateAddress, or an Error that says in a few words why there was no answer.
 */
export function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  { allowPrivate, deadlineMs, signal }: PostOptions,
): Promise<number> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!allowPrivate && isIP(host) !== 0 && !isPublic(host))
    return Promise.reject(new PrivateAddress(`${host} is a private address`))
  // A deadline on the network is one of the wall, whatever clock Vigie lives by.
  const deadline = AbortSignal.timeout(deadlineMs)
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestTls : requestPlain
    const request = send(url, {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      signal: AbortSignal.any([deadline, signal]),
      ...(allowPrivate ? {} : { lookup: lookupPublic }),
    })
    request.on('response', (answer) => {
      answer.on('error', () => {})
      answer.destroy()
      resolve(answer.statusCode ?? 0)
    })
    request.on('error', (fault: NodeJS.ErrnoException) => {
      if (signal.aborted) return reject(signal.reason)
      if (deadline.aborted)
        return reject(new Error(`no answer within ${deadlineMs / 1000} seconds`))
      return reject(
        fault instanceof PrivateAddress ? fault : new Error(fault.code ?? fault.message),
      )
    })
    request.end(body)
  })
}
