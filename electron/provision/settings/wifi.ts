// Wi-Fi profiles of AMT: those of the profile added or brought up to date, others taken out where it wants only its own.
import type { Difference, Value } from '../../../shared/change.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import type { WifiNetwork } from '../../../shared/profile.ts'
import { wiFiPortConfigurationService as service } from '../../wsman/amt/wiFiPortConfigurationService.ts'
import { wiFiEndpointSettings } from '../../wsman/cim/wiFiEndpointSettings.ts'
import { wiFiPort } from '../../wsman/cim/wiFiPort.ts'
import type { Device } from '../../wsman/client.ts'
import { resourceUri } from '../../wsman/envelope.ts'
import type { Attempt } from '../attempt.ts'
import { isInUse, markSent, markTaken } from '../escrow.ts'
import type { Setting, Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'

/** AuthenticationMethod and EncryptionMethod (wsman.md 3.5): TKIP for WPA, CCMP for what came after. */
const security = {
  wpa: { AuthenticationMethod: 4, EncryptionMethod: 3, words: 'WPA' },
  wpa2: { AuthenticationMethod: 6, EncryptionMethod: 4, words: 'WPA2' },
  wpa3: { AuthenticationMethod: 32_768, EncryptionMethod: 4, words: 'WPA3' }
} as const

/** The port's key among the values; no network can be called so, because theirs have a prefix. */
const port = 'port'
const prefix = 'network '
/** EnabledState of the port: off, and on in every sleep state on mains. */
const portOff = 3
const portOn = 32_769

interface Present {
  readonly id: string
  readonly method: number
  readonly priority: number
}

/** Profiles of the operating system's user come from the host, not from a manager; their names say so (believed). */
const isUsers = (id: string): boolean => id.includes('User Settings')

const listed = ({ plan }: Attempt): readonly WifiNetwork[] =>
  plan.profile.wifi.kind === 'keep' ? [] : plan.profile.wifi.list
const networkOf = (attempt: Attempt, key: string): WifiNetwork | undefined =>
  listed(attempt).find(({ ssid }) => prefix + ssid === key)

/** Key → profile. A device without Wi-Fi has none, which is only a lack where some are wanted. */
async function present(attempt: Attempt): Promise<Result<ReadonlyMap<string, Present>>> {
  const all = await wiFiEndpointSettings.enumerate(openedDevice(attempt))
  if (!all.ok) return all.problem.code === 'class-missing' && listed(attempt).length === 0 ? ok(new Map()) : all
  return ok(
    new Map(
      all.value
        .filter(({ values }) => values.InstanceID !== '' && !isUsers(values.InstanceID))
        .map(({ values: { InstanceID, SSID, ElementName, AuthenticationMethod = 0, Priority = 0 } }) => [
          prefix + (SSID ?? ElementName ?? InstanceID),
          { id: InstanceID, method: AuthenticationMethod, priority: Priority }
        ])
    )
  )
}

async function want(attempt: Attempt): Promise<Result<Wanted>> {
  const { wifi, cleanUp } = attempt.plan.profile
  const networks = listed(attempt)
  const mine = networks.map((each) => [prefix + each.ssid, security[each.security].AuthenticationMethod] as const)
  const wanted: Wanted = { ...Object.fromEntries(mine), ...(networks.length > 0 && { [port]: portOn }) }
  if (wifi.kind !== 'replace' && cleanUp !== 'clear') return ok(wanted)
  const there = await present(attempt)
  if (!there.ok) return there
  const others = [...there.value.keys()].filter((key) => !(key in wanted))
  return ok({ ...wanted, ...Object.fromEntries(others.map((key) => [key, null])) })
}

const say = (method: Value | undefined): string =>
  Object.values(security).find(({ AuthenticationMethod }) => AuthenticationMethod === method)?.words ??
  (method === null || method === undefined ? '(none)' : `method ${method}`)

async function lookAtPort(attempt: Attempt, will: Value): Promise<Result<readonly Difference[]>> {
  const found = await wiFiPort.get(openedDevice(attempt))
  if (!found.ok) return found
  const was = found.value.values.EnabledState ?? portOff
  if ((was === portOff) === (will === portOff)) return ok([])
  const words = (state: Value): string => (state === portOff ? 'off' : 'on')
  const setting = 'Wi-Fi of AMT'
  return ok([{ step: 'wifi', key: port, setting, from: words(was), to: words(will), was, will, reversible: true }])
}

async function look(attempt: Attempt, wanted: Wanted): Promise<Result<readonly Difference[]>> {
  const there = await present(attempt)
  if (!there.ok) return there
  const found: Difference[] = []
  for (const [key, will] of Object.entries(wanted)) {
    if (key === port) {
      const differs = await lookAtPort(attempt, will)
      if (!differs.ok) return differs
      found.push(...differs.value)
      continue
    }
    const was = there.value.get(key)?.method ?? null
    const slot = networkOf(attempt, key)?.slot
    const same = was === will
    const inUse = same && slot !== undefined ? await isInUse(attempt, purposeOf(key), slot) : ok(true)
    if (!inUse.ok) return inUse
    if (same && inUse.value) continue
    found.push({
      step: 'wifi',
      key,
      setting: `Wi-Fi profile ${key.slice(prefix.length)}`,
      from: say(was),
      to: `${say(will)}${same ? ', with the passphrase given' : ''}`,
      was,
      will,
      reversible: was === null,
      ...(was !== null && { why: 'AMT does not give the passphrase of a Wi-Fi profile back.' })
    })
  }
  return ok(found)
}

const purposeOf = (key: string): `wifi ${string}` => `wifi ${key.slice(prefix.length)}`

/** Adds a network, or writes it anew over the one of its name. */
async function put(attempt: Attempt, device: Device, network: WifiNetwork): Promise<Result<unknown>> {
  const { ssid, slot = '' } = network
  const key = prefix + ssid
  const there = await present(attempt)
  if (!there.ok) return there
  const known = there.value.get(key)
  const phrase = await attempt.tools.vault.read(slot)
  if (!phrase.ok) return phrase
  const taken = new Set([...there.value.values()].map(({ priority }) => priority))
  const free = Array.from({ length: 255 }, (_, at) => at + 1).find((each) => !taken.has(each))
  const Priority = known?.priority ?? free
  if (Priority === undefined) return fail('answer-garbled', { found: 'no free priority', expected: '1 to 255' })
  const { words: _words, ...methods } = security[network.security]
  const WiFiEndpointSettingsInput = {
    ElementName: ssid,
    InstanceID: known?.id ?? `Intel(r) AMT:WiFi Endpoint Settings ${ssid}`,
    ...methods,
    SSID: ssid,
    Priority,
    PSKPassPhrase: phrase.value
  }
  markSent(attempt, purposeOf(key), slot, ssid)
  const made = known
    ? await service.updateWiFiSettings(device, {
        WiFiEndpointSettings: {
          resource: resourceUri('CIM_WiFiEndpointSettings'),
          selectors: { InstanceID: known.id }
        },
        WiFiEndpointSettingsInput
      })
    : await service.addWiFiSettings(device, {
        WiFiEndpoint: { resource: resourceUri('CIM_WiFiEndpoint'), selectors: { Name: 'WiFi Endpoint 0' } },
        WiFiEndpointSettingsInput
      })
  if (made.ok) markTaken(attempt, purposeOf(key), slot)
  return made
}

async function make(attempt: Attempt, differences: readonly Difference[]): Promise<Result<null>> {
  const device = openedDevice(attempt)
  const there = await present(attempt)
  if (!there.ok) return there
  // Removed ones first: there is room for few.
  const ordered = [...differences].sort((a, b) => Number(b.will === null) - Number(a.will === null))
  for (const { key, will } of ordered) {
    const network = networkOf(attempt, key)
    const id = there.value.get(key)?.id
    let made: Result<unknown> = ok(null)
    if (key === port) made = await wiFiPort.requestStateChange(device, { RequestedState: Number(will) })
    else if (will !== null && network) made = await put(attempt, device, network)
    else if (id !== undefined) made = await wiFiEndpointSettings.delete(device, { InstanceID: id })
    if (!made.ok) return made
  }
  return ok(null)
}

export const wifi: Setting = {
  name: 'wifi',
  wanted: (profile) => profile.wifi.kind !== 'keep' || profile.cleanUp === 'clear',
  want,
  look,
  make
}
