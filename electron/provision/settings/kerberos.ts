// Kerberos: whether users of the directory are let in at all. The key is the directory's affair: it is left as it is, and where
// there can be none, that is told. Firmware does not say whether it has a key, but one that was given came with a realm.
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { directoryUsers, kerberosLack } from '../../../shared/profile/kerberos.ts'
import { kerberosSettingData } from '../../wsman/amt/kerberosSettingData.ts'
import type { Attempt } from '../attempt.ts'
import { valuesSetting, type Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'

async function read(attempt: Attempt): Promise<Result<{ on: boolean; realm: string; tolerance: number | null }>> {
  const data = await kerberosSettingData.get(openedDevice(attempt))
  if (!data.ok) return data
  const { KrbEnabled, RealmName = '', MaximumClockTolerance } = data.value.values
  const found = { on: KrbEnabled === true, realm: RealmName }
  attempt.facts = { ...attempt.facts, kerberos: found }
  return ok({ ...found, tolerance: MaximumClockTolerance ?? null })
}

/** Notes in the facts how Kerberos stands, for a dry run. A device that does not say so has none, or another login may ask. */
export const noteKerberos = async (attempt: Attempt): Promise<void> => void (await read(attempt))

async function want(attempt: Attempt): Promise<Result<Wanted>> {
  const { profile } = attempt.plan
  const { kerberos } = profile
  if (kerberos.kind === 'off') return ok({ on: false })
  const found = await read(attempt)
  if (!found.ok) return found
  const { fqdn, name } = attempt.job.computer
  const why = kerberosLack(profile, found.value, fqdn || name)
  if (why !== undefined) return fail('setting-fixed', { values: { why } })
  if (kerberos.kind === 'keep') return ok({})
  return ok({ on: true, ...(kerberos.tolerance !== null && { tolerance: kerberos.tolerance }) })
}

/**
 * The realm goes back as it was read. That the firmware keeps its key when none comes with the rest is believed: a Get never
 * shows it, so no client could send it back.
 */
async function write(attempt: Attempt, { on, tolerance }: Wanted): Promise<Result<unknown>> {
  const device = openedDevice(attempt)
  const before = await kerberosSettingData.get(device)
  if (!before.ok) return before
  return kerberosSettingData.put(device, before.value, {
    ...(typeof on === 'boolean' && { KrbEnabled: on }),
    ...(tolerance !== undefined && { MaximumClockTolerance: typeof tolerance === 'number' ? tolerance : undefined })
  })
}

export const kerberos = valuesSetting({
  name: 'kerberos',
  wanted: (profile) => profile.kerberos.kind !== 'keep' || directoryUsers(profile).length > 0,
  values: {
    on: { title: 'Kerberos' },
    tolerance: {
      title: 'Clock tolerance of Kerberos',
      say: (value) => (typeof value === 'number' ? `${value} min` : 'the firmware’s own')
    }
  },
  want,
  read,
  write
})
