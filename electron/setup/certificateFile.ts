// Certificates in files: PEM with one or many, or DER with one.
import { X509Certificate } from 'node:crypto'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Root } from '../../shared/profile.ts'
import { fingerprintOf } from './authority.ts'

/** Bytes; a whole bundle of a company's certificates is far shorter. */
export const longestCertificates = 2_000_000

const pemForm = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

const unreadable = (why: string) => fail('certificate-unreadable', { values: { why } })

/** All certificates of a file, in its order. Problem certificate-unreadable. */
export function certificatesIn(bytes: Uint8Array): Result<readonly X509Certificate[]> {
  const texts = Buffer.from(bytes).toString('latin1').match(pemForm)
  try {
    return ok(texts ? texts.map((text) => new X509Certificate(text)) : [new X509Certificate(bytes)])
  } catch {
    return unreadable('The file holds no certificate.')
  }
}

/** The common name, or all of the subject where there is none. */
const nameOf = ({ subject }: X509Certificate): string =>
  (/^CN=(.+)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ', ')).slice(0, 200)

/** The root certificates of a file: those that may sign others and signed themselves. */
export function rootsIn(bytes: Uint8Array): Result<readonly Root[]> {
  const all = certificatesIn(bytes)
  if (!all.ok) return all
  const roots = all.value.filter((each) => each.ca && each.checkIssued(each))
  if (roots.length === 0)
    return unreadable('The file holds no root certificate: none in it is an authority that signed itself.')
  return ok(roots.map((each) => ({ name: nameOf(each), pem: each.toString(), fingerprint: fingerprintOf(each.raw) })))
}
