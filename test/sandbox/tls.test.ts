import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, createServer } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listen } from '../../src/sandbox/listen.ts'
import { openCertificates } from '../../src/sandbox/tls.ts'
import { openTemporaryFolder } from '../support/temporary.ts'

const DAY = 86_400_000
async function temporaryFolder() {
  const { path, remove } = await openTemporaryFolder()
  onTestFinished(remove)
  return path
}

describe('the sandbox’s certificates', () => {
  it.each([{ host: '127.0.0.1', servername: 'localhost' }, { host: '127.0.0.1' }])(
    'satisfy a client that trusts the authority and asks for %j',
    async (wanted) => {
      const { ca, key, cert } = await openCertificates(await temporaryFolder())
      const server = createServer({ key, cert })
      onTestFinished(() => void server.close())
      const port = await listen(server)
      const authorized = await new Promise((resolve, reject) => {
        const socket = connect({ ...wanted, port, ca: readFileSync(ca) }, () => {
          resolve(socket.authorized)
          socket.destroy()
        })
        socket.on('error', reject)
      })
      expect(authorized).toBe(true)
    },
  )

  it('are signed by the authority, which cannot be mistaken for a server', async () => {
    const { ca, cert } = await openCertificates(await temporaryFolder())
    const authority = new X509Certificate(readFileSync(ca))
    const server = new X509Certificate(cert)
    expect(authority.ca).toBe(true)
    expect(server.ca).toBe(false)
    expect(server.verify(authority.publicKey)).toBe(true)
    expect(server.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1')
  })

  it('are kept between starts, for their owner’s eyes only', async () => {
    const folder = await temporaryFolder()
    const first = await openCertificates(folder)
    expect(await openCertificates(folder)).toEqual(first)
    for (const file of ['ca.pem', 'server.pem', 'server-key.pem'])
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
  })

  it('are made anew a month before they expire, and when a file is damaged', async () => {
    const folder = await temporaryFolder()
    const now = Date.now()
    const first = await openCertificates(folder, new Date(now))
    expect(await openCertificates(folder, new Date(now + 330 * DAY))).toEqual(first)
    const second = await openCertificates(folder, new Date(now + 340 * DAY))
    expect(second.cert).not.toBe(first.cert)
    writeFileSync(join(folder, 'server.pem'), 'torn')
    const third = await openCertificates(folder)
    expect(new X509Certificate(third.cert).ca).toBe(false)
  })
})
