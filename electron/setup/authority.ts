// The wizard's own certificate authority, one for each kind of key: its key only in the keychain, made when it is first needed,
// one for practice apart.
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
import type { KeyKind } from '../../shared/profile/keys.ts'
import type { Clock } from '../clock.ts'
import type { Held, KeptAuthority } from '../store/certificates.ts'
import type { Store } from '../store/store.ts'
import type { Vault } from '../vault.ts'
import type { ClientCertificate } from '../wsman/tlsProfiles.ts'
import { deviceExtensions, deviceName, keyKindIn, spkiOf } from './request.ts'

/** Whom a device of either kind of key trusts: what AMT 22 is shown is over P-384 and signed with SHA-384 throughout. */
export interface Authority {
  /** The root certificate (PEM), if there is one already. */
  known(kind: KeyKind): string | undefined
  /** The root certificate (PEM); made now where there is none. Problems of the keychain. */
  root(kind: KeyKind): Promise<Result<string>>
  /**
   * A certificate (PEM) for a device of this name, over its public key (DER, as the device tells it), by the root of the same
   * kind; `forClients`: for 802.1X, too. Problem `request-garbled` for a key of another kind.
   */
  issue(fqdn: string, publicKey: Uint8Array, forClients?: boolean): Promise<Result<string>>
  /** What proves the wizard to devices that ask for it (mutual TLS); undefined before there is an authority. */
  client(kind: KeyKind): Promise<Result<ClientCertificate | undefined>>
}

/** RSA because firmware before AMT 21 knows nothing else (wsman.md 3.3); ECC because AMT 22 takes nothing else. */
const algorithms = {
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) },
  ecc: { name: 'ECDSA', hash: 'SHA-384', namedCurve: 'P-384' }
} as const
/** A certificate over an ECC key cannot encipher a key (RFC 5480, 3). */
const keyUses: Readonly<Record<KeyKind, KeyUsageFlags>> = {
  rsa: KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment,
  ecc: KeyUsageFlags.digitalSignature
}
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
  const making: Partial<Record<KeyKind, Promise<Result<KeptAuthority>>>> = {}

  const makeKeys = async (kind: KeyKind): Promise<Keys> =>
    (await subtle.generateKey(algorithms[kind], true, ['sign', 'verify'])) as unknown as Keys
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

  async function signingKey(base64: string, kind: KeyKind): Promise<PrivateKey> {
    const bytes = Buffer.from(base64, 'base64')
    return (await subtle.importKey('pkcs8', bytes, algorithms[kind], false, ['sign'])) as unknown as PrivateKey
  }

  async function make(kind: KeyKind): Promise<Result<KeptAuthority>> {
    const signingAlgorithm = algorithms[kind]
    const [rootKeys, clientKeys] = [await makeKeys(kind), await makeKeys(kind)]
    const mark = Buffer.from(random(4)).toString('hex')
    const name = `CN=AMT Migration Wizard ${mark}`
    const root = await X509CertificateGenerator.createSelfSigned({
      serialNumber: serialOf(random),
      name,
      ...validFor(years(15)),
      signingAlgorithm,
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
      signingAlgorithm,
      publicKey: clientKeys.publicKey,
      signingKey: rootKeys.privateKey,
      extensions: [
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth, remoteConsole]),
        new KeyUsagesExtension(keyUses[kind], true)
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
      store.certificates.keepAuthority(practice, kind, kept)
      store.audit.append('authority made', { fingerprint: fingerprintOf(new Uint8Array(root.rawData)) })
    })
    return ok(kept)
  }

  /** The authority with its signing key at hand. A lost real one is not replaced in silence: devices trust it. */
  async function present(kind: KeyKind): Promise<Result<KeptAuthority>> {
    const kept = store.certificates.authority(practice, kind)
    if (!kept) return make(kind)
    const key = await keyOf(kept.root)
    if (!key.ok) return key
    if (key.value !== undefined) return ok(kept)
    return practice ? make(kind) : fail('secret-gone', { values: { what: 'the key of the certificate authority' } })
  }

  /** Jobs side by side wait for the one that makes it. */
  async function once(kind: KeyKind): Promise<Result<KeptAuthority>> {
    const work = making[kind] ?? present(kind)
    making[kind] = work
    const made = await work
    delete making[kind]
    return made
  }

  return {
    known: (kind) => store.certificates.authority(practice, kind)?.root.certificate,
    async root(kind) {
      const kept = await once(kind)
      return kept.ok ? ok(kept.value.root.certificate) : kept
    },
    async issue(fqdn, publicKey, forClients = false) {
      const kind = keyKindIn(publicKey)
      if (kind === undefined) return fail('request-garbled')
      const kept = await once(kind)
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
        signingAlgorithm: algorithms[kind],
        publicKey: new PublicKey(new Uint8Array(spkiOf(publicKey))),
        signingKey: await signingKey(key.value, kind),
        extensions: [...deviceExtensions(fqdn, forClients), new KeyUsagesExtension(keyUses[kind], true)]
      })
      return ok(certificate.toString('pem'))
    },
    async client(kind) {
      const kept = store.certificates.authority(practice, kind)
      if (!kept) return ok(undefined)
      const key = await keyOf(kept.client)
      if (!key.ok) return key
      if (key.value === undefined) return ok(undefined)
      const pem = PemConverter.encode(new Uint8Array(Buffer.from(key.value, 'base64')), 'PRIVATE KEY')
      return ok({ cert: `${kept.client.certificate}\n${kept.root.certificate}\n`, key: pem })
    }
  }
}
