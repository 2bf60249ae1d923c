// What the store knows of this installation: its id and the public halves of its keys, the newest last. Private keys are never here.
import type { Db } from './database.ts'

export interface KeptInstallationKey {
  /** Names the installation for good; a replaced key leaves it as it was. */
  readonly installation: string
  /** Ed25519, SubjectPublicKeyInfo in DER, base64. */
  readonly publicKey: string
  /** Where the keychain has the private half. */
  readonly slot: string
}

export interface Installation {
  /** The key in use; undefined before one was made. */
  key(): KeptInstallationKey | undefined
  /** Every public key there ever was, the oldest first: what older ones signed stays verifiable. */
  keys(): readonly KeptInstallationKey[]
  addKey(key: KeptInstallationKey): void
}

/** The installation table of a store. */
export function installationIn(db: Db, now: () => number): Installation {
  const all = db.prepare<[], KeptInstallationKey>(
    'SELECT installation, public_key AS publicKey, slot FROM installation_keys ORDER BY number'
  )
  const put = db.prepare('INSERT INTO installation_keys (installation, public_key, slot, at) VALUES (?, ?, ?, ?)')
  return {
    key: () => all.all().at(-1),
    keys: () => all.all(),
    addKey: ({ installation, publicKey, slot }) => void put.run(installation, publicKey, slot, now())
  }
}
