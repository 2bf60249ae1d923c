// Each ask of the contract, answered by the core: the parts of the desk, put together.
import type { BrowserWindow } from 'electron'
import { ok } from '../../shared/problem.ts'
import type { Core } from '../core.ts'
import { readableClasses } from '../explore.ts'
import { dialogsOf } from './desk/dialogs.ts'
import { discoveryDesk } from './desk/discovery.ts'
import { draftDesk } from './desk/draft.ts'
import { exportsDesk } from './desk/exports.ts'
import { importDesk } from './desk/import.ts'
import { outOfBandDesk } from './desk/outOfBand.ts'
import { packDesk } from './desk/packs.ts'
import { profileDesk } from './desk/profile.ts'
import { recordDesk } from './desk/record.ts'
import { type SettingsTools, settingsDesk } from './desk/settings.ts'
import { setUpDesk } from './desk/setUp.ts'
import type { Handed } from './handed.ts'
import type { Desk } from './ipc.ts'
import type { Power } from './power.ts'
import type { Tells } from './tells.ts'

/** The desk of a core, with the window its dialogs belong to. `resources` holds the sample file. */
export function deskOf(options: {
  readonly core: Core
  readonly window: () => BrowserWindow
  readonly resources: string
  readonly tells: Tells
  readonly power: Power
  readonly handed: Handed
  readonly settings: SettingsTools
}): Desk {
  const { core, tells } = options
  const dialogs = dialogsOf(options.window)
  return {
    'app.snapshot': () => ok(core.snapshot()),
    'power.battery'({ level, charging }) {
      options.power.battery(level, charging)
      return ok({})
    },

    ...draftDesk(core, dialogs, options.resources),
    ...discoveryDesk(core),
    ...profileDesk(core, dialogs),
    ...importDesk(core, dialogs, tells),
    ...outOfBandDesk(core),
    ...exportsDesk(core, dialogs),
    ...recordDesk(core, dialogs, options.resources),
    ...packDesk(core, dialogs, options.handed),
    ...setUpDesk(core, dialogs),
    ...settingsDesk(core, dialogs, options.settings),

    'device.classes': () => ok({ classes: readableClasses }),
    'device.read': ({ importId, jobId, class: name, operation }) => core.look(importId, jobId, name, operation)
  }
}
