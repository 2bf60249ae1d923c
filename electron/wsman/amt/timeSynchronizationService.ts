// AMT_TimeSynchronizationService: the firmware's clock, kept in UTC.
import type { Result } from '../../../shared/problem.ts'
import type { Device } from '../client.ts'
import { resourceUri } from '../envelope.ts'
import { call, getInstance, type Instance } from '../instance.ts'
import { integer, optional, required, type Values } from '../schema.ts'

const resource = resourceUri('AMT_TimeSynchronizationService')

const shape = {
  /** 0 default true, 1 configured true, 2 false. */
  LocalTimeSyncEnabled: optional(integer),
  TimeSource: optional(integer)
}

const times = {
  /** The firmware's clock, whole seconds since 1970 UTC. */
  Ta0: required(integer)
}

const getLowAccuracyTimeSynch = { resource, name: 'GetLowAccuracyTimeSynch', input: {}, output: times }

const setHighAccuracyTimeSynch = {
  resource,
  name: 'SetHighAccuracyTimeSynch',
  input: {
    ...times,
    /** Our clock when Ta0 came in, and when this request goes out. */
    Tm1: required(integer),
    Tm2: required(integer)
  },
  output: {}
}

export const timeSynchronizationService = {
  get: (device: Device): Promise<Result<Instance<typeof shape>>> => getInstance(device, { resource }, shape),
  getLowAccuracyTimeSynch: (device: Device) => call(device, getLowAccuracyTimeSynch, {}),
  /** Ta0 must be fresh: AMT answers INVALID_TIME to an old one. */
  setHighAccuracyTimeSynch: (device: Device, values: Values<typeof setHighAccuracyTimeSynch.input>) =>
    call(device, setHighAccuracyTimeSynch, values)
}
