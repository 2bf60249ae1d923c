// Certificates for TLS tests: an authority, what it signs, and what a provisioning certificate looks like.
import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator
} from '@peculiar/x509'

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1])
}
const serverAuth = '1.3.6.1.5.5.7.3.1'
const clientAuth = '1.3.6.1.5.5.7.3.2'

/** A certificate with its key, both PEM. */
export interface Certified {
  readonly cert: string
  readonly key: string
  readonly fingerprint: string
}

export interface Wanted {
  /** DNS name; the subject's common name too. */
  readonly name: string
  readonly ends?: Date
  readonly purposes?: readonly string[]
  /** It may sign others. */
  readonly authority?: true
}

export interface Authority extends Certified {
  readonly issue: (wanted: Wanted) => Promise<Authority>
}

/** A root, signed by itself. RSA, since static RSA suites need it. */
export const root = (name: string): Promise<Authority> => certify({ name, authority: true })

async function certify(
  wanted: Wanted,
  issuer?: { certificate: X509Certificate; keys: CryptoKeyPair }
): Promise<Authority> {
  const { name, ends = new Date('2050-01-01'), purposes = [serverAuth, clientAuth], authority } = wanted
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const usage = authority
    ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign
    : KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: `01${crypto.randomUUID().replaceAll('-', '')}`,
      subject: `CN=${name}`,
      issuer: issuer?.certificate.subject ?? `CN=${name}`,
      notBefore: new Date('2020-01-01'),
      notAfter: ends,
      publicKey: keys.publicKey,
      signingKey: (issuer?.keys ?? keys).privateKey,
      signingAlgorithm: algorithm,
      extensions: [
        new BasicConstraintsExtension(authority === true, undefined, true),
        new KeyUsagesExtension(usage, true),
        ...(authority
          ? []
          : [
              new ExtendedKeyUsageExtension([...purposes]),
              new SubjectAlternativeNameExtension([{ type: 'dns', value: name }])
            ])
      ]
    },
    crypto
  )
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const digest = await crypto.subtle.digest('SHA-256', certificate.rawData)
  return {
    cert: `${certificate.toString('pem')}\n`,
    key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`,
    fingerprint: Buffer.from(digest).toString('hex'),
    issue: (next) => certify(next, { certificate, keys })
  }
}
