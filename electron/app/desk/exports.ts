// Asks about lists and scripts for another manager: written where the person chooses, read from the file they choose.
import type { exportAsks } from '../../../shared/contract/exports.ts'
import { targetWords } from '../../../shared/exporting.ts'
import { ok } from '../../../shared/problem.ts'
import type { Core } from '../../core.ts'
import type { Desk } from '../ipc.ts'
import { allFiles, type Dialogs } from './dialogs.ts'

const resultKinds = [{ name: 'Result file', extensions: ['csv'] }, allFiles]

export function exportsDesk({ exporting }: Core, dialogs: Dialogs): Pick<Desk, keyof typeof exportAsks> {
  return {
    async 'export.save'({ importId, choice }) {
      const file = await exporting.file(importId, choice)
      if (!file.ok) return file
      const { name, bytes, computers } = file.value
      const kind = { name: targetWords[choice.to].title, extensions: [targetWords[choice.to].extension] }
      const saved = await dialogs.save(name, kind, bytes)
      if (!saved.ok || saved.value === null) return saved.ok ? ok(null) : saved
      exporting.saved(importId, choice, computers)
      return ok({ file: saved.value.file, computers })
    },
    async 'export.takeResult'({ importId }) {
      const known = exporting.results(importId)
      if (!known.ok) return known
      const file = await dialogs.read(resultKinds)
      if (!file.ok || file.value === null) return file.ok ? ok(null) : file
      return exporting.takeResult(importId, file.value.bytes)
    },
    'export.results': ({ importId }) => exporting.results(importId)
  }
}
