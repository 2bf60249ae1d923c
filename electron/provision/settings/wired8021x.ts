// 802.1X on the cable: the newer class from AMT 11 on, the older one before.
import { ok, type Result } from '../../../shared/problem.ts'
import { ieee8021xProfile } from '../../wsman/amt/ieee8021xProfile.ts'
import type { Device } from '../../wsman/client.ts'
import { ieee8021xSettings } from '../../wsman/ips/ieee8021xSettings.ts'
import { valuesSetting } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'

/** IPS_IEEE8021xSettings.Enabled: everything else is a way of being on. */
const off = 3

/** A device with neither class has no 802.1X, which is just what is wanted. */
async function isOn(device: Device): Promise<Result<boolean>> {
  const newer = await ieee8021xSettings.get(device)
  if (newer.ok) return ok((newer.value.values.Enabled ?? off) !== off)
  if (newer.problem.code !== 'class-missing') return newer
  const older = await ieee8021xProfile.get(device)
  if (older.ok) return ok(older.value.values.Enabled === true)
  return older.problem.code === 'class-missing' ? ok(false) : older
}

async function turnOff(device: Device): Promise<Result<unknown>> {
  const newer = await ieee8021xSettings.get(device)
  if (newer.ok) return ieee8021xSettings.put(device, newer.value, { Enabled: off })
  const older = await ieee8021xProfile.get(device)
  return older.ok ? ieee8021xProfile.put(device, older.value, { Enabled: false }) : older
}

export const wired8021x = valuesSetting({
  name: 'wired8021x',
  wanted: ({ cleanUp }) => cleanUp === 'clear',
  values: {
    on: { title: '802.1X on the cable', irreversible: 'Its password and certificates belong to the old manager.' }
  },
  want: () => ok({ on: false }),
  async read(attempt) {
    const on = await isOn(openedDevice(attempt))
    return on.ok ? ok({ on: on.value }) : on
  },
  write: (attempt) => turnOff(openedDevice(attempt))
})
