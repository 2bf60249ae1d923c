// Signing requests (PKCS #10, RFC 2986) of a device: the text it is to sign, and what comes back.
import 'reflect-metadata'
import { createPublicKey } from 'node:crypto'
import {
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Name,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension
} from '@peculiar/x509'
import { fail, ok, type Result } from '../../shared/problem.ts'

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
const sha256WithRsa = bytes('300d06092a864886f70d01010b0500')

/** The name and extensions that a device certificate bears. */
export const deviceName = (fqdn: string): Name => new Name([{ CN: [fqdn] }])
export const deviceExtensions = (fqdn: string, forClients: boolean) => [
  new SubjectAlternativeNameExtension([{ type: 'dns', value: fqdn }]),
  new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth, ...(forClients ? [ExtendedKeyUsage.clientAuth] : [])])
]
/** Usage of a certificate that proves a client (RFC 5280): in 802.1X the device is one. */
export const clientUsage: string = ExtendedKeyUsage.clientAuth

/**
 * A request for this public key (PKCS #1, DER) that lacks nothing but its signature: NullSignedCertificateRequest.
 * `forClients`: the certificate shall prove the device in 802.1X, too.
 */
export function unsignedRequest(fqdn: string, publicKey: Uint8Array, forClients = false): Uint8Array {
  const spki = spkiOf(publicKey)
  const extensions = deviceExtensions(fqdn, forClients).map(({ rawData }) => new Uint8Array(rawData))
  const wanted = element(sequence, extensionRequest, element(set, element(sequence, ...extensions)))
  const name = new Uint8Array(deviceName(fqdn).toArrayBuffer())
  const info = element(sequence, version0, name, spki, element(attributes, wanted))
  return new Uint8Array(element(sequence, info, sha256WithRsa, element(bitString, Uint8Array.of(0))))
}

/** PKCS #1 → SubjectPublicKeyInfo, both DER. */
export const spkiOf = (publicKey: Uint8Array): Uint8Array =>
  createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'pkcs1' }).export({ type: 'spki', format: 'der' })

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
