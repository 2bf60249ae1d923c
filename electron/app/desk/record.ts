// Asks about what is on record: the audit log and its files, passwords that leave on purpose, and the support bundle.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { recordAsks } from '../../../shared/contract/record.ts'
import { fail, ok } from '../../../shared/problem.ts'
import type { Core } from '../../core.ts'
import { verifyAudit } from '../../evidence/auditing.ts'
import { laptopsOf, verifyLaptop } from '../../packs/history.ts'
import type { Desk } from '../ipc.ts'
import type { Dialogs } from './dialogs.ts'

const auditKind = { name: 'Audit log', extensions: ['jsonl'] }
const sheetKind = { name: 'Encrypted passwords', extensions: ['amtsecrets'] }
const zipKind = { name: 'Zip file', extensions: ['zip'] }
const scriptKind = { name: 'Verifier', extensions: ['mjs'] }

/** `resources` holds the verifier. */
export function recordDesk(core: Core, dialogs: Dialogs, resources: string): Pick<Desk, keyof typeof recordAsks> {
  const { store, auditing } = core
  return {
    'audit.read': (input) => ok(store.audit.read(input)),
    'audit.laptops': () => ok({ laptops: laptopsOf(store) }),
    'audit.readLaptop': ({ origin, ...page }) => ok(store.returnedAudit.read(origin, page)),
    'audit.verifyLaptop': ({ origin }) => ok(verifyLaptop(store, origin)),
    'audit.verify': () => ok(store.audit.verify()),
    async 'audit.verifyFile'() {
      const file = await dialogs.read([auditKind])
      if (!file.ok || file.value === null) return file.ok ? ok(null) : file
      const { name, bytes } = file.value
      return verifyAudit(store, [{ name, text: new TextDecoder().decode(bytes) }])
    },
    async 'audit.export'() {
      const file = await auditing.export()
      if (!file.ok) return file
      const saved = await dialogs.save(file.value.name, auditKind, file.value.text)
      if (saved.ok && saved.value !== null) auditing.exported()
      return saved
    },
    async 'audit.saveVerifier'() {
      const name = 'verify-audit.mjs'
      return dialogs.save(name, scriptKind, await readFile(join(resources, name)))
    },
    'audit.archive': ({ before }) => auditing.archive(before, ({ name, text }) => dialogs.save(name, auditKind, text)),
    async 'secrets.export'({ importId, passphrase }) {
      const sheet = await core.secretSheet(importId, passphrase)
      if (!sheet.ok) return sheet
      const { name, text, count } = sheet.value
      // On record before it is on disk: a sheet that nobody knows of must not be.
      const saved = await dialogs.save(name, sheetKind, text, () =>
        store.audit.append('secrets exported', { count, reason: 'from the window' }, { importId })
      )
      return saved.ok ? ok(saved.value && { ...saved.value, count }) : saved
    },
    async 'support.save'() {
      const bundle = await core.supportBundle()
      if (!bundle.ok) return bundle
      const saved = await dialogs.save(bundle.value.name, zipKind, bundle.value.bytes)
      if (saved.ok && saved.value !== null) store.audit.append('support bundle saved', {})
      return saved
    },
    'device.log'({ importId, jobId }) {
      const job = store.jobs.get(jobId)
      return job?.importId === importId
        ? ok({ log: store.deviceLogs.of(jobId) ?? null })
        : fail('import-gone', { found: importId })
    }
  }
}
