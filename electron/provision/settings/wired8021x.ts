// 802.1X on the cable: the newer class from AMT 11 on, the older one before. By name and password, or off.
import { fail, ok, type Result } from '../../../shared/problem.ts'
import type { Wired8021x } from '../../../shared/profile.ts'
import { ieee8021xProfile } from '../../wsman/amt/ieee8021xProfile.ts'
import type { Device } from '../../wsman/client.ts'
import { resourceUri } from '../../wsman/envelope.ts'
import { ieee8021xSettings } from '../../wsman/ips/ieee8021xSettings.ts'
import type { Reference } from '../../wsman/schema.ts'
import type { Attempt } from '../attempt.ts'
import { isInUse, markSent, markTaken } from '../escrow.ts'
import { valuesSetting, type Wanted } from '../setting.ts'
import { openedDevice } from '../steps/opened.ts'
import { storedCertificates } from './certificateStore.ts'

/** IPS_IEEE8021xSettings.Enabled: everything that is not off is a way of being on. */
const on = 2
const off = 3
/** AuthenticationProtocol: PEAP with MS-CHAP v2 inside (AMT SDK; recalled, not recorded). */
const peap = 2
/** ServerCertificateNameComparison: the whole name, not a suffix. */
const fullName = 0

type Settings = NonNullable<Wired8021x['settings']>

interface Now {
  readonly on: boolean
  readonly user: string
  readonly serverName: string
}

const wantedOf = ({ plan }: Attempt): Settings | null =>
  plan.profile.wired8021x.kind === 'on' ? plan.profile.wired8021x.settings : null

const userOf = (Username = '', Domain = ''): string => (Domain === '' ? Username : `${Domain}\\${Username}`)

/** A device with neither class has no 802.1X. */
async function now(device: Device): Promise<Result<Now | undefined>> {
  const newer = await ieee8021xSettings.get(device)
  if (newer.ok) {
    const { Enabled = off, Username, Domain, ServerCertificateName: serverName = '' } = newer.value.values
    return ok({ on: Enabled !== off, user: userOf(Username, Domain), serverName })
  }
  if (newer.problem.code !== 'class-missing') return newer
  const older = await ieee8021xProfile.get(device)
  if (!older.ok) return older.problem.code === 'class-missing' ? ok(undefined) : older
  const { Enabled, Username, Domain, ServerCertificateName: serverName = '' } = older.value.values
  return ok({ on: Enabled === true, user: userOf(Username, Domain), serverName })
}

async function want(attempt: Attempt): Promise<Result<Wanted>> {
  const settings = wantedOf(attempt)
  if (!settings) return ok({ on: false })
  const inUse = await isInUse(attempt, 'wired', settings.slot ?? '')
  if (!inUse.ok) return inUse
  const { username, domain, serverName } = settings
  const renewed = inUse.value ? {} : { password: 'the one given' }
  return ok({ on: true, user: userOf(username, domain), serverName, ...renewed })
}

async function read(attempt: Attempt, wanted: Wanted): Promise<Result<Wanted>> {
  const found = await now(openedDevice(attempt))
  if (!found.ok) return found
  if (found.value) return ok({ ...found.value })
  return wanted.on === true
    ? fail('setting-fixed', { values: { why: 'This device has no 802.1X on the cable.' } })
    : ok({ on: false })
}

/** The root that the server's certificate must come from, in the store of the device; the trusted roots were set before. */
async function issuer(device: Device, root: string): Promise<Result<Reference>> {
  const all = await storedCertificates(device)
  if (!all.ok) return all
  const found = all.value.find(({ fingerprint }) => fingerprint === root)
  return found
    ? ok({ resource: resourceUri('AMT_PublicKeyCertificate'), selectors: { InstanceID: found.id } })
    : fail('setting-fixed', { values: { why: 'The root certificate for 802.1X is not in this device.' } })
}

async function turnOn(attempt: Attempt, device: Device, settings: Settings): Promise<Result<unknown>> {
  const { username, domain, serverName, slot = '' } = settings
  const password = await attempt.tools.vault.read(slot)
  if (!password.ok) return password
  const root = await issuer(device, settings.root)
  if (!root.ok) return root
  const login = {
    AuthenticationProtocol: peap,
    Username: username,
    Domain: domain === '' ? undefined : domain,
    Password: password.value,
    RoamingIdentity: username,
    ServerCertificateName: serverName === '' ? undefined : serverName,
    ServerCertificateNameComparison: serverName === '' ? undefined : fullName
  }
  markSent(attempt, 'wired', slot, username)
  const newer = await ieee8021xSettings.get(device)
  if (newer.ok) {
    const made = await ieee8021xSettings.put(device, newer.value, { ...login, Enabled: on })
    if (!made.ok) return made
    const chosen = await ieee8021xSettings.setCertificates(device, { ServerCertificateIssuer: root.value })
    if (!chosen.ok) return chosen
  } else {
    const older = await ieee8021xProfile.get(device)
    if (!older.ok) return older
    const change = { ...login, Enabled: true, ServerCertificateIssuer: root.value }
    const made = await ieee8021xProfile.put(device, older.value, change)
    if (!made.ok) return made
  }
  markTaken(attempt, 'wired', slot)
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
    user: { title: 'User for 802.1X', irreversible },
    serverName: { title: 'Server for 802.1X', irreversible },
    password: { title: 'Password for 802.1X', irreversible }
  },
  want,
  read,
  write(attempt, change) {
    const settings = wantedOf(attempt)
    const device = openedDevice(attempt)
    return settings && change.on !== false ? turnOn(attempt, device, settings) : turnOff(device)
  }
})
