// What a provisioning certificate must be, before a device is asked: its key, its purpose, its chain in order, its dates.
import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import { fail, ok, type Result } from '../../shared/problem.ts'
import { type Finding, type Provisioning, warnedDays } from '../../shared/setUp.ts'
import { type Contents, readProvisioningFile } from './provisioningFile.ts'

/** Intel's usage for provisioning certificates, and the unit that stands for it (configmgr.md 3.3). */
const setupUsage = '2.16.840.1.113741.1.2.3'
const setupUnit = 'Intel(R) Client Setup Certificate'
const serverAuth = '1.3.6.1.5.5.7.3.1'
const day = 86_400_000

/** A certificate in order: the own one first, each signed by the next, the root last. */
export interface Chain {
  readonly certificates: readonly X509Certificate[]
  readonly key: KeyObject
  /** What was in the file beside it. */
  readonly unused: number
}

const partOf = (lines: string, key: string): string =>
  lines
    .split('\n')
    .find((each) => each.startsWith(`${key}=`))
    ?.slice(key.length + 1) ?? ''

const nameOf = (subject: string): string => (partOf(subject, 'CN') || subject.replaceAll('\n', ', ')).slice(0, 200)

const unfit = (why: string) => fail('provisioning-unfit', { values: { why } })

const isSelfSigned = (each: X509Certificate): boolean => each.subject === each.issuer && each.verify(each.publicKey)

/** Puts what a file holds into the order of a chain. Problem provisioning-unfit: no certificate for the key, or a gap. */
export function chainOf({ certificates, key }: Contents): Result<Chain> {
  const own = certificates.find((each) => each.checkPrivateKey(key))
  if (!own) return unfit('The private key belongs to none of the certificates in the file.')
  const chain = [own]
  for (let last = own; !isSelfSigned(last); ) {
    const issuer = certificates.find(
      (each) => !chain.includes(each) && each.subject === last.issuer && last.verify(each.publicKey)
    )
    if (!issuer) {
      return unfit(
        `The chain ends at “${nameOf(last.subject)}”: the certificate of its issuer “${nameOf(last.issuer)}” is not in the file. Devices compare the root, so all of them must be there.`
      )
    }
    chain.push(issuer)
    last = issuer
  }
  if (chain.length < 2) return unfit('It signed itself: devices trust only what leads to a root of theirs.')
  return ok({ certificates: chain, key, unused: certificates.length - chain.length })
}

/** Node calls the extended usages `keyUsage`. */
const usagesOf = (certificate: X509Certificate): readonly string[] => certificate.keyUsage ?? []

const dated = (at: number): string => new Date(at).toISOString().slice(0, 10)

const titled = (certificate: X509Certificate, own: boolean): string =>
  own ? 'The certificate' : `“${nameOf(certificate.subject)}” above it`

function datesOf(certificate: X509Certificate, own: boolean, now: number): Finding[] {
  const [from, until] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]
  const what = titled(certificate, own)
  if (now >= until) return [{ severity: 'blocker', text: `${what} ended on ${dated(until)}.` }]
  if (now < from) return [{ severity: 'blocker', text: `${what} is valid only from ${dated(from)} on.` }]
  const left = Math.floor((until - now) / day)
  return left < warnedDays
    ? [{ severity: 'warning', text: `${what} ends in ${left} days, on ${dated(until)}: renew it in time.` }]
    : []
}

/** Words of a key: "RSA 2048", "ECC prime256v1". */
function keyWords({ publicKey }: X509Certificate): string {
  const { modulusLength, namedCurve = '' } = publicKey.asymmetricKeyDetails ?? {}
  return publicKey.asymmetricKeyType === 'rsa' ? `RSA ${modulusLength}` : `ECC ${namedCurve}`.trim()
}

/** What is known of keys and signatures, and what is only believed: shown, never assumed. */
function cryptoOf(certificates: readonly X509Certificate[]): Finding[] {
  const [own] = certificates
  const found: Finding[] = []
  const sizes = certificates.map(({ publicKey }) => publicKey.asymmetricKeyDetails?.modulusLength)
  if (own?.publicKey.asymmetricKeyType !== 'rsa')
    found.push({
      severity: 'warning',
      text: 'Its key is not RSA. Which AMT versions take that is not verified; before AMT 21 none is known to.'
    })
  else if (sizes.some((size) => size !== undefined && size > 2048))
    found.push({
      severity: 'warning',
      text: 'A key in the chain is longer than 2048 bits. Configuration Manager permits 2048 at most; which AMT versions take more is not verified.'
    })
  else
    found.push({
      severity: 'note',
      text: 'AMT 22 was seen to refuse 2048-bit RSA in another place; whether it takes this certificate is not verified.'
    })
  const signed = certificates.slice(0, -1).some((each) => /sha1/i.test(signatureOf(each)))
  if (signed)
    found.push({
      severity: 'warning',
      text: 'It is signed with SHA-1. Older AMT takes that; from which version on it is refused is not verified.'
    })
  return found
}

/** OpenSSL's name of the signature algorithm; '' where this runtime does not tell. */
const signatureOf = (certificate: X509Certificate): string => {
  const der = certificate.raw
  // sha1WithRSAEncryption, 1.2.840.113549.1.1.5, as DER.
  return der.includes(Buffer.from('06092a864886f70d010105', 'hex')) ? 'sha1' : ''
}

/** Everything to be said of a chain at a time (ms since 1970), the gravest first. */
export function judged({ certificates, unused }: Omit<Chain, 'key'>, now: number): readonly Finding[] {
  const [own] = certificates
  if (!own) return []
  const found: Finding[] = certificates.flatMap((each, at) => datesOf(each, at === 0, now))
  const byUnit = partOf(own.subject, 'OU') === setupUnit
  if (!usagesOf(own).includes(setupUsage) && !byUnit)
    found.push({
      severity: 'blocker',
      text: `It is not made for setting up AMT: neither the usage ${setupUsage} nor the unit “${setupUnit}” is in it.`
    })
  if (!usagesOf(own).includes(serverAuth))
    found.push({ severity: 'warning', text: `The usage Server Authentication (${serverAuth}) is missing.` })
  if (!nameOf(own.subject).includes('.'))
    found.push({
      severity: 'warning',
      text: 'Its common name has no domain: devices compare it with their own domain and will refuse it.'
    })
  found.push(...cryptoOf(certificates))
  if (unused > 0)
    found.push({ severity: 'note', text: `${unused} other certificates in the file do not belong to it; left out.` })
  const rank = { blocker: 0, warning: 1, note: 2 } as const
  return found.sort((a, b) => rank[a.severity] - rank[b.severity])
}

const hashed = (algorithm: string, { raw }: X509Certificate): string => createHash(algorithm).update(raw).digest('hex')

/** What is shown and noted of a chain; never its key. */
export function described(chain: Omit<Chain, 'key'>, now: number): Provisioning {
  const [own, root] = [chain.certificates[0], chain.certificates.at(-1)]
  if (!own || !root) throw new Error('an empty chain')
  return {
    fingerprint: hashed('sha256', own),
    name: nameOf(own.subject),
    issuer: nameOf(own.issuer),
    from: Date.parse(own.validFrom),
    until: Date.parse(own.validTo),
    root: {
      name: nameOf(root.subject),
      sha1: hashed('sha1', root),
      sha256: hashed('sha256', root),
      sha384: hashed('sha384', root)
    },
    key: keyWords(own),
    chain: chain.certificates.map(({ subject }) => nameOf(subject)),
    findings: [...judged(chain, now)]
  }
}

/** A file's chain, in order. Problems: provisioning-file-unreadable, provisioning-password-wrong, provisioning-unfit. */
export async function provisioningIn(bytes: Uint8Array, password: string): Promise<Result<Chain>> {
  const read = await readProvisioningFile(bytes, password)
  return read.ok ? chainOf(read.value) : read
}

/** The chain and its key as PEM texts, the own certificate first: what TLS and the keychain take. */
export function pemOf({ certificates, key }: Chain): { readonly cert: string; readonly key: string } {
  return {
    cert: certificates.map((each) => each.toString()).join(''),
    key: key.export({ format: 'pem', type: 'pkcs8' }).toString()
  }
}

/** A chain out of its PEM texts, as `pemOf` wrote them. */
export function chainFrom(cert: string): readonly X509Certificate[] {
  return (cert.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
    (each) => new X509Certificate(each)
  )
}
