// The file dialogs of the system: where a file comes from and where it goes is the person's choice, never the page's.
import { chmod, open, stat, writeFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { app, type BrowserWindow, dialog, type FileFilter } from 'electron'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { readSource } from '../../intake/source.ts'
import { listSeparator } from '../../intake/write.ts'

/** A file as it was chosen: its name without the folder, and what is in it. */
export interface ChosenFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface Dialogs {
  /** Answers the name without the folder; null when the person chose nowhere. Problem: file-not-saved. */
  save(
    defaultPath: string,
    kind: FileFilter,
    content: string | Uint8Array,
    /** Hears that it is about to be written. */
    before?: () => void
  ): Promise<Result<{ readonly file: string } | null>>
  /** As save, with a choice of kinds; the ending of the chosen name says which is written, the first where it says none. */
  saveAs(
    defaultPath: string,
    kinds: readonly [FileFilter, ...FileFilter[]],
    write: (ending: string) => Promise<Result<string | Uint8Array>> | Result<string | Uint8Array>,
    /** Its owner alone may read the file, where the disk knows owners. */
    secret?: 'secret'
  ): Promise<Result<{ readonly file: string; readonly ending: string } | null>>
  /** Null when the person chose none. Problems of reading a file. */
  read(kinds: readonly FileFilter[]): Promise<Result<ChosenFile | null>>
  /** Where a file is that is too large to be read at once; undefined when the person chose none. */
  path(kinds: readonly FileFilter[]): Promise<string | undefined>
}

/** What spreadsheets of this person's country put between cells. */
export const separator = () => listSeparator(app.getSystemLocale())

export const allFiles: FileFilter = { name: 'All files', extensions: ['*'] }

async function write(
  path: string,
  content: string | Uint8Array,
  secret?: 'secret'
): Promise<Result<{ readonly file: string }>> {
  try {
    // Before anything is in it: a file that was there keeps its own mode otherwise.
    if (secret) await writeFile(path, '', { mode: 0o600 }).then(() => chmod(path, 0o600))
    await writeFile(path, content)
  } catch (error) {
    return fail('file-not-saved', { detail: error instanceof Error ? error.message : String(error) })
  }
  return ok({ file: basename(path) })
}

async function choose(window: BrowserWindow, kinds: readonly FileFilter[]): Promise<string | undefined> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { properties: ['openFile'], filters: [...kinds] })
  return canceled ? undefined : filePaths[0]
}

/** Dialogs that belong to a window. */
export const dialogsOf = (window: () => BrowserWindow): Dialogs => ({
  async save(defaultPath, kind, content, before) {
    const chosen = await dialog.showSaveDialog(window(), { defaultPath, filters: [kind] })
    if (chosen.canceled || chosen.filePath === '') return ok(null)
    before?.()
    return write(chosen.filePath, content)
  },
  async saveAs(defaultPath, kinds, content, secret) {
    const chosen = await dialog.showSaveDialog(window(), { defaultPath, filters: [...kinds] })
    if (chosen.canceled || chosen.filePath === '') return ok(null)
    const typed = extname(chosen.filePath).slice(1).toLowerCase()
    const known = kinds.some(({ extensions }) => extensions.includes(typed))
    const ending = known ? typed : (kinds[0].extensions[0] ?? '')
    const text = await content(ending)
    if (!text.ok) return text
    const saved = await write(known ? chosen.filePath : `${chosen.filePath}.${ending}`, text.value, secret)
    return saved.ok ? ok({ ...saved.value, ending }) : saved
  },
  async read(kinds) {
    const path = await choose(window(), kinds)
    if (path === undefined) return ok(null)
    const bytes = await readSource(path, { open, stat })
    return bytes.ok ? ok({ name: basename(path), bytes: bytes.value }) : bytes
  },
  path: (kinds) => choose(window(), kinds)
})
