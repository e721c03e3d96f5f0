import { readFileSync } from 'node:fs'
import { createServer, type TLSSocket } from 'node:tls'
import type { Endpoint } from '../../src/epp/connection.ts'
import { encodeFrame, FrameReader } from '../../src/epp/frame.ts'
import { NS } from '../../src/epp/namespaces.ts'

/** A certificate for localhost and 127.0.0.1, valid for a century, under a CA whose key is gone. */
const pem = (file: string) =>
  readFileSync(new URL(`../fixtures/tls/${file}`, import.meta.url), 'utf8')

/** One client of a fake registry. */
export type Peer = {
  socket: TLSSocket
  /** Frames received, oldest first. */
  received: string[]
  send(xml: string): void
}

/** What a fake registry does; what is left out is done by the book. */
export type Behaviour = {
  greet?(peer: Peer): void
  /** @returns true when the frame was dealt with. */
  answer?(xml: string, peer: Peer): boolean
  extensions?: readonly string[]
  now?(): Date
}

/** PEM of the CA that signed the certificate of every server of the tests. */
export const TEST_CA = pem('ca.pem')

export type FakeRegistry = { endpoint: Endpoint; peers: Peer[]; close(): Promise<void> }

/**
 * An EPP server of some thirty lines that keeps to the RFCs and knows nothing of the sandbox: it greets, says yes to
 * everything, and closes after a logout.
 */
export async function openFakeRegistry(behaviour: Behaviour = {}): Promise<FakeRegistry> {
  const tls = { cert: pem('server.pem'), key: pem('server.key') }
  const peers: Peer[] = []
  const greetingNow = () => greeting((behaviour.now ?? (() => new Date()))(), behaviour.extensions)
  const server = createServer({ ...tls, minVersion: 'TLSv1.2' }, (socket) => {
    const peer: Peer = { socket, received: [], send: (xml) => void socket.write(encodeFrame(xml)) }
    const reader = new FrameReader(1024 * 1024)
    peers.push(peer)
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      for (const xml of reader.push(chunk)) {
        peer.received.push(xml)
        if (behaviour.answer?.(xml, peer)) continue
        if (xml.includes('<hello')) peer.send(greetingNow())
        else if (xml.includes('<logout')) {
          peer.send(response(1500, { clTRID: clTRIDOf(xml) }))
          socket.end()
        } else peer.send(response(1000, { clTRID: clTRIDOf(xml) }))
      }
    })
    if (behaviour.greet) behaviour.greet(peer)
    else peer.send(greetingNow())
  })
  server.on('tlsClientError', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    endpoint: { host: '127.0.0.1', port: address.port, ca: TEST_CA, cert: null, key: null },
    peers,
    close: () =>
      new Promise((resolve) => {
        for (const { socket } of peers) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

/** A greeting as another implementation might write it: a prefix for EPP, comments, an extension nobody knows. */
export const greeting = (at: Date, extensions: readonly string[] = [NS.rgp, 'urn:x:unknown']) =>
  `<?xml version="1.0"?><!-- hi --><e:epp xmlns:e="${NS.epp}"><e:greeting><e:svID>Fake</e:svID>` +
  `<e:svDate>${at.toISOString()}</e:svDate><e:svcMenu><e:version>1.0</e:version><e:lang>fr</e:lang><e:lang>en</e:lang>` +
  `<e:objURI>${NS.domain}</e:objURI><e:objURI>${NS.contact}</e:objURI><e:objURI>urn:x:other</e:objURI><e:svcExtension>` +
  `${extensions.map((uri) => `<e:extURI>${uri}</e:extURI>`).join('')}</e:svcExtension></e:svcMenu>` +
  '<e:dcp><e:access><e:all/></e:access><e:statement><e:purpose><e:prov/></e:purpose><e:recipient><e:ours/></e:recipient>' +
  '<e:retention><e:stated/></e:retention></e:statement></e:dcp></e:greeting></e:epp>'

/** A response; a null clTRID is not echoed. */
export const response = (
  code: number,
  {
    clTRID = null,
    message = 'as you wish',
    data = '',
    extension = '',
  }: { clTRID?: string | null; message?: string; data?: string; extension?: string } = {},
) =>
  `<epp xmlns="${NS.epp}"><response><result code="${code}"><msg>${message}</msg></result>` +
  `${data && `<resData>${data}</resData>`}${extension && `<extension>${extension}</extension>`}` +
  `<trID>${clTRID === null ? '' : `<clTRID>${clTRID}</clTRID>`}<svTRID>SV-${code}</svTRID></trID></response></epp>`

export const clTRIDOf = (xml: string): string => /<clTRID>([^<]*)/.exec(xml)?.[1] ?? ''
