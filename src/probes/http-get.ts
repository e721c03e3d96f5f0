import { type IncomingHttpHeaders, type IncomingMessage, request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { isIP } from 'node:net'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate } from 'node:zlib'
import { isPublicAddress, lookupPublic } from './public-address.ts'

export type HttpAnswer = { url: URL; status: number; headers: IncomingHttpHeaders; body: Buffer }
export type GetOptions = {
  signal: AbortSignal
  headers: Readonly<Record<string, string>>
  /** Most bytes of a body, packed and unpacked. */
  maxBytes: number
  /** Loopback and private addresses may be asked (sandbox), or never (live). */
  allowPrivate: boolean
}

const UNPACK = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const

async function unpack(body: Buffer, encoding: string | undefined, maxBytes: number) {
  const name = (encoding ?? 'identity').trim().toLowerCase()
  if (name === 'identity' || name === '' || body.length === 0) return body
  if (!(name in UNPACK)) throw new Error(`the body is packed as ${name}, which was not asked for`)
  return UNPACK[name as keyof typeof UNPACK](body, { maxOutputLength: maxBytes })
}

/**
 * One GET without following anything. Redirects are the caller's decision.
 * @throws when the host is not public in live mode, on any network fault, on a body that is cut, too long or badly packed.
 */
export async function httpGet(url: URL, options: GetOptions): Promise<HttpAnswer> {
  const { signal, headers, maxBytes, allowPrivate } = options
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new Error(`refused: ${url.protocol} is no way to ask`)
  if (!allowPrivate && isIP(literal) && !isPublicAddress(literal))
    throw new Error(`refused: ${literal} is not a public address`)
  const send = url.protocol === 'https:' ? secure : plain

  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const request = send(url, {
      signal,
      headers: { 'accept-encoding': 'gzip, deflate', ...headers },
      ...(allowPrivate ? {} : { lookup: lookupPublic }),
    })
    request.on('response', resolve)
    request.on('error', reject)
    request.end()
  })
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw new Error(`the body exceeds ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  const packed = Buffer.concat(chunks)
  const body = await unpack(packed, response.headers['content-encoding'], maxBytes)
  return { url, status: response.statusCode ?? 0, headers: response.headers, body }
}
