// The key of this installation, and the head of the audit log signed by it after each end of an import.
import type { Result } from '../../shared/problem.ts'
import { type InstallationKey, installationKey } from '../installation.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Vault } from '../vault.ts'
import { type Auditing, auditingOf } from './auditing.ts'

export interface HeadSigner {
  /** Made when it is first asked for. Problems of the keychain. */
  installation(): Promise<Result<InstallationKey>>
  readonly auditing: Auditing
  /** In peace: nothing waits for it, and a keychain that is locked now is asked again at the next end. */
  signSoon(): void
  /** Resolves when the last signature was made, or failed. */
  settled(): Promise<void>
}

export function headSignerOf(options: {
  readonly store: Store
  readonly vault: Vault
  readonly random: (count: number) => Uint8Array
  readonly now: () => number
  readonly log: Log
}): HeadSigner {
  const { store, vault, random, now, log } = options
  /** One after another: two that make a key at once would leave two. */
  let keyAsked: Promise<unknown> = Promise.resolve()
  const installation = (): Promise<Result<InstallationKey>> => {
    const asked = keyAsked.then(() => installationKey({ vault, store, random }))
    keyAsked = asked.catch(() => undefined)
    return asked
  }
  const auditing = auditingOf({ store, key: installation, now })
  let signing: Promise<void> = Promise.resolve()
  return {
    installation,
    auditing,
    signSoon() {
      if (vault.kind === 'none') return
      signing = auditing.signHead().then(
        (done) => {
          if (!done.ok) log.write('head not signed', { code: done.problem.code })
        },
        (error: unknown) => log.write('head not signed', { error: String(error) })
      )
    },
    settled: () => signing
  }
}
