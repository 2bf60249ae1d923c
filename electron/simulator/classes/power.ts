// Power: the schemes of the management engine, what the computer can be asked to do, and how it starts.
import type { DeviceState } from '../state.ts'
import { type Instance, numberOf } from '../value.ts'
import { type Classes, fixed, no, ok, refer, service, sorted, status, systemKeys, writes } from './kind.ts'
import { rowsOf, stateChange, table, withRows } from './table.ts'

const schemeName = 'AMT_SystemPowerScheme'
/** Mobile S0, and Mobile S0 with Sx on mains: both GUIDs are recorded ones. */
const schemes: readonly Instance[] = [
  {
    Description: 'Mobile: ON in S0',
    ElementName: 'Intel(r) AMT Power Scheme',
    InstanceID: 'SCHEME 0',
    SchemeGUID: 'djmXEQtWUEOIcJgS85G1YA=='
  },
  {
    Description: 'Mobile: ON in S0, ME Wake in S3, S4-5 (AC only)',
    ElementName: 'Intel(r) AMT Power Scheme',
    InstanceID: 'SCHEME 1',
    SchemeGUID: 'MIAN7gnAeEOvKHhootu+Og=='
  }
]

/** Which scheme is in force is told by an association between it and the system. */
const currentMade = (): readonly Instance[] =>
  schemes.map((each, at) => ({
    IsCurrent: at === 0 ? '1' : '2',
    ManagedElement: refer('CIM_ComputerSystem', { CreationClassName: 'CIM_ComputerSystem', Name: 'Intel(r) AMT' }),
    SettingData: refer(schemeName, { InstanceID: String(each.InstanceID) })
  }))

const currentName = 'CIM_ElementSettingData'

const withScheme = (state: DeviceState, at: number): DeviceState =>
  withRows(
    state,
    currentName,
    rowsOf(state, currentName, currentMade).map((each, n) => ({ ...each, IsCurrent: n === at ? '1' : '2' }))
  )

const powerService = systemKeys('CIM_PowerManagementService', 'Intel(r) AMT Power Management Service')
/** On, cycle, off, reset and their graceful forms: DSP1027. */
const powerStates = ['10', '8', '5', '11', '4', '7', '14', '12']
const asked = new Set([2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14])

const associatedMade = (): readonly Instance[] => [
  {
    AvailableRequestedPowerStates: powerStates,
    PowerState: '2',
    ServiceProvided: refer('CIM_PowerManagementService', powerService),
    UserOfService: refer('CIM_ComputerSystem', { CreationClassName: 'CIM_ComputerSystem', Name: 'ManagedSystem' })
  }
]

const supported = ['5', '8', '2', '10', '11', '12', '14']

const bootFlags = [
  ...['BIOSPause', 'BIOSSetup', 'ConfigurationDataReset', 'EnforceSecureBoot', 'ForcedProgressEvents'],
  ...['LockKeyboard', 'LockPowerButton', 'LockResetButton', 'LockSleepButton', 'PlatformErase', 'RPEEnabled'],
  ...['ReflashBIOS', 'SecureBootControlEnabled', 'SecureErase', 'UEFIHTTPSBootEnabled', 'UEFILocalPBABootEnabled'],
  ...['UseIDER', 'UseSOL', 'UseSafeMode', 'UserPasswordBypass', 'WinREBootEnabled']
]

const bootMade = (): readonly Instance[] => [
  sorted({
    ...Object.fromEntries(bootFlags.map((each) => [each, 'false'])),
    BIOSLastStatus: ['2', '0'],
    BootMediaIndex: '0',
    BootguardStatus: '127',
    ElementName: 'Intel(r) AMT Boot Configuration Settings',
    FirmwareVerbosity: '0',
    IDERBootDevice: '0',
    InstanceID: 'Intel(r) AMT:BootSettingData 0',
    OptionsCleared: 'true',
    OwningEntity: 'Intel(r) AMT',
    RSEPassword: '',
    UefiBootNumberOfParams: '0',
    UefiBootParametersArray: ''
  })
]

const bootSource = (id: string, device: string): Instance => ({
  ElementName: 'Intel(r) AMT: Boot Source',
  FailThroughSupported: '2',
  InstanceID: `Intel(r) AMT: Force ${id} Boot`,
  StructuredBootString: `CIM:${device}:1`
})

const bootServiceMade = (): readonly Instance[] => [
  service('CIM_BootService', 'Intel(r) AMT Boot Service', { EnabledState: '2', OperationalStatus: ['0'] })
]

export const powerClasses: Classes = {
  AMT_SystemPowerScheme: fixed(schemes, false, {
    SetPowerScheme: writes(({ state, at }) => ok(withScheme(state, at)))
  }),
  CIM_ElementSettingData: table(currentName, currentMade),
  CIM_PowerManagementService: fixed(
    [service('CIM_PowerManagementService', 'Intel(r) AMT Power Management Service')],
    true,
    {
      RequestPowerStateChange: writes(({ state, fields }) => {
        const wanted = numberOf(fields, 'PowerState')
        if (wanted === undefined || !asked.has(wanted)) return no(state, status.parameter)
        const isOff = [8, 12, 13].includes(wanted)
        const rows = associatedMade().map((each) => ({ ...each, PowerState: isOff ? '8' : '2' }))
        return ok(withRows(state, 'CIM_AssociatedPowerManagementService', rows))
      })
    }
  ),
  CIM_AssociatedPowerManagementService: table('CIM_AssociatedPowerManagementService', associatedMade, { common: true }),
  CIM_PowerManagementCapabilities: fixed(
    [
      {
        ElementName: 'Power Management Capabilities',
        InstanceID: 'Intel(r) AMT:PowerManagementCapabilities 0',
        OtherPowerChangeCapabilities: '',
        PowerChangeCapabilities: ['2', '3', '4', '7', '8'],
        PowerStatesSupported: supported,
        RequestedPowerStatesSupported: supported
      }
    ],
    false
  ),
  IPS_PowerManagementService: table(
    'IPS_PowerManagementService',
    () => [
      {
        ...service('IPS_PowerManagementService', 'Intel(r) AMT Power Management Service'),
        OSPowerSavingState: '2'
      }
    ],
    {
      common: true,
      methods: {
        RequestOSPowerSavingStateChange: writes(({ state, fields }) => {
          const wanted = numberOf(fields, 'OSPowerSavingState')
          return wanted === 2 || wanted === 3 ? ok(state) : no(state, status.parameter)
        })
      }
    }
  ),
  AMT_BootCapabilities: fixed(
    [
      sorted({
        ...Object.fromEntries(
          ['BIOSPause', 'BIOSReflash', 'BIOSSecureBoot', 'ConfigurationDataReset', 'ForceCDorDVDBoot'].map((each) => [
            each,
            String(each === 'ForceCDorDVDBoot')
          ])
        ),
        BIOSSetup: 'true',
        ElementName: 'Intel(r) AMT: Boot Capabilities',
        ForceHardDriveBoot: 'true',
        ForcePXEBoot: 'true',
        IDER: 'true',
        InstanceID: 'Intel(r) AMT:BootCapabilities 0',
        SOL: 'true'
      })
    ],
    false
  ),
  AMT_BootSettingData: table('AMT_BootSettingData', bootMade, {
    put: {
      readOnly: [
        ...['BIOSLastStatus', 'BootguardStatus', 'OptionsCleared', 'OwningEntity', 'RPEEnabled'],
        ...['SecureBootControlEnabled', 'WinREBootEnabled', 'UEFILocalPBABootEnabled', 'UEFIHTTPSBootEnabled']
      ],
      optional: ['UefiBootParametersArray'],
      secret: ['RSEPassword']
    }
  }),
  CIM_BootConfigSetting: fixed(
    [{ ElementName: 'Intel(r) AMT: Boot Configuration', InstanceID: 'Intel(r) AMT: Boot Configuration 0' }],
    false,
    { ChangeBootOrder: writes(({ state }) => ok(state)) }
  ),
  CIM_BootService: table('CIM_BootService', bootServiceMade, {
    common: true,
    methods: {
      SetBootConfigRole: writes(({ state, fields }) =>
        ['1', '32768'].includes(String(fields.get('Role')?.[0])) ? ok(state) : no(state, status.parameter)
      ),
      // On; and, from One Click Recovery and remote erase: none, one, the other, both.
      RequestStateChange: stateChange(
        'CIM_BootService',
        bootServiceMade,
        ['2', '32768', '32769', '32770', '32771'],
        'EnabledState'
      )
    }
  }),
  CIM_BootSourceSetting: fixed(
    [bootSource('Hard-drive', 'Hard-Disk'), bootSource('PXE', 'Network'), bootSource('CD/DVD', 'CD/DVD')],
    false
  )
}
