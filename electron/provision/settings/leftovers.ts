// What an old manager leaves in lists: proxies. A list is looked at, and emptied where the clean-up wants it.
import { ok, type Result } from '../../../shared/problem.ts'
import type { SettingName } from '../../../shared/steps.ts'
import type { Device } from '../../wsman/client.ts'
import { httpProxyAccessPoint } from '../../wsman/ips/httpProxyAccessPoint.ts'
import { type Setting, valuesSetting } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'

/** One thing of a list: what a person calls it, and how it is deleted. */
interface Leftover {
  readonly words: string
  readonly remove: () => Promise<Result<unknown>>
}

type List = (device: Device) => Promise<Result<readonly Leftover[]>>

/** A device without the class has none of it, which is just what is wanted. */
async function listed(list: List, device: Device): Promise<Result<readonly Leftover[]>> {
  const found = await list(device)
  return !found.ok && found.problem.code === 'class-missing' ? ok([]) : found
}

/** The setting of an empty list; `irreversible` says what is lost with its members. */
function emptied(name: SettingName, title: string, irreversible: string, list: List): Setting {
  return valuesSetting({
    name,
    wanted: ({ cleanUp }) => cleanUp === 'clear',
    values: { list: { title, irreversible } },
    want: () => ok({ list: [] }),
    async read(attempt) {
      const found = await listed(list, openedDevice(attempt))
      return found.ok ? ok({ list: found.value.map(({ words }) => words) }) : found
    },
    async write(attempt) {
      const found = await listed(list, openedDevice(attempt))
      if (!found.ok) return found
      for (const { remove } of found.value) {
        const gone = await remove()
        if (!gone.ok) return gone
      }
      return ok(null)
    }
  })
}

export const proxies = emptied('proxies', 'Proxies', 'Proxies are not noted in full.', async (device) => {
  const all = await httpProxyAccessPoint.enumerate(device)
  if (!all.ok) return all
  return ok(
    all.value.map(({ values: { Name, AccessInfo = Name, Port } }) => ({
      words: Port === undefined ? AccessInfo : `${AccessInfo}:${Port}`,
      remove: () => httpProxyAccessPoint.delete(device, { Name })
    }))
  )
})
