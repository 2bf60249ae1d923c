// What differs between the AMT generations: TLS, framing, closed ports, and the classes that came or went.
import type { SecureVersion } from 'node:tls'

/** One generation, from its first major (and minor) version on. */
export interface Generation {
  readonly name: string
  readonly from: readonly [major: number, minor: number]
  /** A firmware version of this generation, for devices that are asked for by generation. */
  readonly version: string
  readonly tls: { readonly min: SecureVersion; readonly max: SecureVersion }
  readonly contentType: string
  /** The plain remote port is gone, and TLS can not be turned off. */
  readonly tlsOnly: boolean
  /** Setup by PID and PPS. */
  readonly psk: boolean
  /** The key under the certificate a device makes for itself. */
  readonly ownKey: KeyKind
  readonly room: Room
}

/** Places in the certificate store; trusted roots are certificates, too. */
export interface Room {
  readonly certificates: number
  readonly roots: number
  readonly keys: number
}

/** Believed, all of it: no document at hand tells a number. Only that of the roots is told by the device itself. */
const small: Room = { certificates: 8, roots: 4, keys: 4 }
const large: Room = { certificates: 16, roots: 8, keys: 8 }

/** RSA of 2048 bits, or ECC over P-384. */
export type KeyKind = 'rsa' | 'ecc'

const binary = 'application/octet-stream'
const soap = 'application/soap+xml; charset=UTF-8'

// TLS versions: AMT below 12 speaks up to 1.1; 12.0 added 1.2 and dropped 1.0; 15 and 16 dropped 1.1. PSK setup left with 11.
// Content types and Server texts of 11.8, 12 and 15 are recorded; those of 6, 9 and from 19 on are believed,
// and so is that the own certificate of AMT 21 is over P-384 already, as that of AMT 22 must be.
const table: readonly Generation[] = [
  {
    name: '6',
    from: [0, 0],
    version: '6.2.61.3535',
    tls: { min: 'TLSv1', max: 'TLSv1.1' },
    contentType: binary,
    tlsOnly: false,
    psk: true,
    ownKey: 'rsa',
    room: small
  },
  {
    name: '9',
    from: [7, 0],
    version: '9.1.45.3000',
    tls: { min: 'TLSv1', max: 'TLSv1.1' },
    contentType: binary,
    tlsOnly: false,
    psk: true,
    ownKey: 'rsa',
    room: small
  },
  {
    name: '11.8',
    from: [11, 0],
    version: '11.8.50.3425',
    tls: { min: 'TLSv1', max: 'TLSv1.1' },
    contentType: binary,
    tlsOnly: false,
    psk: false,
    ownKey: 'rsa',
    room: large
  },
  {
    name: '12',
    from: [12, 0],
    version: '12.0.45.1509',
    tls: { min: 'TLSv1.1', max: 'TLSv1.2' },
    contentType: soap,
    tlsOnly: false,
    psk: false,
    ownKey: 'rsa',
    room: large
  },
  {
    name: '15',
    from: [15, 0],
    version: '15.0.23.1706',
    tls: { min: 'TLSv1.2', max: 'TLSv1.2' },
    contentType: soap,
    tlsOnly: false,
    psk: false,
    ownKey: 'rsa',
    room: large
  },
  {
    name: '16.1',
    from: [16, 1],
    version: '16.1.25.2124',
    tls: { min: 'TLSv1.2', max: 'TLSv1.3' },
    contentType: soap,
    tlsOnly: true,
    psk: false,
    ownKey: 'rsa',
    room: large
  },
  {
    name: '19',
    from: [19, 0],
    version: '19.0.0.1835',
    tls: { min: 'TLSv1.2', max: 'TLSv1.3' },
    contentType: soap,
    tlsOnly: true,
    psk: false,
    ownKey: 'rsa',
    room: large
  },
  {
    name: '21',
    from: [21, 0],
    version: '21.0.0.1200',
    tls: { min: 'TLSv1.2', max: 'TLSv1.3' },
    contentType: soap,
    tlsOnly: true,
    psk: false,
    ownKey: 'ecc',
    room: large
  },
  {
    name: '22',
    from: [22, 0],
    version: '22.0.0.1100',
    tls: { min: 'TLSv1.2', max: 'TLSv1.3' },
    contentType: soap,
    tlsOnly: true,
    psk: false,
    ownKey: 'ecc',
    room: large
  }
]

/** The names a command line takes. */
export const generationNames: readonly string[] = table.map((each) => each.name)

/** The generation of this name. */
export const generationNamed = (name: string): Generation | undefined => table.find((each) => each.name === name)

const numbersOf = (version: string): readonly number[] =>
  version.split('.').map((each) => Number.parseInt(each, 10) || 0)

/** True when a firmware version is at least this one. */
export function isFrom(version: string, [major, minor]: readonly [number, number]): boolean {
  const [has = 0, hasMinor = 0] = numbersOf(version)
  return has > major || (has === major && hasMinor >= minor)
}

const fallback = table[0] as Generation

/** The generation a firmware version belongs to. */
export const generationOf = (version: string): Generation =>
  table.findLast((each) => isFrom(version, each.from)) ?? fallback

/** First versions of classes that were not there from the start; the exact minor versions are believed, not recorded. */
const since: Readonly<Record<string, readonly [number, number]>> = {
  IPS_HostBasedSetupService: [6, 2],
  IPS_OptInService: [6, 2],
  IPS_ProvisioningRecordLog: [7, 0],
  IPS_SecIOService: [7, 0],
  IPS_HostIPSettings: [7, 0],
  IPS_IPv6PortSettings: [6, 0],
  IPS_ScreenSettingData: [9, 0],
  IPS_AlarmClockOccurrence: [7, 0],
  AMT_AlarmClockService: [7, 0],
  IPS_PowerManagementService: [11, 0],
  IPS_IEEE8021xSettings: [11, 0],
  IPS_8021xCredentialContext: [11, 0],
  IPS_HTTPProxyService: [16, 0],
  IPS_HTTPProxyAccessPoint: [16, 0],
  IPS_HostBootReason: [16, 1]
}

/** True when firmware of this version has the class. */
export function hasClass(version: string, className: string): boolean {
  const first = Object.hasOwn(since, className) ? since[className] : undefined
  return first === undefined || isFrom(version, first)
}

/** True when firmware of this version knows keys over P-384 and signatures with SHA-384. */
export const knowsEcc = (version: string): boolean => isFrom(version, [21, 0])

/** True when firmware of this version no longer takes RSA of 2048 bits and SHA-256 for what is new. */
export const wantsEcc = (version: string): boolean => isFrom(version, [22, 0])
