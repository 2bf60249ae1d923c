// Who this installation is to others: its keys, made when they are first needed, the private ones only in the keychain.
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Store } from '../store/store.ts'
import type { Vault, Vaults } from '../vault.ts'
import { type Signer, signerSchema } from './format.ts'
import { fingerprintOf, newPair } from './keys.ts'
import type { Sealer } from './seal.ts'

/** As others see it. `address` is what they paste to lock a pack to this installation. */
export interface Card {
  readonly name: string
  readonly fingerprint: string
  readonly address: string
}

export interface InstallationKeys {
  /** With the private keys. Problems: pack-key-gone, those of the keychain. */
  sealer(): Promise<Result<Sealer>>
  card(): Promise<Result<Card>>
  rename(name: string): Promise<Result<Card>>
  /** New keys in place of lost ones: others have to trust them anew. */
  renew(): Promise<Result<Card>>
}

const scheme = 'amtpack1:'

export const addressOf = ({ name, key, box }: Signer): string =>
  `${scheme}${Buffer.from(JSON.stringify({ name, key, box })).toString('base64url')}`

/** Problem pack-address. */
export function readAddress(text: string): Result<Signer> {
  const bare = text.replace(/\s+/g, '')
  if (!bare.startsWith(scheme) || bare.length > 1000) return fail('pack-address')
  try {
    const json: unknown = JSON.parse(Buffer.from(bare.slice(scheme.length), 'base64url').toString('utf8'))
    const read = signerSchema.safeParse(json)
    return read.success ? ok(read.data) : fail('pack-address')
  } catch {
    return fail('pack-address')
  }
}

export const cardOf = (signer: Signer): Card => ({
  name: signer.name,
  fingerprint: fingerprintOf(signer),
  address: addressOf(signer)
})

/** The installation of a store. `hostName` is what it is called until somebody names it. */
export function installationOf(options: {
  readonly store: Store
  readonly vaults: Vaults
  readonly newId: () => string
  readonly hostName: string
}): InstallationKeys {
  const { store, vaults, newId } = options
  const vault: Vault = vaults.real.kind === 'none' ? vaults.practice : vaults.real
  let opening: Promise<Result<Sealer>> | undefined

  async function make(): Promise<Result<Sealer>> {
    const [signing, boxing] = [newPair('ed25519'), newPair('x25519')]
    // An entry of its own for each: two data folders on one computer share the keychain.
    const slot = `pack-keys/${newId()}`
    const kept = await vault.keep(slot, `${signing.secret} ${boxing.secret}`)
    if (!kept.ok) return kept
    const name = store.packs.installation()?.name ?? options.hostName.slice(0, 60)
    const signer = { name, key: signing.open, box: boxing.open }
    store.together(() => {
      store.packs.keepInstallation({ ...signer, slot })
      store.audit.append('pack keys made', { fingerprint: fingerprintOf(signer) })
    })
    return ok({ ...signer, signing, boxing })
  }

  async function open(): Promise<Result<Sealer>> {
    const kept = store.packs.installation()
    if (kept === undefined) return make()
    const found = await vault.find(kept.slot)
    if (!found.ok) return found
    const [sign, box] = found.value?.split(' ') ?? []
    if (sign === undefined || box === undefined) return fail('pack-key-gone')
    const { name, key, box: openBox } = kept
    return ok({
      ...{ name, key, box: openBox },
      signing: { open: key, secret: sign },
      boxing: { open: openBox, secret: box }
    })
  }

  /** Two who ask at once must not make two. */
  async function sealer(): Promise<Result<Sealer>> {
    opening ??= open()
    const opened = await opening
    opening = undefined
    return opened
  }

  const shown = (found: Result<Sealer>): Result<Card> => (found.ok ? ok(cardOf(found.value)) : found)
  return {
    sealer,
    card: async () => shown(await sealer()),
    async rename(name) {
      const found = await sealer()
      const kept = store.packs.installation()
      if (!found.ok || kept === undefined) return shown(found)
      store.packs.keepInstallation({ ...kept, name })
      return ok(cardOf({ ...kept, name }))
    },
    renew: async () => shown(await make())
  }
}
