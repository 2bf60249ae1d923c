// A store with a key of its installation, a keychain that can be looked into, and a clock that is turned by hand.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Auditing, auditingOf } from '../../../electron/evidence/auditing.ts'
import { installationKey } from '../../../electron/installation.ts'
import { openStore, type Store } from '../../../electron/store/store.ts'
import { memoryKeychain, type Vault, vaultOf } from '../../../electron/vault.ts'
import { value } from '../../bench.ts'

export interface Installed {
  readonly folder: string
  readonly store: Store
  readonly vault: Vault
  readonly auditing: Auditing
  at: number
  close(): void
}

export const dayLong = 86_400_000
let seeds = 1

/** Opens one; `attempts` entries about one job are in its log, a day apart. */
export function installed(attempts = 4): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'amt-evidence-'))
  const vault = vaultOf(memoryKeychain(), { kind: 'keychain', words: 'On the bench.' })
  const random = (count: number): Uint8Array => new Uint8Array(count).fill(seeds++ % 256)
  const open = { at: 10 * dayLong }
  const store = value(openStore({ folder, actor: 'tester', now: () => open.at }))
  const about = { importId: 'import', jobId: 'job', computer: 'PC "1"\u2028é' }
  for (let attempt = 1; attempt <= attempts; attempt++) {
    open.at += dayLong
    store.audit.append('attempt begun', { attempt }, about)
  }
  const key = () => installationKey({ vault, store, random })
  return Object.assign(open, {
    folder,
    store,
    vault,
    auditing: auditingOf({ store, key, now: () => open.at }),
    close() {
      store.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
}
