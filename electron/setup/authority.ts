// The wizard's own certificate authority: its key only in the keychain, made when it is first needed, one for practice apart.
import 'reflect-metadata'
import { createHash, webcrypto, X509Certificate } from 'node:crypto'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  PublicKey,
  X509CertificateGenerator
} from '@peculiar/x509'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Clock } from '../clock.ts'
import type { Held, KeptAuthority } from '../store/certificates.ts'
import type { Store } from '../store/store.ts'
import type { Vault } from '../vault.ts'
import type { ClientCertificate } from '../wsman/tlsProfiles.ts'
import { deviceExtensions, deviceName, spkiOf } from './request.ts'

export interface Authority {
  /** The root certificate (PEM), if there is one already. */
  known(): string | undefined
  /** The root certificate (PEM); made now where there is none. Problems of the keychain. */
  root(): Promise<Result<string>>
  /** A certificate (PEM) for a device of this name, over its public key (PKCS #1, DER); `forClients`: for 802.1X, too. */
  issue(fqdn: string, publicKey: Uint8Array, forClients?: boolean): Promise<Result<string>>
  /** What proves the wizard to devices that ask for it (mutual TLS); undefined before there is an authority. */
  client(): Promise<Result<ClientCertificate | undefined>>
}

/** RSA because firmware before AMT 21 knows nothing else (wsman.md 3.3). */
const rsa = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: Uint8Array.of(1, 0, 1)
} as const
/** Intel's usage for consoles that reach AMT over the network (AMT SDK, mutual authentication); recalled, not recorded. */
const remoteConsole = '2.16.840.1.113741.1.2.1'
const day = 86_400_000
const years = (count: number): number => count * 365 * day

/** SHA-256 of a certificate, lower-case hex, as pins are noted. */
export const fingerprintOf = (der: Uint8Array): string => createHash('sha256').update(der).digest('hex')

/** PEM → DER. */
export const derOf = (pem: string): Uint8Array => new Uint8Array(new X509Certificate(pem).raw)

/** The key pairs and keys of the library, which has no name of its own for them. */
type Keys = NonNullable<Parameters<typeof X509CertificateGenerator.createSelfSigned>[0]>['keys']
type PrivateKey = Keys['privateKey']

/** A number nobody can guess, positive in DER. */
const serialOf = (random: (count: number) => Uint8Array): string => `01${Buffer.from(random(15)).toString('hex')}`

/** An authority over a store and a vault. */
export function authorityOf(options: {
  readonly store: Store
  readonly vault: Vault
  readonly practice: boolean
  readonly clock: Clock
  readonly random: (count: number) => Uint8Array
}): Authority {
  const { store, vault, practice, clock, random } = options
  const { subtle } = webcrypto
  let making: Promise<Result<KeptAuthority>> | undefined

  const makeKeys = async (): Promise<Keys> =>
    (await subtle.generateKey(rsa, true, ['sign', 'verify'])) as unknown as Keys
  const validFor = (span: number) => ({
    // A device whose clock is a little behind must not find it not yet valid.
    notBefore: new Date(clock.now() - day),
    notAfter: new Date(clock.now() + span)
  })

  /**
   * In two parts: Windows keeps fewer characters in one entry than a key has. Under a name of its own, because another data
   * folder of the same user has another authority in the same keychain.
   */
  async function keepKey(name: string, { privateKey }: Keys): Promise<Result<string[]>> {
    const exported = await subtle.exportKey('pkcs8', privateKey as unknown as webcrypto.CryptoKey)
    const text = Buffer.from(exported).toString('base64')
    const half = Math.ceil(text.length / 2)
    const kept = await vault.keepMany(`authority/${practice ? 'practice' : 'real'}/${name}`, [
      text.slice(0, half),
      text.slice(half)
    ])
    return kept.ok ? ok([...kept.value]) : kept
  }

  /** PKCS #8 in base64; undefined when the keychain has it no longer. */
  async function keyOf({ slots }: Held): Promise<Result<string | undefined>> {
    const parts: string[] = []
    for (const slot of slots) {
      const part = await vault.find(slot)
      if (!part.ok) return part
      if (part.value === undefined) return ok(undefined)
      parts.push(part.value)
    }
    return ok(parts.join(''))
  }

  const signingKey = async (base64: string): Promise<PrivateKey> =>
    (await subtle.importKey('pkcs8', Buffer.from(base64, 'base64'), rsa, false, ['sign'])) as unknown as PrivateKey

  async function make(): Promise<Result<KeptAuthority>> {
    const [rootKeys, clientKeys] = [await makeKeys(), await makeKeys()]
    const mark = Buffer.from(random(4)).toString('hex')
    const name = `CN=AMT Migration Wizard ${mark}`
    const root = await X509CertificateGenerator.createSelfSigned({
      serialNumber: serialOf(random),
      name,
      ...validFor(years(15)),
      signingAlgorithm: rsa,
      keys: rootKeys,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true)
      ]
    })
    const client = await X509CertificateGenerator.create({
      serialNumber: serialOf(random),
      subject: `${name} console`,
      issuer: name,
      ...validFor(years(15)),
      signingAlgorithm: rsa,
      publicKey: clientKeys.publicKey,
      signingKey: rootKeys.privateKey,
      extensions: [
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth, remoteConsole]),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true)
      ]
    })
    const rootSlots = await keepKey(`${mark}/root`, rootKeys)
    if (!rootSlots.ok) return rootSlots
    const clientSlots = await keepKey(`${mark}/client`, clientKeys)
    if (!clientSlots.ok) return clientSlots
    const kept: KeptAuthority = {
      root: { certificate: root.toString('pem'), slots: rootSlots.value },
      client: { certificate: client.toString('pem'), slots: clientSlots.value }
    }
    store.together(() => {
      store.certificates.keepAuthority(practice, kept)
      store.audit.append('authority made', { fingerprint: fingerprintOf(new Uint8Array(root.rawData)) })
    })
    return ok(kept)
  }

  /** The authority with its signing key at hand. A lost real one is not replaced in silence: devices trust it. */
  async function present(): Promise<Result<KeptAuthority>> {
    const kept = store.certificates.authority(practice)
    if (!kept) return make()
    const key = await keyOf(kept.root)
    if (!key.ok) return key
    if (key.value !== undefined) return ok(kept)
    return practice ? make() : fail('secret-gone', { values: { what: 'the key of the certificate authority' } })
  }

  /** Jobs side by side wait for the one that makes it. */
  async function once(): Promise<Result<KeptAuthority>> {
    making ??= present()
    const made = await making
    making = undefined
    return made
  }

  return {
    known: () => store.certificates.authority(practice)?.root.certificate,
    async root() {
      const kept = await once()
      return kept.ok ? ok(kept.value.root.certificate) : kept
    },
    async issue(fqdn, publicKey, forClients = false) {
      const kept = await once()
      if (!kept.ok) return kept
      const { root } = kept.value
      const key = await keyOf(root)
      if (!key.ok) return key
      if (key.value === undefined)
        return fail('secret-gone', { values: { what: 'the key of the certificate authority' } })
      const certificate = await X509CertificateGenerator.create({
        serialNumber: serialOf(random),
        subject: deviceName(fqdn).toString(),
        issuer: new X509Certificate(root.certificate).subject,
        ...validFor(years(5)),
        signingAlgorithm: rsa,
        publicKey: new PublicKey(new Uint8Array(spkiOf(publicKey))),
        signingKey: await signingKey(key.value),
        extensions: [
          ...deviceExtensions(fqdn, forClients),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true)
        ]
      })
      return ok(certificate.toString('pem'))
    },
    async client() {
      const kept = store.certificates.authority(practice)
      if (!kept) return ok(undefined)
      const key = await keyOf(kept.client)
      if (!key.ok) return key
      if (key.value === undefined) return ok(undefined)
      const pem = PemConverter.encode(new Uint8Array(Buffer.from(key.value, 'base64')), 'PRIVATE KEY')
      return ok({ cert: `${kept.client.certificate}\n${kept.root.certificate}\n`, key: pem })
    }
  }
}
