// Somebody else's authority for the tests: a root, and certificates over the keys in a file of signing requests.
import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { ExtendedKeyUsageExtension, Pkcs10CertificateRequest, X509CertificateGenerator } from '@peculiar/x509'
import { madeCertificate, madeKey } from './unit/simulator/keys.ts'

type SigningKey = NonNullable<Parameters<typeof X509CertificateGenerator.createSelfSigned>[0]>['keys']['privateKey']

export interface SiteAuthority {
  /** Its root, PEM. */
  readonly root: string
  /**
   * A certificate (PEM) for each request of the file; for the name in it, or another one, for every usage or for these.
   * Fails when a request does not hold.
   */
  sign(file: string, name?: string, usages?: readonly string[]): Promise<string>
}

const day = 86_400_000

export async function siteAuthority(called: string, hash: 'SHA-256' | 'SHA-384' = 'SHA-256'): Promise<SiteAuthority> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash }
  const key = await madeKey()
  const { pem: root } = await madeCertificate(called, key)
  const der = Buffer.from(key.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
  async function certificate(
    pem: string,
    number: number,
    name: string | undefined,
    usages: readonly string[]
  ): Promise<string> {
    const request = new Pkcs10CertificateRequest(pem)
    if (!(await request.verify())) throw new Error('the signature of a request does not hold')
    const signed = await X509CertificateGenerator.create({
      serialNumber: String(number + 1).padStart(2, '0'),
      subject: name === undefined ? request.subject : `CN=${name}`,
      issuer: `CN=${called}`,
      notBefore: new Date(Date.now() - day),
      notAfter: new Date(Date.now() + day),
      signingAlgorithm: algorithm,
      publicKey: request.publicKey,
      signingKey: signingKey as unknown as SigningKey,
      extensions: usages.length > 0 ? [new ExtendedKeyUsageExtension([...usages])] : []
    })
    return signed.toString('pem')
  }
  return {
    root,
    async sign(file, name, usages = []) {
      const requests = file.match(/-----BEGIN CERTIFICATE REQUEST-----[^-]+-----END CERTIFICATE REQUEST-----/g) ?? []
      return (await Promise.all(requests.map((pem, at) => certificate(pem, at, name, usages)))).join('\n')
    }
  }
}
