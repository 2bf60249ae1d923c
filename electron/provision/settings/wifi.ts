// Wi-Fi profiles of AMT: those of the profile added or brought up to date, others taken out where it wants only its own.
import type { Difference, Value } from '../../../shared/change.ts'
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { hasPassword } from '../../../shared/profile/eap.ts'
import type { Eap, WifiNetwork } from '../../../shared/profile.ts'
import { wiFiPortConfigurationService as service } from '../../wsman/amt/wiFiPortConfigurationService.ts'
import { ieee8021xSettings } from '../../wsman/cim/ieee8021xSettings.ts'
import { wiFiEndpointSettings } from '../../wsman/cim/wiFiEndpointSettings.ts'
import { wiFiPort } from '../../wsman/cim/wiFiPort.ts'
import type { Device } from '../../wsman/client.ts'
import type { Reference } from '../../wsman/schema.ts'
import type { Attempt } from '../attempt.ts'
import { isInUse, markSent, markTaken } from '../escrow.ts'
import type { Setting, Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'
import { areChosen, contextsOf, type EapInput, eapInput, protocolOf, sayProtocol, userOf, userWords } from './eap.ts'
import { at } from './ownCertificate.ts'

/** AuthenticationMethod and EncryptionMethod (wsman.md 3.5): TKIP for WPA, CCMP for what came after. */
const security = {
  wpa: { AuthenticationMethod: 4, EncryptionMethod: 3, words: 'WPA' },
  wpa2: { AuthenticationMethod: 6, EncryptionMethod: 4, words: 'WPA2' },
  wpa3: { AuthenticationMethod: 32_768, EncryptionMethod: 4, words: 'WPA3' },
  'wpa 802.1X': { AuthenticationMethod: 5, EncryptionMethod: 3, words: 'WPA with 802.1X' },
  'wpa2 802.1X': { AuthenticationMethod: 7, EncryptionMethod: 4, words: 'WPA2 with 802.1X' }
} as const

/** A profile with WPA3 and 802.1X is refused before anything begins. */
const securityOf = ({ security: kind, eap }: WifiNetwork) =>
  security[eap ? (kind === 'wpa' ? 'wpa 802.1X' : 'wpa2 802.1X') : kind]

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
  const mine = networks.map((each) => [prefix + each.ssid, securityOf(each).AuthenticationMethod] as const)
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

/** 802.1X of a network, found again by this name. */
export const eapIdOf = (ssid: string): string => `Intel(r) AMT:IEEE 802.1x Settings ${ssid}`

/** How the 802.1X of a network on the device is another than that of the profile; undefined: it is the same. */
async function eapDiffers(attempt: Attempt, ssid: string, eap: Eap): Promise<Result<string | undefined>> {
  const device = openedDevice(attempt)
  const id = eapIdOf(ssid)
  const user = await userOf(attempt, eap)
  if (!user.ok) return user
  const words = `: ${sayProtocol(protocolOf(eap))} as ${user.value}`
  const all = await ieee8021xSettings.enumerate(device)
  if (!all.ok) return all
  const now = all.value.find(({ values }) => values.InstanceID === id)?.values
  const same =
    now?.AuthenticationProtocol === protocolOf(eap) &&
    userWords(now.Username, now.Domain) === user.value &&
    (now.ServerCertificateName ?? '') === eap.serverName
  if (!same) return ok(words)
  const contexts = await contextsOf('wifi', device)
  if (!contexts.ok) return contexts
  const mine = contexts.value.filter(({ provider }) => provider.selectors.InstanceID === id)
  const chosen = await areChosen(
    attempt,
    eap,
    mine.map(({ certificate }) => certificate)
  )
  if (!chosen.ok) return chosen
  return ok(chosen.value ? undefined : `${words}, with the certificates of the profile`)
}

/** What is another in a network that is there in the same security: its 802.1X, or its secret. Undefined: nothing is. */
async function differsInside(attempt: Attempt, key: string, network: WifiNetwork): Promise<Result<string | undefined>> {
  const { ssid, eap } = network
  const inside = eap ? await eapDiffers(attempt, ssid, eap) : ok(undefined)
  if (!inside.ok || inside.value !== undefined) return inside
  if (eap && !hasPassword(eap)) return ok(undefined)
  const slot = eap ? eap.slot : network.slot
  const inUse = slot === undefined ? ok(true) : await isInUse(attempt, purposeOf(key), slot)
  if (!inUse.ok) return inUse
  return ok(inUse.value ? undefined : `, with the ${eap ? 'password' : 'passphrase'} given`)
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
    const network = networkOf(attempt, key)
    const differs = network && was === will ? await differsInside(attempt, key, network) : ok(undefined)
    if (!differs.ok) return differs
    if (was === will && differs.value === undefined) continue
    found.push({
      step: 'wifi',
      key,
      setting: `Wi-Fi profile ${key.slice(prefix.length)}`,
      from: say(was),
      to: `${say(will)}${differs.value ?? ''}`,
      was,
      will,
      reversible: was === null,
      ...(was !== null && { why: 'AMT does not give the passphrase of a Wi-Fi profile back.' })
    })
  }
  return ok(found)
}

const purposeOf = (key: string): `wifi ${string}` => `wifi ${key.slice(prefix.length)}`

interface Proof {
  readonly username: string
  /** Where its secret lies; absent when it has none. */
  readonly slot: string | undefined
  readonly phrase: string | undefined
  /** What AddWiFiSettings takes beside the profile itself. */
  readonly beside: {
    readonly IEEE8021xSettingsInput?: EapInput['settings'] & {
      readonly ElementName: string
      readonly InstanceID: string
    }
    readonly CACredential?: Reference
    readonly ClientCredential?: Reference
  }
}

/** By what a network is joined: a passphrase, or 802.1X with its certificates. */
async function proofOf(attempt: Attempt, { ssid, slot = '', eap }: WifiNetwork): Promise<Result<Proof>> {
  if (!eap) {
    const phrase = await attempt.tools.vault.read(slot)
    return phrase.ok ? ok({ username: ssid, slot, phrase: phrase.value, beside: {} }) : phrase
  }
  const input = await eapInput(attempt, eap)
  if (!input.ok) return input
  const { settings, issuer, client } = input.value
  const IEEE8021xSettingsInput = { ElementName: ssid, InstanceID: eapIdOf(ssid), ...settings }
  return ok({
    username: settings.Username,
    slot: hasPassword(eap) ? (eap.slot ?? '') : undefined,
    phrase: undefined,
    beside: { IEEE8021xSettingsInput, CACredential: issuer, ...(client && { ClientCredential: client }) }
  })
}

/** Adds a network, or writes it anew over the one of its name. */
async function put(attempt: Attempt, device: Device, network: WifiNetwork): Promise<Result<unknown>> {
  const { ssid, eap } = network
  const key = prefix + ssid
  const there = await present(attempt)
  if (!there.ok) return there
  const known = there.value.get(key)
  const proof = await proofOf(attempt, network)
  if (!proof.ok) return proof
  const { slot, username, phrase, beside } = proof.value
  const taken = new Set([...there.value.values()].map(({ priority }) => priority))
  const free = Array.from({ length: 255 }, (_, n) => n + 1).find((each) => !taken.has(each))
  const Priority = known?.priority ?? free
  if (Priority === undefined) return fail('answer-garbled', { found: 'no free priority', expected: '1 to 255' })
  const { words: _words, ...methods } = securityOf(network)
  const WiFiEndpointSettingsInput = {
    ElementName: ssid,
    InstanceID: known?.id ?? `Intel(r) AMT:WiFi Endpoint Settings ${ssid}`,
    ...methods,
    SSID: ssid,
    Priority,
    PSKPassPhrase: phrase
  }
  if (slot !== undefined) markSent(attempt, purposeOf(key), slot, username)
  const made = known
    ? await service.updateWiFiSettings(device, {
        WiFiEndpointSettings: at('CIM_WiFiEndpointSettings', { InstanceID: known.id }),
        WiFiEndpointSettingsInput,
        ...beside
      })
    : await service.addWiFiSettings(device, {
        WiFiEndpoint: at('CIM_WiFiEndpoint', { Name: 'WiFi Endpoint 0' }),
        WiFiEndpointSettingsInput,
        ...beside
      })
  if (made.ok && slot !== undefined) markTaken(attempt, purposeOf(key), slot)
  return made.ok && !eap ? forgetEap(device, ssid) : made
}

/** 802.1X that was made for a network stays in the device when the network goes, and would keep its certificates there. */
async function forgetEap(device: Device, ssid: string): Promise<Result<unknown>> {
  const all = await ieee8021xSettings.enumerate(device)
  if (!all.ok) return all.problem.code === 'class-missing' ? ok(null) : all
  const InstanceID = eapIdOf(ssid)
  const isThere = all.value.some(({ values }) => values.InstanceID === InstanceID)
  return isThere ? ieee8021xSettings.delete(device, { InstanceID }) : ok(null)
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
    else if (id !== undefined) {
      made = await wiFiEndpointSettings.delete(device, { InstanceID: id })
      if (made.ok) made = await forgetEap(device, key.slice(prefix.length))
    }
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
