// The certificate store of a device: what is in it, which certificate TLS shows, and over which key pair each one is.
import { X509Certificate } from 'node:crypto'
import { ok, type Result } from '../../../shared/problem.ts'
import { fingerprintOf } from '../../setup/authority.ts'
import { publicKeyCertificate } from '../../wsman/amt/publicKeyCertificate.ts'
import { publicPrivateKeyPair } from '../../wsman/amt/publicPrivateKeyPair.ts'
import { tlsCredentialContext } from '../../wsman/amt/tlsCredentialContext.ts'
import type { Device } from '../../wsman/client.ts'

/** A certificate in the store of a device. */
export interface StoredCertificate {
  readonly id: string
  readonly der: Uint8Array
  /** SHA-256 of the DER form, lower-case hex. */
  readonly fingerprint: string
  readonly subject: string
  readonly isRoot: boolean
}

/** A key pair in the store of a device; only its public half is ever seen. */
export interface StoredKey {
  readonly id: string
  /** PKCS #1, DER. */
  readonly publicKey: Uint8Array
  readonly fingerprint: string
}

/**
 * The public key of a certificate as AMT tells that of a key pair: PKCS #1 for RSA; that others come as SubjectPublicKeyInfo
 * is believed. Undefined when it cannot be read.
 */
export function keyOf(certificate: Uint8Array | undefined): string | undefined {
  try {
    if (!certificate) return undefined
    const { publicKey } = new X509Certificate(Buffer.from(certificate))
    const type = publicKey.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'spki'
    return publicKey.export({ type, format: 'der' }).toString('base64')
  } catch {
    return undefined
  }
}

export async function storedCertificates(device: Device): Promise<Result<readonly StoredCertificate[]>> {
  const all = await publicKeyCertificate.enumerate(device)
  if (!all.ok) return all
  return ok(
    all.value.map(
      ({ values: { InstanceID, X509Certificate: der = new Uint8Array(), Subject, TrustedRootCertficate } }) => ({
        id: InstanceID,
        der,
        fingerprint: fingerprintOf(der),
        subject: Subject || InstanceID,
        isRoot: TrustedRootCertficate === true
      })
    )
  )
}

export async function storedKeys(device: Device): Promise<Result<readonly StoredKey[]>> {
  const all = await publicPrivateKeyPair.enumerate(device)
  if (!all.ok) return all
  return ok(
    all.value.flatMap(({ values: { InstanceID, DERKey } }) =>
      DERKey ? [{ id: InstanceID, publicKey: DERKey, fingerprint: fingerprintOf(DERKey) }] : []
    )
  )
}

/** The certificate that TLS shows, or will show after the next commit; undefined when none is chosen. */
export async function shownCertificate(device: Device): Promise<Result<StoredCertificate | undefined>> {
  const contexts = await tlsCredentialContext.enumerate(device)
  if (!contexts.ok) return contexts
  const [first] = contexts.value
  if (!first) return ok(undefined)
  const all = await storedCertificates(device)
  if (!all.ok) return all
  const id = first.values.ElementInContext.selectors.InstanceID
  return ok(all.value.find((each) => each.id === id))
}
