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

/** Makes certificates over one RSA 2048 key, made when first needed: a key takes a noticeable moment, a certificate none. */
export function certificateMaker(
  now: () => number,
  random: (n: number) => Uint8Array
): (commonName: string) => Promise<Certificate> {
  let pair: Promise<webcrypto.CryptoKeyPair> | undefined
  return async (commonName) => {
    pair ??= webcrypto.subtle.generateKey(rsa, true, ['sign', 'verify'])
    const keys = await pair
    const certificate = await X509CertificateGenerator.createSelfSigned({
      // A leading 01 keeps the serial positive and without a leading zero.
      serialNumber: `01${Buffer.from(random(15)).toString('hex')}`,
      name: [{ CN: [commonName] }, { O: ['Practice fleet'] }],
      notBefore: new Date(now() - 30 * day),
      notAfter: new Date(now() + 3650 * day),
      signingAlgorithm: rsa,
      keys: keys as Keys,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        // keyEncipherment serves the static-RSA suites old clients use; BoringSSL checks both bits.
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth])
      ]
    })
    const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
    return { certificate: certificate.toString('pem'), key: PemConverter.encode(key, 'PRIVATE KEY') }
  }
}
