// What several settings share: single properties of AMT_GeneralSettings.
import type { Value } from '../../../shared/change.ts'
import { ok, type Result } from '../../../shared/problem.ts'
import { type GeneralSettings, generalSettings } from '../../wsman/amt/generalSettings.ts'
import type { Attempt } from '../attempt.ts'
import type { Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'

/** The named properties; where the device leaves one out, what that stands for. */
export async function readGeneral(attempt: Attempt, names: Readonly<Record<string, Value>>): Promise<Result<Wanted>> {
  const settings = await generalSettings.get(openedDevice(attempt))
  if (!settings.ok) return settings
  const { values } = settings.value
  return ok(
    Object.fromEntries(
      Object.entries(names).map(([name, absent]) => [name, (values[name as keyof GeneralSettings] ?? absent) as Value])
    )
  )
}

/** Puts the whole object back with some properties changed: AMT takes a left-out one as one to reset. */
export async function writeGeneral(attempt: Attempt, change: Wanted): Promise<Result<unknown>> {
  const device = openedDevice(attempt)
  const before = await generalSettings.get(device)
  return before.ok ? generalSettings.put(device, before.value, change as Partial<GeneralSettings>) : before
}
