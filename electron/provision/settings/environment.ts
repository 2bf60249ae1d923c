// Environment detection: the domains in which AMT counts as inside. Outside it closes its ports.
import type { Value } from '../../../shared/change.ts'
import { ok } from '../../../shared/problem.ts'
import { environmentDetectionSettingData } from '../../wsman/amt/environmentDetectionSettingData.ts'
import { valuesSetting } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'

const sorted = (value: Value): string[] =>
  (Array.isArray(value) ? value : []).map((each) => String(each).toLowerCase()).sort()

export const environment = valuesSetting({
  name: 'environment',
  wanted: ({ environment: { kind }, cleanUp }) => kind !== 'keep' || cleanUp === 'clear',
  values: {
    DetectionStrings: {
      title: 'Domains that count as inside',
      same: (a, b) => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
    }
  },
  want: ({ plan: { profile } }) =>
    ok({ DetectionStrings: profile.environment.kind === 'domains' ? profile.environment.domains : [] }),
  async read(attempt) {
    const data = await environmentDetectionSettingData.get(openedDevice(attempt))
    return data.ok ? ok({ DetectionStrings: [...data.value.values.DetectionStrings] }) : data
  },
  async write(attempt, { DetectionStrings }) {
    const device = openedDevice(attempt)
    const before = await environmentDetectionSettingData.get(device)
    if (!before.ok) return before
    const domains = Array.isArray(DetectionStrings) ? DetectionStrings.map(String) : []
    return environmentDetectionSettingData.put(device, before.value, { DetectionStrings: domains })
  }
})
