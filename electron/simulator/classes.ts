// The CIM classes a practice device has: their instances, what a Put may change, and what each method does.
import { type DeviceState, deviceSeconds, majorVersion, rawUuid } from './state.ts'

const amt = 'http://intel.com/wbem/wscim/1/amt-schema/1/'
const cim = 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/'

/** A reference to another instance, as a property value. */
interface Reference {
  readonly resource: string
  readonly selectors: Readonly<Record<string, string>>
}

/** Properties in the order firmware writes them. */
export type Instance = Readonly<Record<string, string | Reference>>

/** PT_STATUS values this device answers with (names as in the AMT SDK). */
const status = { ok: 0, name: 12, domain: 28, time: 34, parameter: 36, password: 2054, dataMissing: 2057 } as const

/** What a method leaves behind. `returnValue` is a PT_STATUS; `output` stands before it in the answer. */
interface MethodOutcome {
  readonly state: DeviceState
  readonly returnValue: number
  readonly output?: readonly (readonly [string, string])[]
}

interface Method {
  /** Counts into `DeviceState.changes`. */
  readonly changes: boolean
  readonly run: (state: DeviceState, input: ReadonlyMap<string, string>, now: number) => MethodOutcome
}

/** `shape`: the object is not a valid one of its class. A number is a PT_STATUS. */
type PutOutcome = { readonly state: DeviceState } | { readonly refused: 'shape' | number }

/** One class of the device's schema. */
export interface AmtClass {
  readonly uri: string
  /** Firmware declares the DMTF common namespace for some classes and not for others. */
  readonly common: boolean
  readonly instances: (state: DeviceState) => readonly Instance[]
  readonly put?: (state: DeviceState, properties: readonly (readonly [string, string])[]) => PutOutcome
  readonly methods: Readonly<Record<string, Method>>
}

const readOnly = new Set(['DigestRealm', 'HostOSFQDN', 'NetworkInterfaceEnabled', 'PowerSource', 'PrivacyLevel'])
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i

const isHostName = (text: string): boolean => text === '' || label.test(text)
const isDomainName = (text: string): boolean =>
  text === '' || (text.length <= 191 && text.split('.').every((part) => label.test(part)))

/** A value must stay what it was: true or false, a number, or text. */
const sameKind = (before: string, after: string): boolean => {
  if (before === 'true' || before === 'false') return after === 'true' || after === 'false'
  return !/^\d+$/.test(before) || /^\d{1,10}$/.test(after)
}

/** The whole object must come back: only read-only properties may be left out, and those keep their values. */
function putGeneralSettings(state: DeviceState, properties: readonly (readonly [string, string])[]): PutOutcome {
  const before = state.generalSettings
  const after = new Map(properties)
  const known = properties.every(([name]) => Object.hasOwn(before, name)) && after.size === properties.length
  const whole = Object.keys(before).every((name) => readOnly.has(name) || after.has(name))
  const fixed = after.get('InstanceID') === before.InstanceID && after.get('ElementName') === before.ElementName
  const kinds = (name: string): boolean => name === 'HostName' || name === 'DomainName'
  const typed = properties.every(([name, value]) => kinds(name) || sameKind(before[name] ?? '', value))
  if (!known || !whole || !fixed || !typed) return { refused: 'shape' }
  if (!isHostName(after.get('HostName') ?? '')) return { refused: status.name }
  if (!isDomainName(after.get('DomainName') ?? '')) return { refused: status.domain }
  const changed = Object.keys(before).filter((name) => !readOnly.has(name) && after.get(name) !== before[name])
  const values = Object.fromEntries(changed.map((name) => [name, after.get(name) ?? '']))
  const uncommitted = state.uncommitted || changed.length > 0
  return { state: { ...state, generalSettings: { ...before, ...values }, uncommitted } }
}

/** 16 raw MD5 bytes in base64 as hex, or `undefined`. Some tools send 32 hex digits; lenient devices take them. */
function readDigestPassword(text: string, lenient: boolean): string | undefined {
  if (lenient && /^[0-9a-f]{32}$/i.test(text)) return text.toLowerCase()
  return /^[A-Za-z0-9+/]{22}==$/.test(text) ? Buffer.from(text, 'base64').toString('hex') : undefined
}

function setAdminAclEntryEx(state: DeviceState, input: ReadonlyMap<string, string>): MethodOutcome {
  const name = input.get('Username') ?? ''
  // SDK, "Valid user names": 1 to 16 characters; names starting with $$ belong to the firmware.
  if (!/^[\x21-\x7e]{1,16}$/.test(name) || /[:,"]/.test(name) || name.startsWith('$$'))
    return { state, returnValue: status.parameter }
  const ha1 = readDigestPassword(input.get('DigestPassword') ?? '', state.faults.lenient)
  if (ha1 === undefined) return { state, returnValue: status.password }
  const accounts = [{ name, ha1, admin: true }, ...state.accounts.filter((each) => !each.admin)]
  return { state: { ...state, accounts, accountsVersion: state.accountsVersion + 1 }, returnValue: status.ok }
}

function commitChanges(state: DeviceState): MethodOutcome {
  if (!state.uncommitted) return { state, returnValue: status.ok }
  // A device on DHCP must have a host name to commit.
  if (state.generalSettings.HostName === '') return { state, returnValue: status.dataMissing }
  return { state: { ...state, uncommitted: false, provisioningState: 2 }, returnValue: status.ok }
}

/** The longest age of Ta0, seconds, that still makes a useful measurement. */
const oldestTa0 = 60

/** Takes the middle of both directions, as NTP does: Ta0 device, Tm1 and Tm2 console, Ta1 device; whole seconds UTC. */
function setHighAccuracyTimeSynch(state: DeviceState, input: ReadonlyMap<string, string>, now: number): MethodOutcome {
  const [ta0 = Number.NaN, tm1 = Number.NaN, tm2 = Number.NaN] = ['Ta0', 'Tm1', 'Tm2'].map((name) => {
    const text = input.get(name) ?? ''
    return /^\d{1,10}$/.test(text) && Number(text) <= 0xffff_ffff ? Number(text) : Number.NaN
  })
  if (Number.isNaN(ta0 + tm1 + tm2)) return { state, returnValue: status.parameter }
  const ta1 = deviceSeconds(state, now)
  if (ta0 > ta1 || ta1 - ta0 > oldestTa0) return { state, returnValue: status.time }
  const clockOffset = state.clockOffset + Math.round((tm1 - ta0 + (tm2 - ta1)) / 2)
  return { state: { ...state, clockOffset }, returnValue: status.ok }
}

const service = (className: string, title: string, more: Instance): Instance => ({
  CreationClassName: className,
  ElementName: title,
  EnabledState: '5',
  Name: title,
  RequestedState: '12',
  SystemCreationClassName: 'CIM_ComputerSystem',
  SystemName: 'Intel(r) AMT',
  ...more
})

/** Firmware writes properties in alphabetical order. */
const sorted = (instance: Instance): Instance =>
  Object.fromEntries(Object.entries(instance).sort(([a], [b]) => (a < b ? -1 : 1)))

function softwareOf(state: DeviceState): readonly Instance[] {
  const parts = state.amtVersion.split('.')
  const version = parts.slice(0, 3).join('.')
  const build = parts[3] ?? '0'
  const rows = [
    ['Flash', version],
    ['Netstack', version],
    ['AMTApps', version],
    ['AMT', version],
    ['Sku', '16392'],
    ['VendorID', '8086'],
    ['Build Number', build],
    ['Recovery Version', version],
    ['Recovery Build Num', build],
    ['Legacy Mode', majorVersion(state.amtVersion) < 4 ? 'True' : 'False'],
    ['AMT FW Core Version', version]
  ] as const
  return rows.map(([name, value]) => ({ InstanceID: name, IsEntity: 'true', VersionString: value }))
}

const packageOf = (state: DeviceState): Instance => ({
  Antecedent: { resource: `${cim}CIM_Chassis`, selectors: { CreationClassName: 'CIM_Chassis', Tag: 'CIM_Chassis' } },
  Dependent: {
    resource: `${cim}CIM_ComputerSystem`,
    selectors: { CreationClassName: 'CIM_ComputerSystem', Name: 'ManagedSystem' }
  },
  PlatformGUID: rawUuid(state.uuid).toString('hex').toUpperCase()
})

const ok = (state: DeviceState, ...output: readonly (readonly [string, string])[]): MethodOutcome => ({
  state,
  returnValue: status.ok,
  output
})

/** Every class, by name. What is not here does not exist on this device. */
export const classes: Readonly<Record<string, AmtClass>> = {
  AMT_GeneralSettings: {
    uri: `${amt}AMT_GeneralSettings`,
    common: false,
    instances: (state) => [state.generalSettings],
    put: putGeneralSettings,
    methods: {}
  },
  AMT_SetupAndConfigurationService: {
    uri: `${amt}AMT_SetupAndConfigurationService`,
    common: true,
    instances: (state) => [
      sorted(
        service('AMT_SetupAndConfigurationService', 'Intel(r) AMT Setup and Configuration Service', {
          PasswordModel: '1',
          ProvisioningMode: '1',
          ProvisioningServerOTP: Buffer.alloc(32).toString('base64'),
          ProvisioningState: String(state.provisioningState),
          ZeroTouchConfigurationEnabled: 'true'
        })
      )
    ],
    methods: {
      GetUuid: { changes: false, run: (state) => ok(state, ['UUID', rawUuid(state.uuid).toString('base64')]) },
      CommitChanges: { changes: true, run: commitChanges }
    }
  },
  AMT_AuthorizationService: {
    uri: `${amt}AMT_AuthorizationService`,
    common: true,
    instances: () => [
      sorted(service('AMT_AuthorizationService', 'Intel(r) AMT Authorization Service', { AllowHttpQopAuthOnly: '1' }))
    ],
    methods: {
      GetAdminAclEntry: {
        changes: false,
        run: (state) => ok(state, ['Username', state.accounts.find((each) => each.admin)?.name ?? ''])
      },
      SetAdminAclEntryEx: { changes: true, run: setAdminAclEntryEx }
    }
  },
  AMT_TimeSynchronizationService: {
    uri: `${amt}AMT_TimeSynchronizationService`,
    common: true,
    instances: () => [
      sorted(
        service('AMT_TimeSynchronizationService', 'Intel(r) AMT Time Synchronization Service', {
          LocalTimeSyncEnabled: '0',
          TimeSource: '0'
        })
      )
    ],
    methods: {
      GetLowAccuracyTimeSynch: {
        changes: false,
        run: (state, _input, now) => ok(state, ['Ta0', String(deviceSeconds(state, now))])
      },
      SetHighAccuracyTimeSynch: { changes: true, run: setHighAccuracyTimeSynch }
    }
  },
  CIM_SoftwareIdentity: { uri: `${cim}CIM_SoftwareIdentity`, common: true, instances: softwareOf, methods: {} },
  CIM_ComputerSystemPackage: {
    uri: `${cim}CIM_ComputerSystemPackage`,
    common: false,
    instances: (state) => [packageOf(state)],
    methods: {}
  }
}
