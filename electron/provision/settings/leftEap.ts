// 802.1X that an old manager left: contexts that still name certificates, and settings of Wi-Fi networks that are gone.
import { ok, type Result } from '../../../shared/problem.ts'
import { ieee8021xProfile } from '../../wsman/amt/ieee8021xProfile.ts'
import { ieee8021xSettings as wifiSettings } from '../../wsman/cim/ieee8021xSettings.ts'
import type { Device } from '../../wsman/client.ts'
import { ieee8021xSettings as wiredSettings } from '../../wsman/ips/ieee8021xSettings.ts'
import type { Reference } from '../../wsman/schema.ts'
import type { Attempt } from '../attempt.ts'
import { openedDevice } from '../steps/opened.ts'
import { type Context, contextsOf, eapContexts } from './eap.ts'
import { eapIdOf } from './wifi.ts'
import { wiredNow } from './wired8021x.ts'

/** One thing that is left: what a person calls it, and how it goes. */
export interface LeftEap {
  readonly words: string
  readonly remove: () => Promise<Result<unknown>>
}

/** Which certificates 802.1X uses (InstanceIDs), and what of it nobody needs any more. */
export interface EapUse {
  readonly used: ReadonlySet<string>
  readonly left: readonly LeftEap[]
}

const idOf = ({ selectors }: Reference): string => String(selectors.InstanceID ?? '')
const idsOf = (contexts: readonly Context[]): string[] => contexts.map(({ certificate }) => certificate)

/** The older class names certificates itself, and goes on doing so while it is off. */
async function forgetNamed(device: Device): Promise<Result<unknown>> {
  const profile = await ieee8021xProfile.get(device)
  const none = { ServerCertificateIssuer: undefined, ClientCertificate: undefined }
  return profile.ok ? ieee8021xProfile.put(device, profile.value, none) : profile
}

/** On the cable: while it is off, whatever its contexts name is left over. */
async function onCable(attempt: Attempt, isEarly: boolean): Promise<Result<EapUse>> {
  const device = openedDevice(attempt)
  const now = await wiredNow(device)
  if (!now.ok) return now
  const [older, newer] = [await contextsOf('older', device), await contextsOf('newer', device)]
  if (!older.ok) return older
  if (!newer.ok) return newer
  if (isEarly || now.value?.on)
    return ok({
      used: new Set([...(now.value?.certificates ?? []), ...idsOf(older.value), ...idsOf(newer.value)]),
      left: []
    })
  const words = (count: number): string => `certificates of 802.1X on the cable (${count})`
  const named = now.value?.named ?? []
  const olderLeft = {
    words: words(new Set([...named, ...idsOf(older.value)]).size),
    async remove(): Promise<Result<unknown>> {
      const unnamed = named.length > 0 ? await forgetNamed(device) : ok(null)
      if (!unnamed.ok) return unnamed
      for (const { of, provider } of older.value) {
        const context = { ElementInContext: of, ElementProvidingContext: provider }
        const gone = await eapContexts.older.delete(device, context)
        if (!gone.ok) return gone
      }
      return ok(null)
    }
  }
  // The newer context has no Delete: choosing none takes them out (its class document; not seen on a device).
  const newerLeft = { words: words(newer.value.length), remove: () => wiredSettings.setCertificates(device, {}) }
  return ok({
    used: new Set(),
    left: [
      ...(older.value.length + named.length > 0 ? [olderLeft] : []),
      ...(newer.value.length > 0 ? [newerLeft] : [])
    ]
  })
}

/** In Wi-Fi: settings that belong to none of the networks of the profile; their contexts go with them. */
async function inAir(attempt: Attempt, isEarly: boolean): Promise<Result<EapUse>> {
  const device = openedDevice(attempt)
  const { wifi } = attempt.plan.profile
  const listed = wifi.kind === 'keep' ? [] : wifi.list
  const kept = new Set(listed.filter(({ eap }) => eap).map(({ ssid }) => eapIdOf(ssid)))
  const contexts = await contextsOf('wifi', device)
  if (!contexts.ok) return contexts
  const all = await wifiSettings.enumerate(device)
  if (!all.ok && all.problem.code !== 'class-missing') return all
  const there = all.ok ? all.value.map(({ values: { InstanceID } }) => InstanceID) : []
  const left = isEarly ? [] : there.filter((id) => !kept.has(id))
  return ok({
    used: new Set(idsOf(contexts.value.filter(({ provider }) => !left.includes(idOf(provider))))),
    left: left.map((InstanceID) => ({
      words: `Wi-Fi settings “${InstanceID}”`,
      remove: () => wifiSettings.delete(device, { InstanceID })
    }))
  })
}

/** `isEarly`: before the old manager's networks were taken out everything of it counts as used. */
export async function eapUse(attempt: Attempt, isEarly: boolean): Promise<Result<EapUse>> {
  const cable = await onCable(attempt, isEarly)
  if (!cable.ok) return cable
  const air = await inAir(attempt, isEarly)
  if (!air.ok) return air
  return ok({ used: new Set([...cable.value.used, ...air.value.used]), left: [...cable.value.left, ...air.value.left] })
}
