// Asks about this installation: updates, what is kept where, and its removal.
import type { settingsAsks } from '../../../shared/contract/settings.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import type { Core } from '../../core.ts'
import { keptHere, mayRemove, type Removing } from '../../removal.ts'
import type { Desk } from '../ipc.ts'
import type { Updates } from '../updates/updates.ts'
import { allFiles, type Dialogs } from './dialogs.ts'

const updateKind = { name: 'Update', extensions: ['amtupdate', 'exe', 'dmg', 'zip', 'AppImage', 'deb', 'rpm', 'gz'] }

export interface SettingsTools {
  readonly updates: Updates
  readonly removing: Removing
  /** Asks once more, by a dialog that no page can press; true when the person wants it. */
  readonly confirmRemoval: () => Promise<boolean>
  /** Closes the core, removes everything, says what became of it, and ends the program. */
  readonly removeAll: () => void
}

export function settingsDesk(
  core: Core,
  dialogs: Dialogs,
  { updates, removing, confirmRemoval, removeAll }: SettingsTools
): Pick<Desk, keyof typeof settingsAsks> {
  /** The update file of before, for a person who wants it although it is older. */
  let chosen: string | undefined
  return {
    'updates.read': () => ok(updates.read()),
    'updates.set': ({ address }) => updates.set(address),
    'updates.check': () => updates.check(),
    'updates.fetch': () => updates.fetch(),
    'updates.install': () => updates.install(),
    async 'updates.file'({ again }) {
      const path = again ? chosen : await dialogs.path([updateKind, allFiles])
      if (path === undefined) return ok(null)
      chosen = path
      return updates.file(path, again)
    },
    'data.read': async () => ok(await keptHere(removing)),
    async 'data.remove'({ accepted }): Promise<Result<Record<string, never>>> {
      if (core.isBusy()) return fail('still-working')
      const may = mayRemove(await keptHere(removing), accepted)
      if (!may.ok) return may
      if (!(await confirmRemoval())) return ok({})
      // The page gets its answer first.
      setImmediate(removeAll)
      return ok({})
    }
  }
}
