// The power package (in which sleep states AMT stays awake) and how long an idle management engine stays awake.
import type { Value } from '../../../shared/change.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { systemPowerScheme } from '../../wsman/amt/systemPowerScheme.ts'
import { elementSettingData } from '../../wsman/cim/elementSettingData.ts'
import type { Device } from '../../wsman/client.ts'
import type { Attempt } from '../attempt.ts'
import { valuesSetting, type Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'
import { readGeneral, writeGeneral } from './general.ts'

interface Package {
  readonly id: string
  readonly words: string
}

async function packages(device: Device): Promise<Result<readonly Package[]>> {
  const schemes = await systemPowerScheme.enumerate(device)
  if (!schemes.ok) return schemes
  return ok(schemes.value.map(({ values }) => ({ id: values.InstanceID, words: values.Description ?? '' })))
}

/** The description is all that tells one package from another across mobile and desktop models (believed, not documented). */
const isAlways = ({ words }: Package): boolean => /S[345x]/.test(words)

/** The package in force; the association to it is the only place that says so. */
async function current(device: Device): Promise<Result<string | undefined>> {
  const links = await elementSettingData.enumerate(device)
  if (!links.ok) return links
  const link = links.value.find(
    ({ values: { IsCurrent, SettingData } }) =>
      IsCurrent === 1 && SettingData.resource.endsWith(`/${systemPowerScheme.name}`)
  )
  const id = link?.values.SettingData.selectors.InstanceID
  return ok(typeof id === 'string' ? id : undefined)
}

async function want(attempt: Attempt): Promise<Result<Wanted>> {
  const { power: wanted, idle } = attempt.plan.profile
  const timeout = idle === null ? {} : { IdleWakeTimeout: idle }
  if (wanted === 'keep') return ok(timeout)
  const device = openedDevice(attempt)
  const all = await packages(device)
  if (!all.ok) return all
  const now = await current(device)
  if (!now.ok) return now
  const fitting = all.value.filter((each) => isAlways(each) === (wanted === 'always'))
  // Several may do; the one in force is as good as any.
  const chosen = fitting.find(({ id }) => id === now.value) ?? fitting[0]
  return chosen
    ? ok({ ...timeout, scheme: [chosen.id, chosen.words] })
    : fail('setting-fixed', { values: { why: 'This model has no such power package.' } })
}

async function read(attempt: Attempt, wanted: Wanted): Promise<Result<Wanted>> {
  const general = 'IdleWakeTimeout' in wanted ? await readGeneral(attempt, { IdleWakeTimeout: 0 }) : ok({})
  if (!general.ok || !('scheme' in wanted)) return general
  const device = openedDevice(attempt)
  const [all, now] = [await packages(device), await current(device)]
  if (!all.ok) return all
  if (!now.ok) return now
  const chosen = all.value.find(({ id }) => id === now.value)
  return ok({ ...general.value, scheme: chosen ? [chosen.id, chosen.words] : null })
}

const sayScheme = (value: Value): string => (Array.isArray(value) ? String(value[1]) : 'not known')

export const power = valuesSetting({
  name: 'power',
  wanted: ({ power: wanted, idle }) => wanted !== 'keep' || idle !== null,
  values: {
    scheme: { title: 'Power package', say: sayScheme },
    IdleWakeTimeout: { title: 'Idle timeout', say: (value) => `${value} min` }
  },
  want,
  read,
  async write(attempt, { scheme, ...general }) {
    if (Array.isArray(scheme)) {
      const set = await systemPowerScheme.setPowerScheme(openedDevice(attempt), {}, { InstanceID: String(scheme[0]) })
      if (!set.ok) return set
    }
    return Object.keys(general).length === 0 ? ok(null) : writeGeneral(attempt, general)
  }
})
