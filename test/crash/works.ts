// What the crash test does to a computer: the profile, how the computer was before, and what must be so when all is over.
import { createHash, X509Certificate } from 'node:crypto'
import { expect } from 'vitest'
import type { PracticeDevice } from '../../electron/simulator/fleet.ts'
import type { Store } from '../../electron/store/store.ts'
import { revertible } from '../../shared/change.ts'
import { defaultProfile, type Profile } from '../../shared/profile.ts'
import { addRoots, leaveBehind } from '../oldManager.ts'
import { madeCertificate, madeKey } from '../unit/simulator/keys.ts'

export interface Work {
  readonly profile: Profile
  readonly amtVersion?: string
  /** The device as an old manager left it. */
  readonly before?: (device: PracticeDevice) => Promise<void>
  /** How the job may end; done unless told otherwise. */
  readonly ends?: readonly string[]
  /** What is done in the life that is killed, and in the next one. */
  readonly act?: 'undo'
  /** What must hold beside what always does. */
  readonly judge?: (device: PracticeDevice, store: Store) => void
  /** No new password is made: that of the row stays. */
  readonly keepsPassword?: true
  /** Fewer milestones would not be this work. */
  readonly least: number
}

/** Every setting that needs neither a typed password nor a certificate. */
const switches: Profile = {
  ...defaultProfile,
  mebx: { kind: 'random' },
  users: {
    kind: 'replace',
    list: [{ id: 'k', by: 'kerberos', name: 'Helpdesk', sid: 'S-1-5-21-1-2-3-512', access: 'any', realms: [2, 5] }]
  },
  sol: 'off',
  ider: 'off',
  listener: 'off',
  kvm: 'off',
  webUi: 'off',
  consent: 'all',
  ping: 'off',
  rmcp: 'off',
  power: 'always',
  idle: 20,
  remoteAccess: { kind: 'off' },
  environment: { kind: 'domains', domains: ['corp.practice.example'] }
}

function judgeSwitches(device: PracticeDevice): void {
  const { stored, generalSettings, accounts, uncommitted, mebxSet } = device.state()
  expect(generalSettings).toMatchObject({ PingResponseEnabled: 'false', IdleWakeTimeout: '20' })
  expect(stored.AMT_RedirectionService?.[0]).toMatchObject({ EnabledState: '32768', ListenerEnabled: 'false' })
  expect(stored.CIM_KVMRedirectionSAP?.[0]).toMatchObject({ RequestedState: '3' })
  expect(stored.IPS_OptInService?.[0]).toMatchObject({ OptInRequired: '4294967295' })
  expect(stored.AMT_UserInitiatedConnectionService?.[0]).toMatchObject({ EnabledState: '32768' })
  expect(accounts.map(({ entry }) => entry?.realms)).toEqual([undefined, ['2', '5']])
  expect([uncommitted, mebxSet]).toEqual([false, true])
}

const siteRoot = await madeCertificate('Site Root', await madeKey())
const oldRoot = await madeCertificate('old manager', await madeKey())
const userPassword = 'Crash-Helpdesk1!'

const radius = { username: '', domain: '', serverName: 'radius.corp.example', root: siteRoot.sha256 }

/** Everything that needs a secret, a key or a certificate, on a device that an old manager left full. */
const networks: Profile = {
  ...defaultProfile,
  users: {
    kind: 'replace',
    list: [
      {
        id: 'd',
        by: 'digest',
        name: 'helpdesk',
        access: 'any',
        realms: [2, 5],
        slot: `typed user ${userPassword}`
      },
      { id: 'k', by: 'kerberos', name: 'Helpdesk', sid: 'S-1-5-21-1-2-3-512', access: 'any', realms: [2] }
    ]
  },
  remoteAccess: {
    kind: 'server',
    server: {
      host: 'mps.corp.example',
      port: 4433,
      username: 'fleet',
      slot: 'typed server Crash-Server1!',
      every: 30
    }
  },
  environment: { kind: 'domains', domains: ['corp.practice.example'] },
  tls: { kind: 'on', mutual: false, plain: false, by: 'own' },
  roots: [{ name: 'Site Root', pem: siteRoot.pem, fingerprint: siteRoot.sha256 }],
  // By certificate on the cable: the one that TLS shows.
  wired8021x: { kind: 'on', settings: { ...radius, method: 'tls' } },
  wifi: {
    kind: 'replace',
    list: [
      {
        id: 'w',
        ssid: 'site',
        security: 'wpa2',
        eap: { ...radius, method: 'ttls', username: 'amt', slot: 'typed wifi Crash-Wifi1!' }
      }
    ]
  },
  cleanUp: 'clear'
}
const mutual: Profile = {
  ...networks,
  wired8021x: {
    kind: 'on',
    settings: { ...radius, method: 'peap', username: 'amt', domain: 'corp', slot: 'typed wired Crash-Wired1!' }
  },
  wifi: {
    kind: 'replace',
    list: [{ id: 'w', ssid: 'site', security: 'wpa2', slot: 'typed wifi a passphrase of the site' }]
  },
  tls: { kind: 'on', mutual: true, plain: false, by: 'own' }
}

/** One root more, on a device that has no place for it until what nothing uses is gone. */
const crowded: Profile = {
  ...defaultProfile,
  roots: [{ name: 'Site Root', pem: siteRoot.pem, fingerprint: siteRoot.sha256 }],
  cleanUp: 'clear'
}

function judgeNetworks(device: PracticeDevice, store: Store): void {
  const { accounts, stored, keys, mutual: letIn, uncommitted, digestRealm, certificate } = device.state()
  const rows = (name: string) => stored[name] ?? []
  expect(accounts.slice(1).map(({ name, entry }) => [name, entry?.realms])).toEqual([
    ['helpdesk', ['2', '5']],
    ['', ['2']]
  ])
  const ha1 = createHash('md5').update(`helpdesk:${digestRealm}:${userPassword}`).digest('hex')
  expect(accounts[1]?.ha1).toBe(ha1)
  expect(rows('CIM_WiFiEndpointSettings').map(({ SSID }) => SSID)).toEqual(['site'])
  expect(rows('CIM_WiFiPort')[0]?.EnabledState).toBe('32769')
  const byCertificate = rows('IPS_IEEE8021xSettings')[0]?.AuthenticationProtocol === '0'
  const as = byCertificate ? device.fqdn.toLowerCase() : 'amt'
  expect(rows('IPS_IEEE8021xSettings')[0]).toMatchObject({ Enabled: '2', Username: as })
  expect(rows('CIM_IEEE8021xSettings').map(({ Username }) => Username)).toEqual(byCertificate ? ['amt'] : [])
  expect(rows('IPS_8021xCredentialContext')).toHaveLength(byCertificate ? 2 : 1)
  expect(rows('CIM_CredentialContext')).toHaveLength(byCertificate ? 1 : 0)
  expect(rows('AMT_ManagementPresenceRemoteSAP').map(({ AccessInfo }) => AccessInfo)).toEqual(['mps.corp.example'])
  expect(rows('AMT_RemoteAccessPolicyRule').map(({ PolicyRuleName }) => PolicyRuleName)).toEqual(['Periodic'])
  expect(rows('AMT_EnvironmentDetectionSettingData')[0]?.DetectionStrings).toEqual(['corp.practice.example'])
  expect(rows('IPS_HTTPProxyAccessPoint')).toEqual([])
  // One key, one certificate over it, the site's root; with mutual TLS our own, and whom it trusted before. Nothing is doubled.
  const own = store.certificates.authority(true)?.root.certificate ?? ''
  const base64 = (pem: string): string => new X509Certificate(pem).raw.toString('base64')
  const others = rows('AMT_PublicKeyCertificate').filter(({ ReadOnlyCertificate }) => ReadOnlyCertificate !== 'true')
  const roots = others.filter(({ TrustedRootCertficate }) => TrustedRootCertficate === 'true')
  const wanted = letIn === null ? [siteRoot.pem] : [siteRoot.pem, own, oldRoot.pem]
  expect(roots.map(({ X509Certificate: der }) => String(der)).sort()).toEqual(wanted.map(base64).sort())
  expect([keys.length, others.length - roots.length]).toEqual([1, 1])
  const shown = new X509Certificate(certificate?.certificate ?? '')
  expect(shown.verify(new X509Certificate(own).publicKey)).toBe(true)
  expect(store.secrets.pin(device.uuid)).toBe(createHash('sha256').update(shown.raw).digest('hex'))
  expect([device.tls, uncommitted]).toEqual([true, false])
  expect(store.certificates.request(device.uuid)).toBeUndefined()
  const typed = ['user helpdesk', 'server mps.corp.example:4433', 'wifi site'] as const
  for (const purpose of [...typed, ...(byCertificate ? [] : (['wired'] as const))])
    expect(
      store.secrets.of(device.uuid, purpose).filter(({ role }) => role === 'current'),
      purpose
    ).toHaveLength(1)
}

/** The device says itself what became of it, and whatever the job says, it was told once. */
const removed =
  (method: string, state: 0 | 1) =>
  (device: PracticeDevice): void => {
    const { provisioningState, changes } = device.state()
    expect(provisioningState).toBe(state)
    expect(changes).toEqual({ [`AMT_SetupAndConfigurationService.${method}`]: 1 })
  }

/** Everything is as it was, but for what cannot be put back. */
function judgeUndone(device: PracticeDevice, store: Store): void {
  const { stored, generalSettings, uncommitted, accounts } = device.state()
  expect(generalSettings).toMatchObject({ PingResponseEnabled: 'true', HostName: 'unnamed' })
  expect(stored.AMT_RedirectionService?.[0]).toMatchObject({ EnabledState: '32771', ListenerEnabled: 'true' })
  expect(stored.CIM_KVMRedirectionSAP?.[0]).toMatchObject({ RequestedState: '2' })
  expect(stored.IPS_OptInService?.[0]).toMatchObject({ OptInRequired: '0' })
  expect(stored.AMT_EnvironmentDetectionSettingData?.[0]?.DetectionStrings).toEqual([])
  expect(accounts).toHaveLength(1)
  expect(uncommitted).toBe(false)
  const [job] = store.jobs.of(store.jobs.imports()[0]?.id ?? '')
  expect(revertible(job?.facts.changes ?? [])).toEqual([])
}

const removal = { keepsPassword: true, ends: ['done', 'person: removal-unproved'], least: 30 } as const
const furnished = (device: PracticeDevice): Promise<void> =>
  leaveBehind(device, oldRoot.der, device.amtVersion.startsWith('16'))

/** Three roots more than the old manager left elsewhere: with them AMT 9 has none to spare. */
const oldRoots = await Promise.all(
  [1, 2, 3].map(async (n) => (await madeCertificate(`old manager ${n}`, await madeKey())).der)
)

async function crowd(device: PracticeDevice): Promise<void> {
  await furnished(device)
  await addRoots(device, oldRoots)
}

function judgeCrowded(device: PracticeDevice): void {
  const { stored, keys, uncommitted } = device.state()
  const subjects = (stored.AMT_PublicKeyCertificate ?? []).map(({ Subject }) => Subject)
  expect([subjects, keys, uncommitted]).toEqual([['CN=Site Root'], [], false])
}

export const works = {
  'the take-over': { profile: defaultProfile, least: 60 },
  'the switches': { profile: switches, judge: judgeSwitches, least: 200 },
  'networks, certificates and clean-up': {
    profile: networks,
    amtVersion: '15.0.23.1706',
    before: furnished,
    judge: judgeNetworks,
    least: 240
  },
  'the same with mutual TLS on AMT 16': {
    profile: mutual,
    amtVersion: '16.1.25.2124',
    before: furnished,
    judge: judgeNetworks,
    least: 240
  },
  'room made by clearing': {
    profile: crowded,
    amtVersion: '9.1.45.3000',
    before: crowd,
    judge: judgeCrowded,
    least: 120
  },
  'partial removal': {
    ...removal,
    profile: { ...defaultProfile, cleanUp: 'partial' },
    before: furnished,
    judge: removed('PartialUnprovision', 1)
  },
  'full removal': {
    ...removal,
    profile: { ...defaultProfile, cleanUp: 'full' },
    judge: removed('Unprovision', 0)
  },
  undo: { profile: switches, act: 'undo', judge: judgeUndone, least: 80 }
} as const satisfies Record<string, Work>
