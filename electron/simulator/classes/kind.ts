// What a class of the device is made of: its operations, their outcomes, and the pieces most classes are put together from.
import type { KeyKind } from '../generations.ts'
import type { DeviceState } from '../state.ts'
import type { Fields, Instance, Reference, Value } from '../value.ts'

/** PT_STATUS values this device answers with (names as in the AMT SDK). */
export const status = {
  ok: 0,
  internal: 1,
  notReady: 2,
  mode: 3,
  storage: 11,
  name: 12,
  notPermitted: 16,
  limit: 23,
  address: 27,
  domain: 28,
  state: 32,
  time: 34,
  index: 35,
  parameter: 36,
  keysNotReady: 48,
  handle: 2053,
  password: 2054,
  realm: 2055,
  dataMissing: 2057,
  duplicate: 2058,
  keyMissing: 2060,
  generating: 2061,
  badKey: 2062,
  badCertificate: 2063,
  mismatch: 2064,
  unsupported: 2066,
  priority: 2067,
  notFound: 2068,
  credentials: 2069,
  passphrase: 2070,
  frozen: 2059,
  blocked: 2076
} as const

/** A method call: the instance the request selected, and what it gave. `now` in milliseconds, true time. */
export interface Call {
  readonly state: DeviceState
  readonly instance: Instance
  /** Which of the class's instances that is. */
  readonly at: number
  readonly fields: Fields
  readonly now: number
}

/** What a method leaves behind. `output` stands before the return value, which for AMT_ classes is a PT_STATUS. */
export interface MethodOutcome {
  readonly state: DeviceState
  readonly returnValue: number
  readonly output?: readonly (readonly [string, Value])[]
  /** The device needs a key of this kind from outside before it can do what was asked. */
  readonly needs?: KeyKind
}

export interface Method {
  /** Counts into `DeviceState.changes`. */
  readonly changes: boolean
  readonly run: (call: Call) => MethodOutcome
}

/** `shape`: not a valid object of its class. `exists`: only one may be. A number is a PT_STATUS. */
export type Refusal = 'shape' | 'exists' | number
export type PutOutcome = { readonly state: DeviceState; readonly instance: Instance } | { readonly refused: Refusal }
export type CreateOutcome = { readonly state: DeviceState; readonly created: Reference } | { readonly refused: Refusal }
export type DeleteOutcome = { readonly state: DeviceState } | { readonly refused: Refusal }

/** One class of the device's schema. */
export interface AmtClass {
  /** Firmware declares the DMTF common namespace for some classes and not for others. */
  readonly common: boolean
  readonly instances: (state: DeviceState) => readonly Instance[]
  readonly put?: (call: Call) => PutOutcome
  readonly create?: (call: Omit<Call, 'instance' | 'at'>) => CreateOutcome
  readonly remove?: (call: Call) => DeleteOutcome
  readonly methods: Readonly<Record<string, Method>>
}

/** Classes by name. */
export type Classes = Readonly<Record<string, AmtClass>>

const schemas: Readonly<Record<string, string>> = {
  AMT: 'http://intel.com/wbem/wscim/1/amt-schema/1/',
  IPS: 'http://intel.com/wbem/wscim/1/ips-schema/1/',
  CIM: 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/'
}

/** The resource URI of a class. */
export const uriOf = (className: string): string => (schemas[className.slice(0, 3)] ?? '') + className

/** A reference to an instance of a class. */
export const refer = (className: string, selectors: Readonly<Record<string, string | Reference>>): Reference => ({
  resource: uriOf(className),
  selectors
})

/** The four keys that identify services and access points. */
export const systemKeys = (className: string, name: string): Readonly<Record<string, string>> => ({
  CreationClassName: className,
  Name: name,
  SystemCreationClassName: 'CIM_ComputerSystem',
  SystemName: 'Intel(r) AMT'
})

/** Firmware writes properties in alphabetical order, capital letters first. */
export const sorted = (instance: Instance): Instance =>
  Object.fromEntries(Object.entries(instance).sort(([a], [b]) => (a < b ? -1 : 1)))

/** A service of the management engine: its keys, a title and the two constant states. */
export const service = (className: string, title: string, more: Instance = {}): Instance =>
  sorted({ ...systemKeys(className, title), ElementName: title, EnabledState: '5', RequestedState: '12', ...more })

/** A class whose instances never change by WS-MAN alone. */
export const fixed = (rows: readonly Instance[], common = true, methods: AmtClass['methods'] = {}): AmtClass => ({
  common,
  instances: () => rows,
  methods
})

/** A method that succeeded. */
export const ok = (state: DeviceState, ...output: readonly (readonly [string, Value])[]): MethodOutcome => ({
  state,
  returnValue: status.ok,
  output
})

/** A method that did nothing. */
export const no = (state: DeviceState, returnValue: number): MethodOutcome => ({ state, returnValue })

/** A method that only reads. */
export const reads = (run: Method['run']): Method => ({ changes: false, run })

/** A method that may change something. */
export const writes = (run: Method['run']): Method => ({ changes: true, run })
