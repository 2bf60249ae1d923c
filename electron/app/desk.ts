// Each ask of the contract, answered by the core; file dialogs are opened here, so paths never come from the page.
import { open, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import { fail, ok } from '../../shared/problem.ts'
import type { Core } from '../core.ts'
import { readableClasses } from '../explore.ts'
import { readSource } from '../intake/source.ts'
import type { Desk } from './ipc.ts'
import type { Tells } from './tells.ts'

const listKinds = [
  { name: 'Lists', extensions: ['csv', 'tsv', 'txt'] },
  { name: 'All files', extensions: ['*'] }
]

const saveKinds = {
  report: { name: 'Report', extensions: ['html'] },
  failedRows: { name: 'CSV list', extensions: ['csv'] }
}

/** The desk of a core, with the window its dialogs belong to. `resources` holds the sample file. */
export function deskOf(options: {
  readonly core: Core
  readonly window: () => BrowserWindow
  readonly resources: string
  readonly tells: Tells
}): Desk {
  const { core, window, resources, tells } = options
  const { drafting, imports, store } = core
  return {
    'app.snapshot': () => ok(core.snapshot()),

    'draft.begin': ({ practice }) => core.beginDraft(practice),
    'draft.open': ({ draftId }) => drafting.open(draftId),
    'draft.change': ({ draftId, change }) => drafting.change(draftId, change),
    'draft.discard': ({ draftId }) => drafting.discard(draftId),

    async 'source.browse'({ draftId }) {
      const known = drafting.open(draftId)
      if (!known.ok) return known
      const chosen = await dialog.showOpenDialog(window(), { properties: ['openFile'], filters: listKinds })
      const [path] = chosen.filePaths
      if (chosen.canceled || path === undefined) return ok(null)
      const bytes = await readSource(path, { open, stat })
      return bytes.ok ? drafting.give(draftId, basename(path), bytes.value) : bytes
    },
    'source.give': ({ draftId, name, bytes }) => drafting.give(draftId, name, bytes),
    async 'source.sample'({ draftId }) {
      return drafting.give(draftId, 'sample.csv', await readFile(join(resources, 'sample.csv')))
    },
    'source.single': ({ draftId }) => drafting.single(draftId),
    'source.map': ({ draftId, fields, header, passwords }) => drafting.map(draftId, fields, header, passwords),

    'rows.read': (input) => drafting.readRows(input),
    'rows.fix': ({ draftId, row, values }) => drafting.fix(draftId, row, values),
    'rows.leaveOut': ({ draftId, rows, leftOut }) => drafting.leaveOut(draftId, rows, leftOut),

    'secret.keep': ({ draftId, purpose, value }) => drafting.keepSecret(draftId, purpose, value),

    'pace.read'({ practice }) {
      const { pace, parallel } = core.planner.ground(practice)
      return ok({ pace, parallel })
    },

    async 'import.start'({ draftId }) {
      const ready = drafting.ready(draftId)
      if (!ready.ok) return ready
      const { draft, computers, source } = ready.value
      const started = await imports.start(draft, computers, source)
      if (started.ok) drafting.started(draftId)
      return started
    },
    'import.pause': ({ importId }) => imports.steer(importId, 'pause'),
    'import.resume': ({ importId }) => imports.steer(importId, 'resume'),
    'import.stop': ({ importId }) => imports.steer(importId, 'stop'),
    'import.startNow': ({ importId }) => imports.startAnyway(importId),
    'import.retry': ({ importId, jobIds }) => imports.retry(importId, jobIds),
    'import.addAccount': ({ importId, ...account }) => imports.addAccount(importId, account),
    'job.trustCertificate': ({ importId, jobId }) => imports.trustCertificate(importId, jobId),
    'job.allowTls': ({ importId, jobId, floor }) => imports.allowTls(importId, jobId, floor),
    'device.classes': () => ok({ classes: readableClasses }),
    'device.read': ({ importId, jobId, class: name, operation }) => core.look(importId, jobId, name, operation),
    'jobs.read'({ importId }) {
      const read = imports.jobs(importId)
      return read.ok ? ok({ ...read.value, seq: tells.seq() }) : read
    },

    async 'report.save'({ importId, kind }) {
      const document = imports.document(importId, kind)
      if (!document.ok) return document
      const { name, text } = document.value
      const chosen = await dialog.showSaveDialog(window(), { defaultPath: name, filters: [saveKinds[kind]] })
      if (chosen.canceled || chosen.filePath === '') return ok(null)
      try {
        await writeFile(chosen.filePath, text)
      } catch (error) {
        return fail('file-not-saved', { detail: error instanceof Error ? error.message : String(error) })
      }
      store.audit.append('report saved', { kind }, { importId })
      return ok({ file: basename(chosen.filePath) })
    },

    'audit.read': (input) => ok(store.audit.read(input)),
    'audit.verify': () => ok(store.audit.verify())
  }
}
