// Keys and certificates for the simulator's tests, made by the same library the setup of this project uses.
import 'reflect-metadata'
import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  PemConverter,
  Pkcs10CertificateRequestGenerator,
  X509CertificateGenerator
} from '@peculiar/x509'

const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1])
} as const

const ecc = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' } as const

/** How a key of this kind signs here: RSA with SHA-256, ECC with SHA-384. */
const algorithmOf = (pem: string) => (createPrivateKey(pem).asymmetricKeyType === 'ec' ? ecc : rsa)

type Keys = NonNullable<Parameters<typeof X509CertificateGenerator.createSelfSigned>[0]>['keys']

const der = (pem: string): Buffer => Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')

/** An RSA 2048 key, or one over P-384; PKCS#8 in PEM. */
export async function madeKey(kind: 'rsa' | 'ecc' = 'rsa'): Promise<string> {
  const algorithm = kind === 'rsa' ? rsa : ecc
  const made = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const { privateKey } = made as webcrypto.CryptoKeyPair
  return PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY')
}

async function pairOf(pem: string): Promise<Keys> {
  const algorithm = algorithmOf(pem)
  const privateKey = await webcrypto.subtle.importKey('pkcs8', der(pem), algorithm, true, ['sign'])
  const { n, e, kty, crv, x, y } = await webcrypto.subtle.exportKey('jwk', privateKey)
  const half = (kty === 'RSA' ? { n, e, kty } : { crv, x, y, kty }) as webcrypto.JsonWebKey
  const publicKey = await webcrypto.subtle.importKey('jwk', half, algorithm, true, ['verify'])
  return { privateKey, publicKey } as unknown as Keys
}

interface Made {
  readonly pem: string
  /** Base64 DER. */
  readonly der: string
  readonly sha256: string
}

/** A certificate over a key; signed by itself, or by an issuer. `usages`: object identifiers. */
export async function madeCertificate(
  name: string,
  key: string,
  more: { readonly issuer?: { readonly name: string; readonly key: string }; readonly usages?: readonly string[] } = {}
): Promise<Made> {
  const keys = await pairOf(key)
  const issuer = more.issuer ?? { name, key }
  const issuerKeys = await pairOf(issuer.key)
  const certificate = await X509CertificateGenerator.create({
    serialNumber: `01${Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString('hex')}`,
    subject: `CN=${name}`,
    issuer: `CN=${issuer.name}`,
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 86_400_000),
    signingAlgorithm: algorithmOf(issuer.key),
    publicKey: keys.publicKey,
    signingKey: issuerKeys.privateKey,
    extensions: [
      new BasicConstraintsExtension(more.issuer === undefined, undefined, true),
      ...(more.usages ? [new ExtendedKeyUsageExtension([...more.usages])] : [])
    ]
  })
  const pem = certificate.toString('pem')
  const read = new X509Certificate(pem)
  return { pem, der: read.raw.toString('base64'), sha256: read.fingerprint256.replaceAll(':', '').toLowerCase() }
}

/** A signing request over a key, base64, as its signer wrote it. */
export async function madeRequest(name: string, key: string): Promise<string> {
  const keys = await pairOf(key)
  const signingAlgorithm = algorithmOf(key)
  const request = await Pkcs10CertificateRequestGenerator.create({ name: `CN=${name}`, keys, signingAlgorithm })
  return Buffer.from(request.rawData).toString('base64')
}
