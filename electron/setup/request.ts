// Signing requests (PKCS #10, RFC 2986) of a device: the text it is to sign, and what comes back.
import 'reflect-metadata'
import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import {
  X509Certificate as Certificate,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Name,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension
} from '@peculiar/x509'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { KeyKind } from '../../shared/profile/keys.ts'

/** One DER element (X.690 8.1): tag, length, content. */
function element(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(content)
  const size = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex')
  const length = body.length < 0x80 ? size : Buffer.concat([Buffer.from([0x80 | size.length]), size])
  return Buffer.concat([Buffer.from([tag]), length, body])
}

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex')
const [sequence, set, attributes, bitString] = [0x30, 0x31, 0xa0, 0x03]
const version0 = bytes('020100')
/** extensionRequest, PKCS #9. */
const extensionRequest = bytes('06092a864886f70d01090e')
/** sha256WithRSAEncryption, and ecdsa-with-SHA384, which has no parameter (RFC 5758, 3.2). */
const signedWith: Readonly<Record<KeyKind, Uint8Array>> = {
  rsa: bytes('300d06092a864886f70d01010b0500'),
  ecc: bytes('300a06082a8648ce3d040303')
}

/** The name and extensions that a device certificate bears. */
export const deviceName = (fqdn: string): Name => new Name([{ CN: [fqdn] }])
export const deviceExtensions = (fqdn: string, forClients: boolean) => [
  new SubjectAlternativeNameExtension([{ type: 'dns', value: fqdn }]),
  new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ...(forClients ? [ExtendedKeyUsage.clientAuth] : [])])
]
/** Usage of a certificate that proves a client (RFC 5280): in 802.1X the device is one. */
export const clientUsage: string = ExtendedKeyUsage.clientAuth

/**
 * A public key as a device tells it, DER: PKCS #1 for RSA, SubjectPublicKeyInfo for ECC (seen of AMT 22 by others, not by us).
 * Undefined for what is neither.
 */
function keyIn(publicKey: Uint8Array, type: 'pkcs1' | 'spki' = 'pkcs1'): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(publicKey), format: 'der', type })
  } catch {
    return type === 'pkcs1' ? keyIn(publicKey, 'spki') : undefined
  }
}

const curve = 'secp384r1'

/** The kind of a public key (DER); undefined for one that AMT does not make. */
export function keyKindIn(publicKey: Uint8Array): KeyKind | undefined {
  const { asymmetricKeyType, asymmetricKeyDetails } = keyIn(publicKey) ?? {}
  if (asymmetricKeyType === 'rsa') return 'rsa'
  return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === curve ? 'ecc' : undefined
}

/** The kind of key that a certificate (PEM or DER) is over. */
export const keyKindUnder = (certificate: string | Uint8Array): KeyKind | undefined =>
  keyKindIn(new X509Certificate(certificate).publicKey.export({ type: 'spki', format: 'der' }))

/**
 * A request for this public key (DER, as the device tells it) that lacks nothing but its signature: NullSignedCertificateRequest.
 * `forClients`: the certificate shall prove the device in 802.1X, too.
 */
export function unsignedRequest(fqdn: string, publicKey: Uint8Array, forClients = false): Uint8Array {
  const spki = spkiOf(publicKey)
  const extensions = deviceExtensions(fqdn, forClients).map(({ rawData }) => new Uint8Array(rawData))
  const wanted = element(sequence, extensionRequest, element(set, element(sequence, ...extensions)))
  const name = new Uint8Array(deviceName(fqdn).toArrayBuffer())
  const info = element(sequence, version0, name, spki, element(attributes, wanted))
  return new Uint8Array(
    element(sequence, info, signedWith[keyKindIn(publicKey) ?? 'rsa'], element(bitString, Uint8Array.of(0)))
  )
}

/** A public key as the device tells it → SubjectPublicKeyInfo, both DER. What is no key stays as it is. */
export const spkiOf = (publicKey: Uint8Array): Uint8Array =>
  keyIn(publicKey)?.export({ type: 'spki', format: 'der' }) ?? publicKey

/** A request as the device signed it, in PEM; Problem `request-garbled` unless it is about this key and signed with it. */
export async function signedRequest(der: Uint8Array, publicKey: Uint8Array): Promise<Result<string>> {
  try {
    const request = new Pkcs10CertificateRequest(new Uint8Array(der))
    const isItsKey = Buffer.from(request.publicKey.rawData).equals(spkiOf(publicKey))
    return isItsKey && (await request.verify()) ? ok(request.toString('pem')) : fail('request-garbled')
  } catch {
    return fail('request-garbled')
  }
}

/** With which hash a certificate (PEM) was signed, as Web Crypto calls it; undefined where that cannot be told. */
export function signatureHash(pem: string): string | undefined {
  const { signatureAlgorithm } = new Certificate(pem)
  return typeof signatureAlgorithm.hash === 'object' && 'name' in signatureAlgorithm.hash
    ? signatureAlgorithm.hash.name
    : undefined
}
