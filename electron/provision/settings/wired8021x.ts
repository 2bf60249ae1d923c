// 802.1X on the cable: the newer class from AMT 11 on, the older one before. By password, by certificate, or off.
import { fail, ok, type Result } from '../../../shared/problem.ts'
import { hasPassword } from '../../../shared/profile/eap.ts'
import type { Eap } from '../../../shared/profile.ts'
import { ieee8021xProfile } from '../../wsman/amt/ieee8021xProfile.ts'
import type { Device } from '../../wsman/client.ts'
import { ieee8021xSettings } from '../../wsman/ips/ieee8021xSettings.ts'
import type { Attempt } from '../attempt.ts'
import { isInUse, markSent, markTaken } from '../escrow.ts'
import { valuesSetting, type Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'
import { areChosen, contextsOf, eapInput, protocolOf, referenceId, sayProtocol, userOf, userWords } from './eap.ts'

/** IPS_IEEE8021xSettings.Enabled: everything that is not off is a way of being on. */
const on = 2
const off = 3

interface Now {
  readonly on: boolean
  readonly method: number | null
  readonly user: string
  readonly serverName: string
  /** The certificates that it uses, by their InstanceID. */
  readonly certificates: readonly string[]
  /** Those that the settings name themselves, as the older class does. */
  readonly named: readonly string[]
}

const wantedOf = ({ plan }: Attempt): Eap | null =>
  plan.profile.wired8021x.kind === 'on' ? plan.profile.wired8021x.settings : null

/** As it is. A device with neither class has no 802.1X. */
export async function wiredNow(device: Device): Promise<Result<Now | undefined>> {
  const newer = await ieee8021xSettings.get(device)
  if (!newer.ok && newer.problem.code !== 'class-missing') return newer
  const older = newer.ok ? undefined : await ieee8021xProfile.get(device)
  if (older && !older.ok) return older.problem.code === 'class-missing' ? ok(undefined) : older
  const contexts = await contextsOf(newer.ok ? 'newer' : 'older', device)
  if (!contexts.ok) return contexts
  const told = older?.value.values
  const values = newer.ok ? newer.value.values : told
  const isOn = newer.ok ? (newer.value.values.Enabled ?? off) !== off : told?.Enabled === true
  const named = [...referenceId(told?.ServerCertificateIssuer), ...referenceId(told?.ClientCertificate)]
  return ok({
    on: isOn,
    method: values?.AuthenticationProtocol ?? null,
    user: userWords(values?.Username, values?.Domain),
    serverName: values?.ServerCertificateName ?? '',
    certificates: named.length > 0 ? named : contexts.value.map(({ certificate }) => certificate),
    named
  })
}

async function want(attempt: Attempt): Promise<Result<Wanted>> {
  const eap = wantedOf(attempt)
  if (!eap) return ok({ on: false })
  const user = await userOf(attempt, eap)
  if (!user.ok) return user
  const inUse = hasPassword(eap) ? await isInUse(attempt, 'wired', eap.slot ?? '') : ok(true)
  if (!inUse.ok) return inUse
  const renewed = inUse.value ? {} : { password: 'the one given' }
  return ok({
    on: true,
    method: protocolOf(eap),
    user: user.value,
    serverName: eap.serverName,
    certificates: true,
    ...renewed
  })
}

async function read(attempt: Attempt, wanted: Wanted): Promise<Result<Wanted>> {
  const found = await wiredNow(openedDevice(attempt))
  if (!found.ok) return found
  if (!found.value)
    return wanted.on === true
      ? fail('setting-fixed', { values: { why: 'This device has no 802.1X on the cable.' } })
      : ok({ on: false })
  const eap = wantedOf(attempt)
  const chosen = eap ? await areChosen(attempt, eap, found.value.certificates) : ok(false)
  const { on: isOn, method, user, serverName } = found.value
  return chosen.ok ? ok({ on: isOn, method, user, serverName, certificates: chosen.value }) : chosen
}

async function turnOn(attempt: Attempt, device: Device, eap: Eap): Promise<Result<unknown>> {
  const { slot = '' } = eap
  const input = await eapInput(attempt, eap)
  if (!input.ok) return input
  const { settings, issuer, client } = input.value
  if (hasPassword(eap)) markSent(attempt, 'wired', slot, settings.Username)
  const newer = await ieee8021xSettings.get(device)
  if (newer.ok) {
    const made = await ieee8021xSettings.put(device, newer.value, { ...settings, Enabled: on })
    if (!made.ok) return made
    const certificates = { ServerCertificateIssuer: issuer, ...(client && { ClientCertificate: client }) }
    const chosen = await ieee8021xSettings.setCertificates(device, certificates)
    if (!chosen.ok) return chosen
  } else {
    const older = await ieee8021xProfile.get(device)
    if (!older.ok) return older
    const change = { ...settings, Enabled: true, ServerCertificateIssuer: issuer, ClientCertificate: client }
    const made = await ieee8021xProfile.put(device, older.value, change)
    if (!made.ok) return made
  }
  if (hasPassword(eap)) markTaken(attempt, 'wired', slot)
  return ok(null)
}

async function turnOff(device: Device): Promise<Result<unknown>> {
  const newer = await ieee8021xSettings.get(device)
  if (newer.ok) return ieee8021xSettings.put(device, newer.value, { Enabled: off })
  const older = await ieee8021xProfile.get(device)
  return older.ok ? ieee8021xProfile.put(device, older.value, { Enabled: false }) : older
}

const irreversible = 'Its former password and certificates belong to the old manager.'

export const wired8021x = valuesSetting({
  name: 'wired8021x',
  wanted: ({ wired8021x: { kind }, cleanUp }) => kind !== 'keep' || cleanUp === 'clear',
  values: {
    on: { title: '802.1X on the cable', irreversible },
    method: { title: 'Method of 802.1X', say: sayProtocol, irreversible },
    user: { title: 'User for 802.1X', irreversible },
    serverName: { title: 'Server for 802.1X', irreversible },
    certificates: {
      title: 'Certificates for 802.1X',
      say: (value) => (value === true ? 'those of the profile' : 'others or none'),
      irreversible
    },
    password: { title: 'Password for 802.1X', irreversible }
  },
  want,
  read,
  write(attempt, change) {
    const eap = wantedOf(attempt)
    const device = openedDevice(attempt)
    return eap && change.on !== false ? turnOn(attempt, device, eap) : turnOff(device)
  }
})
