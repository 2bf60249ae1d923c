// Asks that start an import, steer it, follow it and take its report.
import type { FileFilter } from 'electron'
import type { importAsks } from '../../../shared/contract/import.ts'
import { fail, ok } from '../../../shared/problem.ts'
import type { Core } from '../../core.ts'
import type { Desk } from '../ipc.ts'
import { pdfOf } from '../pdf.ts'
import type { Tells } from '../tells.ts'
import { readCertificates } from './certificates.ts'
import { type Dialogs, separator } from './dialogs.ts'

const requestKind = { name: 'Certificates', extensions: ['pem'] }
const listKind = { name: 'CSV list', extensions: ['csv'] }
/** The first is what a name without an ending gets. */
const reportKinds = [
  { name: 'Web page', extensions: ['html'] },
  { name: 'PDF', extensions: ['pdf'] },
  listKind,
  { name: 'JSON', extensions: ['json'] }
] as const satisfies readonly FileFilter[]
const documents = { html: 'report', csv: 'csv', json: 'json' } as const

export function importDesk(core: Core, dialogs: Dialogs, tells: Tells): Pick<Desk, keyof typeof importAsks> {
  const { drafting, imports, store } = core
  return {
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
      return file.ok ? dialogs.save(file.value.name, requestKind, file.value.text) : file
    },
    async 'import.takeCertificates'({ importId }) {
      if (!store.jobs.import(importId)) return fail('import-gone', { found: importId })
      const bytes = await readCertificates(dialogs)
      if (!bytes.ok || bytes.value === null) return bytes.ok ? ok(null) : bytes
      return core.signing.take(importId, bytes.value)
    },
    'job.trustCertificate': ({ importId, jobId }) => imports.trustCertificate(importId, jobId),
    'job.allowTls': ({ importId, jobId, floor }) => imports.allowTls(importId, jobId, floor),
    'import.tryBeyondPlaces': ({ importId, jobIds }) => imports.tryBeyondPlaces(importId, jobIds),
    'import.tick': ({ importId, item, done }) => imports.tick(importId, item, done),
    'import.allowAutomatic': ({ importId, jobIds }) => imports.allowAutomatic(importId, jobIds),
    'job.undo': ({ importId, jobId }) => core.undo(importId, jobId),
    'jobs.read'({ importId }) {
      const read = imports.jobs(importId)
      return read.ok ? ok({ ...read.value, seq: tells.seq() }) : read
    },

    async 'report.save'({ importId, kind }) {
      if (kind === 'failedRows') {
        const list = imports.document(importId, kind, separator())
        return list.ok ? dialogs.save(list.value.name, listKind, list.value.text, () => noted('failedRows')) : list
      }
      const page = imports.document(importId, 'report')
      if (!page.ok) return page
      const saved = await dialogs.saveAs(page.value.name, reportKinds, async (ending) => {
        if (ending === 'pdf') return pdfOf(page.value.text, page.value.name.replace(/\.html$/, ''), core.log)
        const found = imports.document(importId, documents[ending as keyof typeof documents], separator())
        return found.ok ? ok(found.value.text) : found
      })
      if (saved.ok && saved.value !== null)
        noted(saved.value.ending === 'html' ? 'report' : `report (${saved.value.ending})`)
      return saved

      function noted(what: string): void {
        store.audit.append('report saved', { kind: what }, { importId })
      }
    }
  }
}
