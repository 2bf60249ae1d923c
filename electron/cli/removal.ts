// `amt-migrate store show | remove`: what is kept on this computer, and how all of it goes.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Accepted, Kept } from '../../shared/contract/settings.ts'
import { ok, type Result } from '../../shared/problem.ts'
import { userName } from '../actor.ts'
import { systemClock } from '../clock.ts'
import { entriesIn, keptHere, mayRemove, removedFrom, removeEntries, removeFiles } from '../removal.ts'
import { storeFile } from '../store/database.ts'
import { openStore, type Store } from '../store/store.ts'
import { openVaults, type Vaults } from '../vault.ts'
import type { Asking } from './ask.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { service, told } from './opened.ts'
import { count, print, printJson } from './words.ts'

export interface RemovalArguments {
  readonly folder: string
  readonly json: boolean
  /** Opened only when there is a store to read. */
  readonly vaults?: () => Promise<Vaults>
}

const keychain = (): Promise<Vaults> => openVaults(service)

/** No core: nothing is taken up, and no log is written into a folder that is about to go. */
function open(folder: string, readOnly: boolean): Result<Store | undefined> {
  // Opening would make one.
  if (!existsSync(join(folder, storeFile))) return ok(undefined)
  return openStore({ folder, actor: userName(), now: () => systemClock.now(), readOnly })
}

const nothingKept = (folder: string): Kept => ({ folder, files: [], entries: 0, unproved: 0, inUse: 0 })

function tell(kept: Kept, json: boolean): void {
  if (json) {
    printJson({ event: 'kept', ...kept })
    return
  }
  print(`Folder: ${kept.folder}`)
  for (const { name, bytes } of kept.files) print(`  ${name}: ${Math.ceil(bytes / 1024)} KB`)
  const { entries } = kept
  print(`Keychain: ${entries === null ? 'it does not answer' : `${entries} ${entries === 1 ? 'entry' : 'entries'}`}`)
  if (kept.inUse > 0) print(`  passwords of ${count(kept.inUse, 'computer')} in use`)
  if (kept.unproved > 0) print(`  new passwords of ${count(kept.unproved, 'computer')} that no login has proved yet`)
}

/** Says what is kept where; changes nothing. */
export async function showKept({ folder, json, vaults = keychain }: RemovalArguments): Promise<ExitCode> {
  const store = open(folder, true)
  if (!store.ok) return told(store.problem, json)
  if (store.value === undefined) tell(nothingKept(folder), json)
  else {
    tell(await keptHere({ folder, store: store.value, vaults: await vaults() }), json)
    store.value.close()
  }
  return exitCodes.done
}

async function agreed(asking: Asking | undefined, yes: boolean): Promise<boolean> {
  if (yes) return true
  const typed = await asking?.ask('Type the word remove to remove everything')
  return typed?.trim().toLowerCase() === 'remove'
}

/**
 * The entries of a store that is open; it is closed afterwards, whatever came of it. Undefined when nobody agreed, else
 * whether the entries are gone.
 */
async function emptied(
  store: Store,
  vaults: Vaults,
  args: Pick<RemovalArguments, 'folder' | 'json'> & {
    readonly accepted: Accepted
    readonly agreed: () => Promise<boolean>
  }
): Promise<Result<boolean | undefined>> {
  try {
    const kept = await keptHere({ folder: args.folder, store, vaults })
    tell(kept, args.json)
    const may = mayRemove(kept, args.accepted)
    if (!may.ok) return may
    if (!(await args.agreed())) return ok(undefined)
    return await removeEntries(entriesIn(store), vaults)
  } finally {
    store.close()
  }
}

/**
 * Removes keychain entries and files of a data folder. Exit code 1 when something stands against it, nobody agreed, or
 * entries may be left in a keychain that does not answer; `busy` while another program works on it.
 */
export async function removeKept(
  args: RemovalArguments & {
    readonly accepted: Accepted
    readonly yes: boolean
    readonly asking: Asking | undefined
  }
): Promise<ExitCode> {
  const { folder, json, vaults = keychain, accepted, yes, asking } = args
  const store = open(folder, false)
  if (!store.ok) return told(store.problem, json)
  const ask = (): Promise<boolean> => agreed(asking, yes)
  const may = store.value
    ? await emptied(store.value, await vaults(), { folder, json, accepted, agreed: ask })
    : ok((await ask()) || undefined)
  if (!may.ok) return told(may.problem, json)
  if (may.value === undefined) {
    if (json) printJson({ event: 'removed', removed: false })
    else print('Nothing was removed.')
    return exitCodes.person
  }
  const files = removeFiles(folder)
  if (!files.ok) return told(files.problem, json)
  const { title, detail, left } = removedFrom(folder, may.value)
  if (json) printJson({ event: 'removed', removed: true, keychain: may.value, left })
  else print(`${title}.\n${detail}`)
  return may.value ? exitCodes.done : exitCodes.person
}
