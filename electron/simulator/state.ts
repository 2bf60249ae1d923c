// All that one practice device remembers, as one value: what firmware keeps in its flash, and nothing it would not.
import { createHash } from 'node:crypto'
import { type Faults, noFaults, type Personality, personalities } from './personalities.ts'

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
}

/** PEM texts of a device's TLS certificate and its key. */
export interface Certificate {
  readonly certificate: string
  readonly key: string
}

/** An AMT account. HA1 is MD5(user:realm:password) in hex: a device never holds a password. */
interface Account {
  readonly name: string
  readonly ha1: string
  readonly admin: boolean
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
  readonly certificate: Certificate | null
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

/** Major version of a firmware version text, 0 when there is none. */
export const majorVersion = (amtVersion: string): number => Number.parseInt(amtVersion, 10) || 0

/** WS-MAN came with AMT 3.2; the translator stands in for it below 3. */
export const speaksWsman = (state: DeviceState): boolean => majorVersion(state.amtVersion) >= 3

/** Stands for "somebody else's computer": the same UUID with its last group turned over. */
const turnedOver = (uuid: string): string =>
  uuid.slice(0, 24) + [...uuid.slice(24)].map((digit) => (15 - Number.parseInt(digit, 16)).toString(16)).join('')

const settingsOf = (digestRealm: string): Readonly<Record<string, string>> => ({
  AMTNetworkEnabled: '1',
  DDNSPeriodicUpdateInterval: '1440',
  DDNSTTL: '900',
  DDNSUpdateByDHCPServerEnabled: 'true',
  DDNSUpdateEnabled: 'false',
  DHCPv6ConfigurationTimeout: '0',
  DigestRealm: digestRealm,
  DomainName: 'old.practice.example',
  ElementName: 'Intel(r) AMT: General Settings',
  HostName: 'unnamed',
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

/** A device fresh from the other management solution: provisioned, named by somebody else, its clock off. */
export function initialState(
  computer: PracticeComputer,
  fixed: { digestRealm: string; certificate: Certificate | null; now: number }
): DeviceState {
  const entry = personalities[computer.personality]
  const lockedFor = entry.lockedForMs ?? 0
  return {
    uuid: entry.otherUuid ? turnedOver(computer.uuid) : computer.uuid,
    amtVersion: computer.amtVersion,
    digestRealm: fixed.digestRealm,
    accounts: [
      {
        name: computer.username,
        ha1: ha1Of(computer.username, fixed.digestRealm, computer.password),
        admin: true
      }
    ],
    accountsVersion: 0,
    provisioningState: 2,
    generalSettings: settingsOf(fixed.digestRealm),
    clockOffset: offsetOf(computer.uuid),
    failedLogins: lockedFor > 0 ? noFaults.lockAfter : 0,
    lastFailure: lockedFor > 0 ? fixed.now : 0,
    lockedUntil: lockedFor > 0 ? fixed.now + lockedFor : 0,
    uncommitted: false,
    changes: {},
    enumerations: {},
    enumerationCounter: 0x13,
    messageCounter: 0x28,
    certificate: fixed.certificate,
    faults: { ...noFaults, ...entry.faults }
  }
}
