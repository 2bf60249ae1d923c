// All that one practice device remembers, as one value: what firmware keeps in its flash, and nothing it would not.
import { createHash } from 'node:crypto'
import { type Faults, noFaults } from './faults.ts'
import { type Personality, personalities } from './personalities.ts'
import type { Instance } from './value.ts'

/** One pretend computer as its owner knows it. UUID printable and lower case, MAC `AA:BB:CC:DD:EE:FF`. */
export interface PracticeComputer {
  readonly name: string
  readonly fqdn: string
  readonly uuid: string
  readonly mac: string
  readonly username: string
  readonly password: string
  readonly personality: Personality
  readonly amtVersion: string
  /** How a computer that is not set up yet waits for it; absent when it is provisioned. */
  readonly setup?: Setup
}

/** `local`: only its own host reaches it, as `$$OsAdmin`. `remote`: its network is open to a setup server. */
export interface Setup {
  readonly by: 'local' | 'remote'
  /** Thumbprints of trusted roots, added to those from the factory: SHA-1, SHA-256 or SHA-384 in lower-case hex. */
  readonly roots?: readonly string[]
  /** The domain the provisioning certificate must belong to (DHCP option 15 or MEBx); empty trusts any. */
  readonly dnsSuffix?: string
  /** PID (8 characters) and PPS (32 characters), for AMT up to 10. */
  readonly psk?: { readonly pid: string; readonly pps: string }
  /** One-time password that an agent on its host has given it, 8 to 32 ASCII characters. */
  readonly otp?: string
}

/** PEM texts of a device's TLS certificate and its key. */
export interface Certificate {
  readonly certificate: string
  readonly key: string
}

/** An AMT account. HA1 is MD5(user:realm:password) in hex: a device never holds a password. */
export interface Account {
  readonly name: string
  readonly ha1: string
  readonly admin: boolean
  /** The entry in the ACL table; the administrator has none. */
  readonly entry?: AclEntry
}

/** What the ACL table holds of a user beside name and password. */
interface AclEntry {
  readonly handle: number
  /** 0 local, 1 network, 2 both. */
  readonly access: number
  readonly realms: readonly string[]
  readonly enabled: boolean
  /** Kerberos security identifier in base64; such users have no digest password. */
  readonly sid: string
}

/** A key pair of the device. */
export interface DeviceKey {
  readonly handle: number
  /** PKCS#8 in PEM. */
  readonly privateKey: string
}

/** A code shown to the person at the computer. */
interface Consent {
  /** Six digits. */
  readonly code: string
  readonly shownAt: number
  /** How many wrong codes came in so far. */
  readonly wrong: number
  readonly given: boolean
}

/** An enumeration under way: whose instances, and which comes next. */
export interface Enumeration {
  readonly resourceUri: string
  readonly next: number
}

/** A device at one moment. Every request makes a new one. */
export interface DeviceState {
  /** Printable, lower case. On the wire it travels in raw SMBIOS byte order. */
  readonly uuid: string
  readonly amtVersion: string
  readonly digestRealm: string
  readonly accounts: readonly Account[]
  /** Rises with every change of an account: log-ins remembered from before no longer count. */
  readonly accountsVersion: number
  /** 0 before, 1 in, 2 after provisioning. */
  readonly provisioningState: 0 | 1 | 2
  /** AMT_GeneralSettings, property by property, as on the wire. */
  readonly generalSettings: Readonly<Record<string, string>>
  /** The device clock runs this many seconds ahead of (or, negative, behind) true time. */
  readonly clockOffset: number
  readonly failedLogins: number
  /** Milliseconds since 1970; 0 when never. */
  readonly lastFailure: number
  readonly lockedUntil: number
  /** A setting waits for CommitChanges. */
  readonly uncommitted: boolean
  /** How often each state-changing method arrived ("AMT_GeneralSettings.Put"), accepted or not: empty proves read-only. */
  readonly changes: Readonly<Record<string, number>>
  readonly enumerations: Readonly<Record<string, Enumeration>>
  readonly enumerationCounter: number
  readonly messageCounter: number
  /** What is shown on TLS; null when the device does not speak it. */
  readonly certificate: Certificate | null
  /** The plain port is open once the device is provisioned. */
  readonly plain: boolean
  /** Suffixes of the names a TLS client certificate may have; null when clients need no certificate. */
  readonly mutual: readonly string[] | null
  /** 0 none, 1 client control, 2 admin control. */
  readonly controlMode: 0 | 1 | 2
  /** How the device was, and after an unprovision again is, to be set up. */
  readonly setup: Setup | null
  /** HA1 of `$$OsAdmin`, through whom the own host speaks while nothing else may. */
  readonly hostHa1: string
  readonly mebxSet: boolean
  /** The consent code on the screen, since when (ms since 1970), and whether it came in; null when none is shown. */
  readonly consent: Consent | null
  /** An auditor must agree before the device can be unprovisioned. */
  readonly auditLocked: boolean
  /** Certificates a host-based setup has handed over so far, base64 DER, leaf first. */
  readonly chain: readonly string[]
  /** Instances of classes that no longer are as they were made, by class. */
  readonly stored: Readonly<Record<string, readonly Instance[]>>
  readonly keys: readonly DeviceKey[]
  /** A key made ahead, PKCS#8 in PEM: the device itself is a function and has no randomness. */
  readonly spareKey: string | null
  readonly faults: Faults
}

/** HA1 of RFC 7616 for algorithm MD5, lower-case hex. */
export const ha1Of = (username: string, realm: string, password: string): string =>
  createHash('md5').update(`${username}:${realm}:${password}`).digest('hex')

/** The 16 UUID bytes as SMBIOS keeps them: the first three groups little-endian. */
export function rawUuid(uuid: string): Buffer {
  const bytes = Buffer.from(uuid.replaceAll('-', ''), 'hex')
  bytes.subarray(0, 4).reverse()
  bytes.subarray(4, 6).reverse()
  bytes.subarray(6, 8).reverse()
  return bytes
}

/** Whole seconds since 1970 by the device's own clock. */
export const deviceSeconds = (state: DeviceState, now: number): number => Math.floor(now / 1000) + state.clockOffset

/** MD5 in upper-case hex behind the word firmware puts before it. */
export const realmFrom = (seed: string): string =>
  `Digest:${createHash('md5').update(seed).digest('hex').toUpperCase()}`

/** Major version of a firmware version text, 0 when there is none. */
export const majorVersion = (amtVersion: string): number => Number.parseInt(amtVersion, 10) || 0

/** WS-MAN came with AMT 3.2; the translator stands in for it below 3. */
export const speaksWsman = (state: DeviceState): boolean => majorVersion(state.amtVersion) >= 3

/** Stands for "somebody else's computer": the same UUID with its last group turned over. */
const turnedOver = (uuid: string): string =>
  uuid.slice(0, 24) + [...uuid.slice(24)].map((digit) => (15 - Number.parseInt(digit, 16)).toString(16)).join('')

/** AMT_GeneralSettings from the factory. */
export const settingsOf = (digestRealm: string): Readonly<Record<string, string>> => ({
  AMTNetworkEnabled: '1',
  DDNSPeriodicUpdateInterval: '1440',
  DDNSTTL: '900',
  DDNSUpdateByDHCPServerEnabled: 'true',
  DDNSUpdateEnabled: 'false',
  DHCPv6ConfigurationTimeout: '0',
  DigestRealm: digestRealm,
  DomainName: '',
  ElementName: 'Intel(r) AMT: General Settings',
  HostName: '',
  HostOSFQDN: '',
  IdleWakeTimeout: '65535',
  InstanceID: 'Intel(r) AMT: General Settings',
  NetworkInterfaceEnabled: 'true',
  PingResponseEnabled: 'true',
  PowerSource: '0',
  PreferredAddressFamily: '0',
  PresenceNotificationInterval: '0',
  PrivacyLevel: '0',
  RmcpPingResponseEnabled: 'true',
  SharedFQDN: 'true',
  WsmanOnlyMode: 'false'
})

/** How far the clocks of fresh devices are off: minutes, as after years with nobody looking. Derived, so that it repeats. */
const offsetOf = (uuid: string): number => (Number.parseInt(uuid.slice(-4), 16) % 600) - 300

/** The clock of a device nobody has set is years behind. */
const factoryOffset = -3 * 365 * 86_400

/** A device fresh from the other management solution: provisioned, named by somebody else, its clock off. */
export function initialState(
  computer: PracticeComputer,
  fixed: { digestRealm: string; certificate: Certificate | null; now: number }
): DeviceState {
  const entry = personalities[computer.personality]
  const lockedFor = entry.lockedForMs ?? 0
  const { setup = null } = computer
  const admin = {
    name: computer.username,
    ha1: ha1Of(computer.username, fixed.digestRealm, computer.password),
    admin: true
  }
  const settings = settingsOf(fixed.digestRealm)
  return {
    uuid: entry.otherUuid ? turnedOver(computer.uuid) : computer.uuid,
    amtVersion: computer.amtVersion,
    digestRealm: fixed.digestRealm,
    accounts: setup ? [] : [admin],
    accountsVersion: 0,
    provisioningState: setup ? (setup.by === 'remote' ? 1 : 0) : 2,
    controlMode: setup ? 0 : 2,
    setup,
    hostHa1: setup ? ha1Of('$$OsAdmin', fixed.digestRealm, computer.password) : '',
    mebxSet: !setup,
    consent: null,
    auditLocked: false,
    chain: [],
    stored: {},
    keys: [],
    spareKey: null,
    // A host that runs tells the firmware its name; devices in use carry the one they were given.
    generalSettings: setup
      ? { ...settings, HostOSFQDN: computer.fqdn }
      : { ...settings, HostName: 'unnamed', DomainName: 'old.practice.example' },
    clockOffset: setup ? factoryOffset : offsetOf(computer.uuid),
    failedLogins: lockedFor > 0 ? noFaults.lockAfter : 0,
    lastFailure: lockedFor > 0 ? fixed.now : 0,
    lockedUntil: lockedFor > 0 ? fixed.now + lockedFor : 0,
    uncommitted: false,
    changes: {},
    enumerations: {},
    enumerationCounter: 0x13,
    messageCounter: 0x28,
    certificate: fixed.certificate,
    plain: fixed.certificate === null,
    mutual: null,
    faults: { ...noFaults, ...entry.faults }
  }
}
