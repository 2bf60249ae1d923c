// AMT_GeneralSettings and AMT_TimeSynchronizationService: host name, domain, realm, and the clock.
import { type DeviceState, deviceSeconds } from '../state.ts'
import { type Instance, numberOf } from '../value.ts'
import {
  type Call,
  type Classes,
  fixed,
  type MethodOutcome,
  no,
  ok,
  type PutOutcome,
  reads,
  service,
  status,
  writes
} from './kind.ts'
import { rewritten, stateChange, table } from './table.ts'

const readOnly = ['DigestRealm', 'HostOSFQDN', 'NetworkInterfaceEnabled', 'PowerSource', 'PrivacyLevel']
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i

const isHostName = (text: string): boolean => text === '' || label.test(text)
const isDomainName = (text: string): boolean =>
  text === '' || (text.length <= 191 && text.split('.').every((part) => label.test(part)))

/** The whole object must come back: only read-only properties may be left out, and those keep their values. */
function putGeneralSettings({ state, fields }: Call): PutOutcome {
  const before = state.generalSettings
  const after = rewritten(before, fields, { readOnly, text: ['HostName', 'DomainName'] })
  const texts = Object.entries(after ?? {}).filter((each): each is [string, string] => typeof each[1] === 'string')
  const generalSettings = Object.fromEntries(texts)
  if (!after || texts.length !== Object.keys(before).length) return { refused: 'shape' }
  if (!isHostName(generalSettings.HostName ?? '')) return { refused: status.name }
  if (!isDomainName(generalSettings.DomainName ?? '')) return { refused: status.domain }
  const changed = texts.some(([name, value]) => before[name] !== value)
  const next = changed ? { ...state, generalSettings, uncommitted: true } : state
  return { state: next, instance: generalSettings }
}

/** The longest age of Ta0, seconds, that still makes a useful measurement. */
const oldestTa0 = 60

/** Takes the middle of both directions, as NTP does: Ta0 device, Tm1 and Tm2 console, Ta1 device; whole seconds UTC. */
function setHighAccuracyTimeSynch({ state, fields, now }: Call): MethodOutcome {
  const [ta0, tm1, tm2] = ['Ta0', 'Tm1', 'Tm2'].map((name) => numberOf(fields, name))
  if (ta0 === undefined || tm1 === undefined || tm2 === undefined) return no(state, status.parameter)
  const ta1 = deviceSeconds(state, now)
  if (ta0 > ta1 || ta1 - ta0 > oldestTa0) return no(state, status.time)
  return ok({ ...state, clockOffset: state.clockOffset + Math.round((tm1 - ta0 + (tm2 - ta1)) / 2) })
}

const readClock = (state: DeviceState, now: number): MethodOutcome =>
  ok(state, ['Ta0', String(deviceSeconds(state, now))])

const pagesMade = (): readonly Instance[] => [
  service('AMT_WebUIService', 'Intel(r) AMT Web UI Service', { EnabledState: '2' })
]

export const generalClasses: Classes = {
  AMT_WebUIService: table('AMT_WebUIService', pagesMade, {
    common: true,
    methods: { RequestStateChange: stateChange('AMT_WebUIService', pagesMade, ['2', '3'], 'EnabledState') }
  }),
  AMT_GeneralSettings: {
    common: false,
    instances: (state) => [state.generalSettings],
    put: putGeneralSettings,
    methods: {}
  },
  AMT_TimeSynchronizationService: fixed(
    [
      service('AMT_TimeSynchronizationService', 'Intel(r) AMT Time Synchronization Service', {
        LocalTimeSyncEnabled: '0',
        TimeSource: '0'
      })
    ],
    true,
    {
      GetLowAccuracyTimeSynch: reads(({ state, now }) => readClock(state, now)),
      SetHighAccuracyTimeSynch: writes(setHighAccuracyTimeSynch)
    }
  )
}
