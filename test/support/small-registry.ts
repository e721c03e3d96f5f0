import { NS } from '../../src/epp/namespaces.ts'
import { child, children, parseXml, textOf, type XmlElement } from '../../src/epp/xml.ts'
import { type Behaviour, clTRIDOf, response } from './fake-registry.ts'

/**
 * Books of the smallest registry that keeps to RFC 5731 and 5733: who holds which name, and which contacts there are.
 * Another reading of the RFCs than the sandbox's, so that the client is not tried on one alone.
 */
export function smallRegistry(holders: Map<string, string>, account: string): Behaviour {
  const contacts = new Set<string>()
  const at = new Date('2026-11-30T19:00:00Z').toISOString()
  const result = (command: XmlElement): [code: number, data?: string] => {
    const verb = command.children[0]!
    const object = verb.children[0]
    if (!object || !['check', 'info', 'create'].includes(verb.name)) return [1000]
    const isContact = object.ns === NS.contact
    const key = textOf(object, isContact ? 'id' : 'name') ?? ''
    const known = isContact ? contacts.has(key) : holders.has(key)
    if (verb.name === 'check') {
      const tag = isContact ? 'id' : 'name'
      const has = (id: string) => (isContact ? contacts.has(id) : holders.has(id))
      const cds = children(object, tag).map(
        ({ text }) => `<cd><${tag} avail="${has(text) ? 0 : 1}">${text}</${tag}></cd>`,
      )
      return [1000, `<chkData xmlns="${object.ns}">${cds.join('')}</chkData>`]
    }
    if (verb.name === 'create') {
      if (known) return [2302]
      if (isContact) contacts.add(key)
      else holders.set(key, account)
      const tag = isContact ? 'id' : 'name'
      return [
        1000,
        `<creData xmlns="${object.ns}"><${tag}>${key}</${tag}><crDate>${at}</crDate></creData>`,
      ]
    }
    if (!known) return [2303]
    const holder = holders.get(key)
    return [
      1000,
      `<infData xmlns="${object.ns}"><name>${key}</name><roid>D-1</roid><status s="ok"/><clID>${holder}</clID><crID>${holder}</crID></infData>`,
    ]
  }
  return {
    answer(xml, peer) {
      const command = child(parseXml(xml), 'command', NS.epp)
      if (!command || child(command, 'logout')) return false
      const [code, data = ''] = result(command)
      peer.send(response(code, { clTRID: clTRIDOf(xml), data }))
      return true
    },
  }
}
