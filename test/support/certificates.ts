import 'reflect-metadata'
import * as x509 from '@peculiar/x509'

/** A server certificate for 127.0.0.1 and localhost with the CA that signed it, in PEM. */
export type Certificates = { ca: string; cert: string; key: string }

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const VALID = { notBefore: new Date('2020-01-01'), notAfter: new Date('2100-01-01') }

/** Makes a CA of its own and a server certificate under it. */
export async function makeCertificates(): Promise<Certificates> {
  x509.cryptoProvider.set(crypto)
  const newKeys = () => crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const [caKeys, keys] = await Promise.all([newKeys(), newKeys()])
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=Test CA',
    ...VALID,
    signingAlgorithm: ALGORITHM,
    keys: caKeys,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  })
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: '02',
    subject: 'CN=localhost',
    issuer: ca.subject,
    ...VALID,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new x509.SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
  })
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return {
    ca: ca.toString('pem'),
    cert: cert.toString('pem'),
    key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
  }
}
