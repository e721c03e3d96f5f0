import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type TLSSocket } from 'node:tls'
import { onTestFinished } from 'vitest'
import { child, parseXml, type XmlElement } from '../../../src/epp/xml.ts'
import { schemaFaults } from '../../support/xmllint.ts'

const ca = readFileSync(new URL('../../fixtures/tls/ca.pem', import.meta.url))

/** Every answer that a raw client of this test file received, for the schemas to judge. */
const heard = new Set<string>()

/** An answer taken apart as far as tests look at it. */
export type Heard = {
  xml: string
  code: number
  reason: string | null
  clTRID: string | null
  svTRID: string
  response: XmlElement
  /** First element of that name anywhere below. */
  find(name: string): XmlElement | null
  findAll(name: string): XmlElement[]
}

/** A client of some forty lines that shares nothing with the product's: bytes in, bytes out. */
export class RawClient {
  readonly socket: TLSSocket
  readonly closed: Promise<unknown>
  greeting = ''
  #bytes = Buffer.alloc(0)
  #frames: string[] = []
  #wake: (() => void) | null = null
  #isClosed = false

  constructor(socket: TLSSocket) {
    this.socket = socket
    socket.on('error', () => {})
    socket.on('data', (chunk) => this.#take(chunk))
    this.closed = once(socket, 'close').then(() => {
      this.#isClosed = true
      this.#wake?.()
    })
  }

  /** The next frame, as it came. @throws when the connection ends before. */
  async next(): Promise<string> {
    for (;;) {
      const frame = this.#frames.shift()
      if (frame !== undefined) return frame
      if (this.#isClosed) throw new Error('closed')
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  send(xml: string): void {
    const body = Buffer.from(xml)
    const head = Buffer.alloc(4)
    head.writeUInt32BE(body.length + 4)
    this.socket.write(Buffer.concat([head, body]))
  }

  async hear(): Promise<Heard> {
    return readAnswer(await this.next())
  }

  async ask(xml: string): Promise<Heard> {
    this.send(xml)
    return this.hear()
  }

  #take(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk])
    while (this.#bytes.length >= 4 && this.#bytes.length >= this.#bytes.readUInt32BE(0)) {
      const length = this.#bytes.readUInt32BE(0)
      this.#frames.push(this.#bytes.subarray(4, length).toString())
      this.#bytes = this.#bytes.subarray(length)
    }
    this.#wake?.()
  }
}

export async function openClient(port: number): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca })
  const client = new RawClient(socket)
  onTestFinished(() => void socket.destroy())
  client.greeting = await client.next()
  heard.add(client.greeting)
  return client
}

function readAnswer(xml: string): Heard {
  heard.add(xml)
  const response = parseXml(xml).children[0]!
  const findAll = (name: string): XmlElement[] => below(response).filter((e) => e.name === name)
  const find = (name: string) => findAll(name)[0] ?? null
  const trID = child(response, 'trID')!
  return {
    xml,
    code: Number(child(response, 'result')!.attributes.code),
    reason: child(child(child(response, 'result'), 'extValue'), 'reason')?.text ?? null,
    clTRID: child(trID, 'clTRID')?.text ?? null,
    svTRID: child(trID, 'svTRID')!.text,
    response,
    find,
    findAll,
  }
}

const below = (element: XmlElement): XmlElement[] =>
  element.children.flatMap((one) => [one, ...below(one)])

/** Namespaces that a published schema of ours covers. */
const PUBLISHED =
  /^(urn:ietf:params:xml:ns:(epp|domain|contact|host|rgp|secDNS|loginSec)-|urn:ietf:params:xml:ns:epp:(fee|loginSec)-)/

/**
 * What the published schemas have against the answers heard so far. Extensions that registries keep to themselves are taken
 * out first, since EPP lets nothing stand there that has no schema.
 */
export function faultsOfAnswers(): Promise<string[]> {
  const frames = [...heard].map((xml, i) => [`answer ${i}: ${xml}`, withoutPrivate(xml)] as const)
  return schemaFaults(Object.fromEntries(frames), 'all.xsd')
}

function withoutPrivate(xml: string): string {
  const answer = parseXml(xml).children[0]!
  const isPrivate = ({ ns }: XmlElement) => !PUBLISHED.test(ns)
  const whole = (part: string) => new RegExp(`<${part}>(.*)</${part}>`, 's').exec(xml)?.[0] ?? ''
  let kept = xml
  if (child(answer, 'resData')?.children.some(isPrivate)) kept = kept.replace(whole('resData'), '')
  const extensions = child(answer, 'extension')?.children ?? []
  if (!extensions.some(isPrivate)) return kept
  // Elements of an extension stand side by side, and none holds another of its own name.
  const published = extensions
    .filter((one) => !isPrivate(one))
    .map(({ name }) => {
      const [element] = new RegExp(`<(\\w+):${name}[ >].*?</\\1:${name}>`, 's').exec(
        whole('extension'),
      )!
      return element
    })
  const left = published.length > 0 ? `<extension>${published.join('')}</extension>` : ''
  return kept.replace(whole('extension'), left)
}
