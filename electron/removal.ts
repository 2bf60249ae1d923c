// What this program keeps on this computer and where, and how all of it goes: keychain entries first, then the files.
// Removed in that order, what is cut off halfway still knows which entries there are.
import { existsSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Accepted, Kept } from '../shared/contract/settings.ts'
import { fail, ok, type Result } from '../shared/problem.ts'
import { storeFile } from './store/database.ts'
import type { Store } from './store/store.ts'
import type { Vault, Vaults } from './vault.ts'

/** Nothing else in a data folder is touched: a person may have pointed `--data` at a folder with things of their own. */
const ownFiles =
  /^(?:wizard\.db(?:-wal|-shm|-journal)?|worker\.lock(?:-journal)?|logs|window|updates|damaged-.+|practice-[a-z]+\.json|Crashpad)$/

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return 0
  if (!found.isDirectory()) return found.size
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
}

const ownIn = (folder: string): string[] =>
  existsSync(folder) ? readdirSync(folder).filter((name) => ownFiles.test(name)) : []

/** Several files are one thing to a person: the database with what is being written to it, and who may. */
const thingOf = (name: string): string => (/^(?:wizard\.db|worker\.lock)/.test(name) ? storeFile : name)

/** Files and folders of this program in a data folder, the largest first. */
function filesIn(folder: string): Kept['files'] {
  const sizes = new Map<string, number>()
  for (const name of ownIn(folder)) {
    const thing = thingOf(name)
    sizes.set(thing, (sizes.get(thing) ?? 0) + sizeOf(join(folder, name)))
  }
  return [...sizes].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes)
}

/** Entries that are there; undefined when the keychain does not say. */
async function entriesOf(vault: Vault, slots: Iterable<string>): Promise<number | null> {
  const found = await vault.findMany([...slots])
  return found.ok ? found.value.size : null
}

const computersWith = (store: Store, role: 'pending' | 'current'): number =>
  new Set(store.secrets.all(false).flatMap((secret) => (secret.role === role ? [secret.guid] : []))).size

/** What is kept where, and what would be lost with it. */
export async function keptHere({ folder, store, vaults }: Removing): Promise<Kept> {
  const slots = store.slots()
  const [real, practice] = [await entriesOf(vaults.real, slots), await entriesOf(vaults.practice, slots)]
  return {
    folder,
    files: filesIn(folder),
    entries: real === null ? null : real + (practice ?? 0),
    unproved: computersWith(store, 'pending'),
    inUse: computersWith(store, 'current')
  }
}

/**
 * Whether a person has accepted what is lost. Problems: passwords-unproved, passwords-only-here.
 */
export function mayRemove({ unproved, inUse }: Pick<Kept, 'unproved' | 'inUse'>, accepted: Accepted): Result<null> {
  const words = (count: number): string => `${count} computer${count === 1 ? '' : 's'}`
  if (unproved > 0 && accepted !== 'unproved')
    return fail('passwords-unproved', { values: { computers: words(unproved) } })
  if (inUse > 0 && accepted === 'nothing') return fail('passwords-only-here', { values: { computers: words(inUse) } })
  return ok(null)
}

export interface Removing {
  readonly folder: string
  readonly store: Store
  readonly vaults: Vaults
}

/** What has to go from the keychain, and whether any of it belongs to real computers. */
export interface Entries {
  readonly slots: ReadonlySet<string>
  readonly real: boolean
}

export const entriesIn = (store: Store): Entries => ({
  slots: store.slots(),
  real:
    store.secrets.all(false).length > 0 ||
    store.drafts.all().some(({ practice }) => !practice) ||
    store.jobs.imports().some(({ practice }) => !practice)
})

/**
 * Takes the entries that a store speaks of out of the keychain; who has only practised needs none for it. True when they are
 * gone; false when no keychain answers, which may still hold what practice left in it. Problems: keychain-missing,
 * keychain-failed.
 */
export async function removeEntries({ slots, real }: Entries, vaults: Vaults): Promise<Result<boolean>> {
  if (slots.size === 0) return ok(true)
  let gone = true
  for (const vault of [vaults.real, vaults.practice]) {
    if (vault.kind === 'none' && !real) {
      gone = false
      continue
    }
    const released = await vault.release(slots)
    if (!released.ok) return released
  }
  return ok(gone)
}

/**
 * Removes the files of a data folder nobody works on any more, and the folder when nothing else is in it. `stays` is still in
 * use by this very program. Problem data-partly-removed.
 */
export function removeFiles(folder: string, stays?: string): Result<null> {
  const left = ownIn(folder)
    .filter((name) => name !== stays)
    .flatMap((name) => {
      try {
        rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 3 })
        return []
      } catch (error) {
        return [{ name, why: error instanceof Error ? error.message : String(error) }]
      }
    })
  if (left.length > 0)
    return fail('data-partly-removed', {
      where: folder,
      found: left.map(({ name }) => name).join(', '),
      detail: left.map(({ why }) => why).join('\n')
    })
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder)
  return ok(null)
}

export interface Removed {
  readonly title: string
  readonly detail: string
  /** Files of the person's own that are left in the folder: reports, exported lists. */
  readonly left: readonly string[]
}

/** What is true after a removal that nothing stood against. `emptied`: what `removeEntries` came to. */
export function removedFrom(folder: string, emptied: boolean, stays?: string): Removed {
  const left = existsSync(folder) ? readdirSync(folder).filter((name) => name !== stays) : []
  const lines = [
    emptied
      ? 'The entries in the keychain and the data in the folder are gone.'
      : 'The data in the folder is gone. The keychain does not answer now: what practice put into it earlier, as “AMT Migration Wizard (practice)”, may still be there: remove it in the keychain’s own program.',
    ...(left.length === 0 ? [] : [`Left in ${folder}, as a person's own: ${left.join(', ')}.`])
  ]
  return { title: emptied ? 'Everything was removed' : 'Removed, but for the keychain', detail: lines.join('\n'), left }
}
