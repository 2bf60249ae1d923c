// Each ask of the contract, answered by the core; file dialogs are opened here, so paths never come from the page.
import { open, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { app, type BrowserWindow, dialog, type FileFilter } from 'electron'
import { fail, ok, type Result } from '../../shared/problem.ts'
import type { Core } from '../core.ts'
import { readableClasses } from '../explore.ts'
import { fieldGuide } from '../intake/guide.ts'
import { readSource } from '../intake/source.ts'
import { templateList } from '../intake/template.ts'
import { listSeparator } from '../intake/write.ts'
import { longestProfile } from '../profiles.ts'
import { longestCertificates } from '../setup/certificateFile.ts'
import type { Desk } from './ipc.ts'
import type { Power } from './power.ts'
import type { Tells } from './tells.ts'

const listKinds = [
  { name: 'Lists', extensions: ['csv', 'tsv', 'txt', 'xlsx', 'json'] },
  { name: 'All files', extensions: ['*'] }
]

const saveKinds = {
  report: { name: 'Report', extensions: ['html'] },
  failedRows: { name: 'CSV list', extensions: ['csv'] },
  list: { name: 'List', extensions: ['csv'] },
  guide: { name: 'Guide', extensions: ['html'] }
}

/** What spreadsheets of this person's country put between cells. */
const separator = () => listSeparator(app.getSystemLocale())
const profileKinds = [{ name: 'Profile', extensions: ['json'] }]

const certificateKinds = [
  { name: 'Certificates', extensions: ['pem', 'cer', 'crt', 'der'] },
  { name: 'All files', extensions: ['*'] }
]

async function readCertificates(path: string): Promise<Result<Uint8Array>> {
  const bytes = await readSource(path, { open, stat })
  if (bytes.ok && bytes.value.length > longestCertificates)
    return fail('certificate-unreadable', { values: { why: 'The file is too big to be one of certificates.' } })
  return bytes
}

/** Writes a file that a person chose; answers its name without the folder. */
async function saved(path: string, text: string): Promise<Result<{ file: string }>> {
  try {
    await writeFile(path, text)
  } catch (error) {
    return fail('file-not-saved', { detail: error instanceof Error ? error.message : String(error) })
  }
  return ok({ file: basename(path) })
}

/** The desk of a core, with the window its dialogs belong to. `resources` holds the sample file. */
export function deskOf(options: {
  readonly core: Core
  readonly window: () => BrowserWindow
  readonly resources: string
  readonly tells: Tells
  readonly power: Power
}): Desk {
  const { core, window, resources, tells } = options
  const { drafting, imports, store } = core

  /** Where to is the person's choice, in the dialog of the system; null when they chose nowhere. */
  async function save(
    defaultPath: string,
    kind: FileFilter,
    content: string | Uint8Array
  ): Promise<Result<{ file: string } | null>> {
    const chosen = await dialog.showSaveDialog(window(), { defaultPath, filters: [kind] })
    if (chosen.canceled || chosen.filePath === '') return ok(null)
    try {
      await writeFile(chosen.filePath, content)
    } catch (error) {
      return fail('file-not-saved', { detail: error instanceof Error ? error.message : String(error) })
    }
    return ok({ file: basename(chosen.filePath) })
  }

  return {
    'app.snapshot': () => ok(core.snapshot()),

    'power.battery'({ level, charging }) {
      options.power.battery(level, charging)
      return ok({})
    },

    'draft.begin': ({ practice }) => core.beginDraft(practice),
    'draft.open': ({ draftId }) => drafting.open(draftId),
    'draft.change': ({ draftId, change }) => drafting.change(draftId, change),
    'draft.discard': ({ draftId }) => drafting.discard(draftId),

    async 'source.browse'({ draftId, replace }) {
      const known = drafting.open(draftId)
      if (!known.ok) return known
      const chosen = await dialog.showOpenDialog(window(), { properties: ['openFile'], filters: listKinds })
      const [path] = chosen.filePaths
      if (chosen.canceled || path === undefined) return ok(null)
      const bytes = await readSource(path, { open, stat })
      return bytes.ok ? drafting.give(draftId, basename(path), bytes.value, replace) : bytes
    },
    'source.give': ({ draftId, name, bytes, replace }) => drafting.give(draftId, name, bytes, replace),
    async 'source.sample'({ draftId }) {
      return drafting.give(draftId, 'sample.csv', await readFile(join(resources, 'sample.csv')))
    },
    'source.single': ({ draftId }) => drafting.single(draftId),
    'source.map': (input) => drafting.map(input),
    'source.options': (input) => drafting.options(input),
    'source.cancel': ({ draftId }) => drafting.cancel(draftId),
    async 'source.clean'({ draftId }) {
      const copy = await drafting.clean(draftId)
      if (!copy.ok) return copy
      const { name, bytes, source } = copy.value
      const extension = name.split('.').at(-1) ?? 'csv'
      const saved = await save(name, { name: 'List', extensions: [extension] }, bytes)
      if (saved.ok && saved.value !== null) store.audit.append('clean list saved', { source })
      return saved
    },
    'template.save': ({ kind }) =>
      kind === 'list'
        ? save('amt-computers.csv', saveKinds.list, templateList(separator()))
        : save('amt-computers-guide.html', saveKinds.guide, fieldGuide()),

    'rows.read': (input) => drafting.readRows(input),
    'rows.copy': (input) => drafting.copyRows(input),
    'rows.next': (input) => drafting.nextRow(input),
    'rows.edit': (input) => drafting.edit(input),
    'rows.undo': (input) => drafting.undo(input),
    'repairs.read': ({ draftId }) => drafting.repairs(draftId),

    'secret.keep': ({ draftId, purpose, value }) => drafting.keepSecret(draftId, purpose, value),

    'draft.check': ({ draftId }) => core.checking.start(draftId),
    'draft.stopCheck': ({ draftId }) => core.checking.stop(draftId),
    'checks.read': ({ draftId, from, count }) => core.checking.read(draftId, from, count),

    'profiles.read': () => ok({ profiles: core.profiles.all() }),
    'profile.save': ({ draftId, profileId, name }) => core.profiles.save(draftId, profileId, name),
    'profile.delete': ({ profileId }) => core.profiles.remove(profileId),
    async 'profile.export'({ draftId }) {
      const file = core.profiles.text(draftId)
      if (!file.ok) return file
      const chosen = await dialog.showSaveDialog(window(), { defaultPath: file.value.name, filters: profileKinds })
      if (chosen.canceled || chosen.filePath === '') return ok(null)
      return saved(chosen.filePath, file.value.text)
    },
    async 'profile.import'({ draftId }) {
      const known = drafting.open(draftId)
      if (!known.ok) return known
      const chosen = await dialog.showOpenDialog(window(), { properties: ['openFile'], filters: profileKinds })
      const [path] = chosen.filePaths
      if (chosen.canceled || path === undefined) return ok(null)
      const bytes = await readSource(path, { open, stat })
      if (!bytes.ok) return bytes
      const { length } = bytes.value
      if (length > longestProfile) return fail('profile-unreadable', { found: `${length} bytes` })
      return core.profiles.take(draftId, new TextDecoder().decode(bytes.value))
    },

    async 'profile.addRoots'({ draftId }) {
      const known = drafting.open(draftId)
      if (!known.ok) return known
      const chosen = await dialog.showOpenDialog(window(), { properties: ['openFile'], filters: certificateKinds })
      const [path] = chosen.filePaths
      if (chosen.canceled || path === undefined) return ok(null)
      const bytes = await readCertificates(path)
      return bytes.ok ? core.profiles.addRoots(draftId, bytes.value) : bytes
    },

    'pace.read'({ practice }) {
      const { pace, parallel } = core.planner.ground(practice)
      return ok({ pace, parallel })
    },

    async 'import.start'({ draftId }) {
      // A device is spoken to by one at a time, and the dry run would be the other.
      await core.checking.stop(draftId)
      const ready = await drafting.ready(draftId)
      if (!ready.ok) return ready
      const { draft, computers, source, allowed } = ready.value
      const started = await imports.start(draft, computers, source, allowed)
      // Nobody waits until secrets that no job needs are forgotten.
      if (started.ok) void drafting.started(draftId)
      return started
    },
    'import.pause': ({ importId }) => imports.steer(importId, 'pause'),
    'import.resume': ({ importId }) => imports.steer(importId, 'resume'),
    'import.stop': ({ importId }) => imports.steer(importId, 'stop'),
    'import.startNow': ({ importId }) => imports.startAnyway(importId),
    'import.retry': ({ importId, jobIds, cause }) => imports.retry(importId, jobIds, cause),
    'import.skip': ({ importId, jobIds, reason }) => imports.skip(importId, jobIds, reason),
    'import.pace': ({ importId, running }) => imports.pace(importId, running),
    'import.wholeNow': ({ importId }) => imports.wholeNow(importId),
    'secrets.held': ({ importId }) => imports.former(importId),
    'secrets.release': ({ importId }) => imports.release(importId),
    'import.addAccount': ({ importId, ...account }) => imports.addAccount(importId, account),
    async 'import.saveRequests'({ importId }) {
      if (!store.jobs.import(importId)) return fail('import-gone', { found: importId })
      const file = core.signing.requests(importId)
      if (!file.ok) return file
      const chosen = await dialog.showSaveDialog(window(), { defaultPath: file.value.name, filters: certificateKinds })
      if (chosen.canceled || chosen.filePath === '') return ok(null)
      return saved(chosen.filePath, file.value.text)
    },
    async 'import.takeCertificates'({ importId }) {
      if (!store.jobs.import(importId)) return fail('import-gone', { found: importId })
      const chosen = await dialog.showOpenDialog(window(), { properties: ['openFile'], filters: certificateKinds })
      const [path] = chosen.filePaths
      if (chosen.canceled || path === undefined) return ok(null)
      const bytes = await readCertificates(path)
      return bytes.ok ? core.signing.take(importId, bytes.value) : bytes
    },
    'job.trustCertificate': ({ importId, jobId }) => imports.trustCertificate(importId, jobId),
    'job.allowTls': ({ importId, jobId, floor }) => imports.allowTls(importId, jobId, floor),
    'import.tick': ({ importId, item, done }) => imports.tick(importId, item, done),
    'import.allowAutomatic': ({ importId, jobIds }) => imports.allowAutomatic(importId, jobIds),
    'job.undo': ({ importId, jobId }) => core.undo(importId, jobId),
    'device.classes': () => ok({ classes: readableClasses }),
    'device.read': ({ importId, jobId, class: name, operation }) => core.look(importId, jobId, name, operation),
    'jobs.read'({ importId }) {
      const read = imports.jobs(importId)
      return read.ok ? ok({ ...read.value, seq: tells.seq() }) : read
    },

    async 'report.save'({ importId, kind }) {
      const document = imports.document(importId, kind, separator())
      if (!document.ok) return document
      const { name, text } = document.value
      const saved = await save(name, saveKinds[kind], text)
      if (saved.ok && saved.value !== null) store.audit.append('report saved', { kind }, { importId })
      return saved
    },

    'audit.read': (input) => ok(store.audit.read(input)),
    'audit.verify': () => ok(store.audit.verify())
  }
}
