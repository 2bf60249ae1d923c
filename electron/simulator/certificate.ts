// Makes the self-signed TLS certificates of practice devices, like the ones AMT makes for itself at the factory.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  type X509CertificateCreateSelfSignedParams,
  X509CertificateGenerator
} from '@peculiar/x509'
import type { KeyKind } from './generations.ts'
import type { Certificate } from './state.ts'

const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1])
} as const

/** Key pairs are typed by the DOM there and by Node here, and are the same thing. */
type Keys = X509CertificateCreateSelfSignedParams['keys']

const day = 86_400_000

const ecc = { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' } as const
const algorithms = { rsa, ecc } as const

// keyEncipherment serves the static-RSA suites old clients use; BoringSSL checks both bits.
const usages: Readonly<Record<KeyKind, KeyUsageFlags>> = {
  rsa: KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment,
  ecc: KeyUsageFlags.digitalSignature
}

const generate = (kind: KeyKind): Promise<webcrypto.CryptoKeyPair> =>
  webcrypto.subtle.generateKey(algorithms[kind], true, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>

/** Makes certificates over one key of each kind, made when first needed: a key takes a noticeable moment, a certificate none. */
export function certificateMaker(
  now: () => number,
  random: (n: number) => Uint8Array
): (commonName: string, kind: KeyKind) => Promise<Certificate> {
  const pairs: Partial<Record<KeyKind, Promise<webcrypto.CryptoKeyPair>>> = {}
  return async (commonName, kind) => {
    pairs[kind] ??= generate(kind)
    const keys = await pairs[kind]
    const certificate = await X509CertificateGenerator.createSelfSigned({
      // A leading 01 keeps the serial positive and without a leading zero.
      serialNumber: `01${Buffer.from(random(15)).toString('hex')}`,
      name: [{ CN: [commonName] }, { O: ['Practice fleet'] }],
      notBefore: new Date(now() - 30 * day),
      notAfter: new Date(now() + 3650 * day),
      signingAlgorithm: algorithms[kind],
      keys: keys as Keys,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(usages[kind], true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth])
      ]
    })
    const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
    return { certificate: certificate.toString('pem'), key: PemConverter.encode(key, 'PRIVATE KEY') }
  }
}

/** Makes keys when first needed, PKCS#8 in PEM: number n of a kind is the same for every device of a fleet. */
export function keyMaker(): (kind: KeyKind, n: number) => Promise<string> {
  const made = new Map<string, Promise<string>>()
  const make = async (kind: KeyKind): Promise<string> => {
    const { privateKey } = await generate(kind)
    return PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY')
  }
  return (kind, n) => {
    const key = made.get(`${kind}${n}`) ?? make(kind)
    made.set(`${kind}${n}`, key)
    return key
  }
}

/** What a setup server needs, all PEM: its chain (leaf first), the key of the leaf, and the root devices must know. */
export interface SetupPki {
  readonly chain: string
  readonly key: string
  readonly root: string
}

/** Makes a root of its own and a provisioning certificate below it, for a computer of this domain. */
export async function setupPki(
  domain: string,
  now: () => number,
  random: (n: number) => Uint8Array
): Promise<SetupPki> {
  const serialNumber = (): string => `01${Buffer.from(random(15)).toString('hex')}`
  const dates = { notBefore: new Date(now() - 30 * day), notAfter: new Date(now() + 3650 * day) }
  const [rootKeys, leafKeys] = await Promise.all([
    webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify']),
    webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify'])
  ])
  const rootName = [{ CN: ['Practice Provisioning Root'] }, { O: ['Practice fleet'] }]
  const root = await X509CertificateGenerator.createSelfSigned({
    ...dates,
    serialNumber: serialNumber(),
    name: rootName,
    signingAlgorithm: rsa,
    keys: rootKeys as Keys,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true)
    ]
  })
  const leaf = await X509CertificateGenerator.create({
    ...dates,
    serialNumber: serialNumber(),
    subject: [{ CN: [`setup.${domain}`] }, { OU: ['Intel(R) Client Setup Certificate'] }],
    issuer: rootName,
    signingAlgorithm: rsa,
    signingKey: rootKeys.privateKey as Keys['privateKey'],
    publicKey: leafKeys.publicKey as Keys['publicKey'],
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      new ExtendedKeyUsageExtension([
        ExtendedKeyUsage.serverAuth,
        ExtendedKeyUsage.clientAuth,
        '2.16.840.1.113741.1.2.3'
      ])
    ]
  })
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', leafKeys.privateKey), 'PRIVATE KEY')
  const rootPem = root.toString('pem')
  return { chain: `${leaf.toString('pem')}\n${rootPem}\n`, key: `${key}\n`, root: `${rootPem}\n` }
}
