// Certificates as firmware judges them: names, chains of a setup server, signatures, and signing requests.
import { createHash, createPrivateKey, createPublicKey, createSign, createVerify, X509Certificate } from 'node:crypto'

/** Intel's usage for provisioning certificates, and the organisational unit older ones carry instead. */
const setupUsage = '2.16.840.1.113741.1.2.3'
const setupUnit = 'Intel(R) Client Setup Certificate'

/** Reads base64 or raw DER; `undefined` when it is no certificate. */
export function readCertificate(der: string | Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(typeof der === 'string' ? Buffer.from(der, 'base64') : Buffer.from(der))
  } catch {
    return undefined
  }
}

/** The SHA-256 thumbprint of a root from the bytes of a file, PEM or DER; of several the last that signed itself. */
export function rootOf(file: Buffer): string | undefined {
  const texts = file.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  const read = texts ? texts.map((each) => new X509Certificate(each)) : [readCertificate(file)]
  const root = read.findLast((each) => each?.issuer === each?.subject)
  return root && createHash('sha256').update(root.raw).digest('hex')
}

/** A name as AMT reports it: most general part first, `C=…,O=…,CN=…`. */
export const nameOf = (lines: string): string => lines.split('\n').reverse().join(',')

const partOf = (lines: string, key: string): string =>
  lines
    .split('\n')
    .find((each) => each.startsWith(`${key}=`))
    ?.slice(key.length + 1) ?? ''

/** The common name of a certificate's subject. */
export const commonName = (certificate: X509Certificate): string => partOf(certificate.subject, 'CN')

/** True when each certificate is signed by the next and the last one by itself. */
function isChain(chain: readonly X509Certificate[]): boolean {
  return (
    chain.length > 0 &&
    chain.every((each, at) => {
      const issuer = chain[at + 1] ?? each
      return each.issuer === issuer.subject && each.verify(issuer.publicKey)
    })
  )
}

const thumbprints = (certificate: X509Certificate): readonly string[] =>
  ['sha1', 'sha256', 'sha384'].map((name) => createHash(name).update(certificate.raw).digest('hex'))

/** True for a name that is the suffix or ends in it behind a dot, in any case. */
export const hasSuffix = (name: string, suffix: string): boolean =>
  name.toLowerCase() === suffix.toLowerCase() || name.toLowerCase().endsWith(`.${suffix.toLowerCase()}`)

/** Why a setup server's chain (leaf first) is not trusted; `undefined` when it is. Dates are not looked at: no clock yet. */
export function refusedChain(
  chain: readonly X509Certificate[],
  trust: { readonly roots: readonly string[]; readonly dnsSuffix: string }
): string | undefined {
  const [leaf] = chain
  const root = chain.at(-1)
  if (!leaf || !root || chain.length < 2) return 'no chain of a leaf and its issuers'
  if (!isChain(chain)) return 'signatures do not lead from the leaf to the root'
  if (!thumbprints(root).some((each) => trust.roots.includes(each))) return 'the root is not in the list'
  // Node calls the extended usages `keyUsage`.
  if (!leaf.keyUsage?.includes(setupUsage) && partOf(leaf.subject, 'OU') !== setupUnit) return 'not a setup certificate'
  if (trust.dnsSuffix !== '' && !hasSuffix(commonName(leaf), trust.dnsSuffix)) return 'made for another domain'
  return undefined
}

/** True when a client certificate leads to one of these roots (base64 DER) and its name has one of the suffixes, if any. */
export function isTrustedClient(
  chain: readonly X509Certificate[],
  roots: readonly string[],
  names: readonly string[]
): boolean {
  const [leaf] = chain
  const last = chain.at(-1)
  if (
    !leaf ||
    !last ||
    !chain.slice(0, -1).every((each, at) => each.verify(chain[at + 1]?.publicKey ?? each.publicKey))
  )
    return false
  const known = roots.flatMap((each) => readCertificate(each) ?? [])
  const leads = known.some((root) => last.issuer === root.subject && last.verify(root.publicKey))
  return leads && (names.length === 0 || names.some((each) => hasSuffix(commonName(leaf), each)))
}

/** True when `signature` (base64; RSA PKCS#1 v1.5, or ECDSA) is the leaf's over both nonces. */
export function isSigned(leaf: X509Certificate, nonces: Uint8Array, hash: string, signature: string): boolean {
  return createVerify(hash).update(nonces).verify(leaf.publicKey, signature, 'base64')
}

/** The public key as AMT reports it, in base64: PKCS#1 for RSA. That ECC keys come as SubjectPublicKeyInfo is believed. */
export function publicKeyOf(privateKey: string): string {
  const key = createPublicKey(privateKey)
  const type = key.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'spki'
  return key.export({ format: 'der', type }).toString('base64')
}

/** True for a certificate over an RSA key of no more than 2048 bits. */
export function isShortRsa({ publicKey }: X509Certificate): boolean {
  const { modulusLength = Number.POSITIVE_INFINITY } = publicKey.asymmetricKeyDetails ?? {}
  return publicKey.asymmetricKeyType === 'rsa' && modulusLength <= 2048
}

/** The outer signatureAlgorithm (RFC 5280, 4.1.1.2) of SHA-256, with RSA and with ECDSA, as DER object identifiers. */
const sha256Signatures = ['2a864886f70d01010b', '2a8648ce3d040302']

/** True for a certificate signed with SHA-256. */
export function isSignedShort({ raw }: X509Certificate): boolean {
  const outer = element(raw, 0)
  const body = outer && element(raw, outer.start)
  const algorithm = body && element(raw, body.end)
  const name = algorithm && element(raw, algorithm.start)
  return name !== undefined && sha256Signatures.includes(raw.subarray(name.start, name.end).toString('hex'))
}

/** A private key in base64 PKCS#1 as PKCS#8 PEM; `undefined` when it is none. */
export function readPrivateKey(blob: string): string | undefined {
  try {
    const key = createPrivateKey({ key: Buffer.from(blob, 'base64'), format: 'der', type: 'pkcs1' })
    return key.export({ format: 'pem', type: 'pkcs8' }).toString()
  } catch {
    return undefined
  }
}

/** True when the certificate is over this key. */
export const fits = (certificate: X509Certificate, privateKey: string): boolean =>
  certificate.checkPrivateKey(createPrivateKey(privateKey))

/** One DER element: its content and where the next one starts; `undefined` when the bytes end before. */
function element(bytes: Buffer, at: number): { start: number; end: number } | undefined {
  const first = bytes[at + 1]
  if (first === undefined) return undefined
  const count = first < 0x80 ? 0 : first & 0x7f
  if (count > 3) return undefined
  const start = at + 2 + count
  const length = count === 0 ? first : bytes.subarray(at + 2, start).reduce((sum, each) => sum * 256 + each, 0)
  return start + length <= bytes.length ? { start, end: start + length } : undefined
}

function encoded(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  const size = Buffer.from(body.length.toString(16).padStart(body.length > 255 ? 4 : 2, '0'), 'hex')
  const length = body.length < 0x80 ? size : Buffer.concat([Buffer.from([0x80 | size.length]), size])
  return Buffer.concat([Buffer.from([tag]), length, body])
}

interface Signer {
  readonly hash: string
  /** The AlgorithmIdentifier, hexadecimal. */
  readonly der: string
}

/** By AMT's SigningAlgorithm: sha1-, sha256- and sha384WithRSAEncryption with their NULL parameter. */
const rsaSigners: readonly Signer[] = [
  { hash: 'sha1', der: '300d06092a864886f70d0101050500' },
  { hash: 'sha256', der: '300d06092a864886f70d01010b0500' },
  { hash: 'sha384', der: '300d06092a864886f70d01010c0500' }
]

/** ecdsa-with-SHA384 has no parameter (RFC 5758); that SigningAlgorithm 2 stands for it with an ECC key is believed. */
const eccSigners: Readonly<Record<number, Signer>> = { 2: { hash: 'sha384', der: '300a06082a8648ce3d040303' } }

/**
 * Signs a certificate request whose signature is empty (PKCS#10, base64) with a device key. `undefined` when it is no
 * request, is made for another key, or the algorithm (0 SHA-1, 1 SHA-256, 2 SHA-384) does not go with the key.
 */
export function signRequest(nullSigned: string, privateKey: string, algorithm: number): string | undefined {
  const bytes = Buffer.from(nullSigned, 'base64')
  const outer = bytes[0] === 0x30 ? element(bytes, 0) : undefined
  const info = outer && bytes[outer.start] === 0x30 ? element(bytes, outer.start) : undefined
  const publicKey = createPublicKey(privateKey)
  const signer = (publicKey.asymmetricKeyType === 'rsa' ? rsaSigners : eccSigners)[algorithm]
  if (!outer || !info || !signer) return undefined
  const body = bytes.subarray(outer.start, info.end)
  if (!body.includes(publicKey.export({ format: 'der', type: 'spki' }))) return undefined
  const signature = createSign(signer.hash).update(body).sign(privateKey)
  return encoded(0x30, body, Buffer.from(signer.der, 'hex'), encoded(0x03, Buffer.from([0]), signature)).toString(
    'base64'
  )
}

/** The attribute types a device knows by letters, as DER object identifiers. */
const attributes: Readonly<Record<string, string>> = { CN: '550403', C: '550406', O: '55040a', OU: '55040b' }

/** A certificate request (PKCS#10, base64) for a name like `CN=device,O=site`, signed with SHA-1; `undefined` for other names. */
export function writeRequest(name: string, privateKey: string): string | undefined {
  const parts = name.split(',').map((each) => /^\s*(CN|C|O|OU)=(.+)$/.exec(each))
  const sets = parts.map((each) => {
    const [, letters = '', text = ''] = each ?? []
    const type = encoded(0x06, Buffer.from(attributes[letters] ?? '', 'hex'))
    return encoded(0x31, encoded(0x30, type, encoded(0x0c, Buffer.from(text))))
  })
  if (parts.some((each) => each === null)) return undefined
  const key = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const version = encoded(0x02, Buffer.from([0]))
  const info = encoded(0x30, version, encoded(0x30, ...sets), key, encoded(0xa0))
  return signRequest(encoded(0x30, info).toString('base64'), privateKey, 0)
}
