import { X509Certificate as NodeCertificate, webcrypto } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DAY_MS } from './duration.ts'

/** A server's key and certificate (PEM), and the file of the authority that signed it. */
export type Certificates = { ca: string; key: string; cert: string }

const VALID_DAYS = 365
/** Renewed when less is left. */
const LEAST_DAYS = 30
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/**
 * The sandbox's own authority and its certificate for localhost and 127.0.0.1: made once, kept in the folder with mode
 * 0600, made anew together when either is about to expire. `now` is the host's time, since certificates are checked by it.
 */
export async function openCertificates(stateDir: string, now = new Date()): Promise<Certificates> {
  const file = (name: string) => join(stateDir, name)
  const files = { ca: file('ca.pem'), key: file('server-key.pem'), cert: file('server.pem') }
  if (!Object.values(files).every((path) => existsSync(path) && isFresh(path, now))) {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 })
    const made = await makeCertificates(now)
    for (const name of ['ca', 'key', 'cert'] as const) {
      writeFileSync(`${files[name]}.new`, made[name], { mode: 0o600 })
      renameSync(`${files[name]}.new`, files[name])
    }
  }
  const read = (path: string) => readFileSync(path, 'utf8')
  return { ca: files.ca, key: read(files.key), cert: read(files.cert) }
}

/** A damaged file is as good as none; a key does not expire. */
function isFresh(path: string, now: Date): boolean {
  if (path.endsWith('key.pem')) return true
  try {
    const { validTo } = new NodeCertificate(readFileSync(path))
    return Date.parse(validTo) - now.getTime() > LEAST_DAYS * DAY_MS
  } catch {
    return false
  }
}

/**
 * A library below `@peculiar/x509` refuses to load without the Reflect metadata API, although no class of it that we use
 * has any metadata: an API that knows none will do.
 */
async function loadX509() {
  if (!('getMetadata' in Reflect)) {
    const knowsNone = () => undefined
    Object.assign(Reflect, {
      getMetadata: knowsNone,
      getOwnMetadata: knowsNone,
      defineMetadata: knowsNone,
    })
  }
  return import('@peculiar/x509')
}

async function makeCertificates(now: Date): Promise<Certificates> {
  const x509 = await loadX509()
  const { subtle } = webcrypto
  const pair = () => subtle.generateKey(ECDSA, true, ['sign', 'verify'])
  const [authority, server] = await Promise.all([pair(), pair()])
  const term = {
    notBefore: new Date(now.getTime() - DAY_MS),
    notAfter: new Date(now.getTime() + VALID_DAYS * DAY_MS),
    signingAlgorithm: ECDSA,
  }
  const issuer = 'CN=Vigie sandbox authority'
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...term,
    serialNumber: webcrypto.randomUUID().replaceAll('-', ''),
    name: issuer,
    keys: authority,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(authority.publicKey),
    ],
  })
  const cert = await x509.X509CertificateGenerator.create({
    ...term,
    serialNumber: webcrypto.randomUUID().replaceAll('-', ''),
    issuer,
    subject: 'CN=localhost',
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(server.publicKey),
    ],
  })
  const der = Buffer.from(await subtle.exportKey('pkcs8', server.privateKey)).toString('base64')
  const key = `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`
  return { ca: `${ca.toString('pem')}\n`, key, cert: `${cert.toString('pem')}\n` }
}
