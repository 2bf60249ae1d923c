// A provisioning certificate out of a file: PFX (3DES, RC2, AES) or PEM, with its key and the certificates above it.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { fail, ok, type Result } from '../../shared/problem.ts'

/** Bytes; a chain with its key is far shorter. */
export const longestProvisioningFile = 1_000_000

/** What the file holds, in no order yet. */
export interface Contents {
  readonly certificates: readonly X509Certificate[]
  readonly key: KeyObject
}

const unreadable = (why: string) => fail('provisioning-file-unreadable', { values: { why } })

const pemCertificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g
const pemKey =
  /-----BEGIN (?:RSA |EC |ENCRYPTED )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA |EC |ENCRYPTED )?PRIVATE KEY-----/

const isEncrypted = (pem: string): boolean => pem.includes('ENCRYPTED')

function keyIn(pem: string, password: string): Result<KeyObject> {
  try {
    return ok(createPrivateKey(isEncrypted(pem) ? { key: pem, passphrase: password } : pem))
  } catch {
    // Its message may quote the file.
    return isEncrypted(pem) ? fail('provisioning-password-wrong') : unreadable('Its private key is damaged.')
  }
}

function readPem(text: string, password: string): Result<Contents> {
  const [key] = pemKey.exec(text) ?? []
  const certificates = text.match(pemCertificate) ?? []
  if (certificates.length === 0) return unreadable('It holds no certificate.')
  if (key === undefined)
    return unreadable(
      'It holds certificates, but no private key: only with its key can a certificate prove who we are.'
    )
  const read = keyIn(key, password)
  if (!read.ok) return read
  try {
    return ok({ certificates: certificates.map((each) => new X509Certificate(each)), key: read.value })
  } catch {
    return unreadable('One of its certificates is damaged.')
  }
}

/** PKCS #12 by node-forge: Node's own TLS takes such files, but does not tell what is in them. Loaded when needed. */
async function readPfx(bytes: Uint8Array, password: string): Promise<Result<Contents>> {
  const { default: forge } = await import('node-forge')
  const { asn1, pki, pkcs12 } = forge
  const der = (value: Parameters<typeof asn1.toDer>[0]): Buffer => Buffer.from(asn1.toDer(value).getBytes(), 'binary')
  let parsed: ReturnType<typeof asn1.fromDer>
  try {
    parsed = asn1.fromDer(Buffer.from(bytes).toString('binary'))
  } catch {
    return unreadable('It is neither PFX nor PEM.')
  }
  try {
    const bags = pkcs12.pkcs12FromAsn1(parsed, true, password).safeContents.flatMap(({ safeBags }) => safeBags)
    const keys = bags.filter(({ type }) => type === pki.oids.pkcs8ShroudedKeyBag || type === pki.oids.keyBag)
    const [key] = keys
    if (key === undefined) return unreadable('It holds no private key: export it again with its private key.')
    // A key that is not RSA is left as it was found.
    const info = key.key ? pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(key.key)) : key.asn1
    const certificates = bags
      .filter(({ type }) => type === pki.oids.certBag)
      .map(({ cert, asn1: raw }) => new X509Certificate(der(cert ? pki.certificateToAsn1(cert) : raw)))
    if (certificates.length === 0) return unreadable('It holds no certificate.')
    return ok({ certificates, key: createPrivateKey({ key: der(info), format: 'der', type: 'pkcs8' }) })
  } catch (error) {
    const words = error instanceof Error ? error.message : ''
    // Without a MAC a wrong password shows only as garbage behind the decryption.
    return /password|MAC|decrypt/i.test(words)
      ? fail('provisioning-password-wrong')
      : unreadable('It is a PFX file of a kind that is not known here, or damaged.')
  }
}

/** Reads a file. Problems: provisioning-file-unreadable, provisioning-password-wrong. */
export async function readProvisioningFile(bytes: Uint8Array, password: string): Promise<Result<Contents>> {
  if (bytes.length > longestProvisioningFile) return unreadable('It is far too long for a certificate.')
  const text = Buffer.from(bytes).toString('latin1')
  return text.includes('-----BEGIN ') ? readPem(text, password) : readPfx(bytes, password)
}
