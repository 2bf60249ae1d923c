// The key by which this installation signs what leaves it: Ed25519, made once, its private half only in the keychain.
import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { ok, type Result } from '../shared/problem.ts'
import { fingerprintWords } from './signature.ts'
import type { Store } from './store/store.ts'
import type { Vault } from './vault.ts'

export interface InstallationKey {
  /** Names the installation, 32 hex digits; stays when a lost key is replaced. */
  readonly id: string
  /** SubjectPublicKeyInfo in DER, base64. */
  readonly publicKey: string
  /** The public key as words that can be read out and compared. */
  readonly fingerprint: string
  /** Ed25519 over these bytes: 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array
}

/** What stands before the 32-byte seed of a private key in PKCS #8 (RFC 8410, section 7). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * The key of this installation; made when it is first asked for. One that the keychain has lost is replaced, and both are on
 * record in the audit log. Callers ask one after another (`Core.installation`). Problems of the keychain.
 */
export async function installationKey(options: {
  readonly vault: Vault
  readonly store: Store
  readonly random: (count: number) => Uint8Array
}): Promise<Result<InstallationKey>> {
  const { vault, store, random } = options
  const known = store.installation.key()
  if (known) {
    const seed = await vault.find(known.slot)
    if (!seed.ok) return seed
    const key = seed.value === undefined ? undefined : ofSeed(known.installation, seed.value)
    // An entry that somebody altered is as good as lost.
    if (key?.publicKey === known.publicKey) return ok(key)
  }
  const id = known?.installation ?? Buffer.from(random(16)).toString('hex')
  const seed = Buffer.from(random(32)).toString('base64')
  const key = ofSeed(id, seed)
  if (key === undefined) throw new Error('32 random bytes were asked for')
  // A name of its own for each: a key that is found again later must not be mistaken for the one in use.
  const slot = `installation/${id}/${Buffer.from(random(4)).toString('hex')}`
  const kept = await vault.keep(slot, seed)
  if (!kept.ok) return kept
  const { publicKey, fingerprint } = key
  store.together(() => {
    store.installation.addKey({ installation: id, publicKey, slot })
    if (known) {
      const before = fingerprintWords(known.publicKey)
      store.audit.append('installation key replaced', { installation: id, publicKey, fingerprint, before })
    } else store.audit.append('installation key made', { installation: id, publicKey, fingerprint })
  })
  return ok(key)
}

function ofSeed(id: string, text: string): InstallationKey | undefined {
  const seed = Buffer.from(text, 'base64')
  if (seed.length !== 32) return undefined
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64')
  return {
    id,
    publicKey,
    fingerprint: fingerprintWords(publicKey),
    sign: (bytes) => new Uint8Array(sign(null, bytes, key))
  }
}
