// Removes everything from within the window: asked once more where no page can answer, then the program ends.
import { app, type BrowserWindow, dialog } from 'electron'
import type { Problem } from '../../shared/problem.ts'
import { type Entries, removedFrom, removeEntries, removeFiles } from '../removal.ts'
import type { Vaults } from '../vault.ts'

/** True when the person wants it. */
export async function confirmRemoval(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    title: 'Remove everything',
    message: 'Remove everything this program keeps on this computer?',
    detail:
      'Imports, audit log, logs and settings of this data folder, and its passwords in the keychain. Afterwards the program ends. This cannot be undone.',
    buttons: ['Remove everything', 'Cancel'],
    defaultId: 1,
    cancelId: 1
  })
  return response === 0
}

const say = ({ title, meaning, remedy, found, where }: Problem): void =>
  dialog.showErrorBox(title, [meaning, where, found, remedy].filter((line) => line !== undefined).join('\n\n'))

/** Entries first: as long as they are there, the files that name them stay. */
export async function removeAll(given: {
  readonly folder: string
  readonly entries: Entries
  readonly vaults: Vaults
  readonly endFirst: () => Promise<void>
}): Promise<void> {
  const { folder, vaults, endFirst } = given
  await endFirst()
  const entries = await removeEntries(given.entries, vaults)
  if (!entries.ok) {
    say(entries.problem)
    app.exit(1)
    return
  }
  // The window's own memory is in use until the program has ended; what it leaves holds nothing of the person.
  const files = removeFiles(folder, 'window')
  if (files.ok) {
    const { title, detail } = removedFrom(folder, entries.value, 'window')
    await dialog.showMessageBox({
      type: entries.value ? 'info' : 'warning',
      title,
      message: `${title}.`,
      detail: `${detail}\nThe program ends now.`
    })
  } else say(files.problem)
  removeFiles(folder)
  app.exit(files.ok ? 0 : 1)
}
