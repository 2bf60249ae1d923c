// What the firmware knows of the computer around it: parts, serial numbers, versions. Nothing here can be changed.
import { type DeviceState, majorVersion, rawUuid } from '../state.ts'
import type { Instance, Value } from '../value.ts'
import { type AmtClass, type Classes, fixed, no, refer, sorted, systemKeys, writes } from './kind.ts'
import { table } from './table.ts'

const managed = { SystemCreationClassName: 'CIM_ComputerSystem', SystemName: 'ManagedSystem' }
const host = refer('CIM_ComputerSystem', { CreationClassName: 'CIM_ComputerSystem', Name: 'ManagedSystem' })
const chassis = refer('CIM_Chassis', { CreationClassName: 'CIM_Chassis', Tag: 'CIM_Chassis' })

const one = (className: string, properties: Readonly<Record<string, Value>>): AmtClass =>
  fixed([sorted({ CreationClassName: className, ...properties })])

const perDevice = (common: boolean, instances: (state: DeviceState) => readonly Instance[]): AmtClass => ({
  common,
  instances,
  methods: {}
})

/** A serial number of its own for every practice device. */
const serial = (state: DeviceState, letters: string): string => letters + state.uuid.slice(-8).toUpperCase()

const packaging: AmtClass = perDevice(false, (state) => [
  { Antecedent: chassis, Dependent: host, PlatformGUID: rawUuid(state.uuid).toString('hex').toUpperCase() }
])

function software(state: DeviceState): readonly Instance[] {
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

const memory = (bank: number): Instance => ({
  BankLabel: `BANK ${bank}`,
  Capacity: '8589934592',
  ConfiguredMemoryClockSpeed: '2400',
  CreationClassName: 'CIM_PhysicalMemory',
  ElementName: 'Managed System Memory Chip',
  FormFactor: '13',
  IsSpeedInMhz: 'true',
  Manufacturer: 'Practice',
  MaxMemorySpeed: '2400',
  MemoryType: '26',
  PartNumber: 'PM8G2400',
  SerialNumber: `PM-${bank}`,
  Speed: '0',
  Tag: bank === 0 ? '9876543210' : `9876543210 (#${bank / 2})`
})

const disk = (n: number, size: string): Instance =>
  sorted({
    ...managed,
    Capabilities: ['4'],
    CreationClassName: 'CIM_MediaAccessDevice',
    DeviceID: `MEDIA DEV ${n}`,
    ElementName: 'Managed System Media Access Device',
    EnabledDefault: '2',
    EnabledState: '0',
    MaxMediaSize: size,
    OperationalStatus: ['0'],
    RequestedState: '12',
    Security: '2'
  })

const screen = 'Intel(r) Screen Settings'

/** A fan that only turns or stands: CIM's "not supported" for whoever wants another speed. */
const fan: AmtClass = {
  ...one('CIM_Fan', {
    ...managed,
    ActiveCooling: 'true',
    DesiredSpeed: '0',
    DeviceID: 'Fan 0',
    ElementName: 'Fan',
    EnabledState: '5',
    HealthState: '5',
    OperationalStatus: ['2'],
    RequestedState: '12',
    VariableSpeed: 'false'
  }),
  methods: { SetSpeed: writes(({ state }) => no(state, 1)) }
}

export const hardwareClasses: Classes = {
  CIM_SoftwareIdentity: perDevice(true, software),
  CIM_ComputerSystemPackage: packaging,
  CIM_Chassis: perDevice(true, (state) => [
    {
      ChassisPackageType: '0',
      CreationClassName: 'CIM_Chassis',
      ElementName: 'Managed System Chassis',
      Manufacturer: 'Practice Computers',
      Model: 'Practice 9',
      OperationalStatus: ['0'],
      PackageType: '3',
      SerialNumber: serial(state, 'PC'),
      Tag: 'CIM_Chassis',
      Version: '1.0'
    }
  ]),
  CIM_Card: perDevice(true, (state) => [
    {
      CanBeFRUed: 'true',
      CreationClassName: 'CIM_Card',
      ElementName: 'Managed System Base Board',
      Manufacturer: 'Practice Computers',
      Model: 'Practice Board 9',
      OperationalStatus: ['0'],
      PackageType: '9',
      SerialNumber: serial(state, 'PB'),
      Tag: 'CIM_Card',
      Version: '1.0'
    }
  ]),
  CIM_Chip: one('CIM_Chip', {
    CanBeFRUed: 'true',
    ElementName: 'Managed System Processor Chip',
    Manufacturer: 'Practice Processors',
    OperationalStatus: ['0'],
    Tag: 'CPU 0',
    Version: 'Practice CPU @ 2.40GHz'
  }),
  CIM_Processor: one('CIM_Processor', {
    ...managed,
    CPUStatus: '1',
    CurrentClockSpeed: '2400',
    DeviceID: 'CPU 0',
    ElementName: 'Managed System CPU',
    EnabledState: '2',
    ExternalBusClockSpeed: '100',
    Family: '198',
    HealthState: '0',
    MaxClockSpeed: '8300',
    OperationalStatus: ['0'],
    OtherFamilyDescription: '',
    RequestedState: '12',
    Role: 'Central',
    Stepping: '13',
    UpgradeMethod: '52'
  }),
  CIM_PhysicalMemory: fixed([memory(0), memory(2)]),
  CIM_PhysicalPackage: one('CIM_PhysicalPackage', {
    CanBeFRUed: 'true',
    ElementName: 'Managed System Storage Media Package',
    Model: 'Practice Disk',
    OperationalStatus: ['0'],
    PackageType: '15',
    SerialNumber: 'PD-0',
    Tag: 'Storage Media Package 0'
  }),
  CIM_MediaAccessDevice: fixed([disk(0, '960197124'), disk(1, '500107862')]),
  CIM_BIOSElement: fixed([
    {
      ElementName: 'Primary BIOS',
      Manufacturer: 'Practice Computers',
      Name: 'Primary BIOS',
      OperationalStatus: ['0'],
      PrimaryBIOS: 'true',
      ReleaseDate: { datetime: '2020-08-10T00:00:00Z' },
      SoftwareElementID: 'PRACTICE.0054',
      SoftwareElementState: '2',
      TargetOperatingSystem: '66',
      Version: 'PRACTICE.0054'
    }
  ]),
  CIM_BIOSFeature: fixed([
    {
      Characteristics: ['7', '11', '12', '27', '28', '29', '31'],
      ElementName: 'Primary BIOS Features',
      IdentifyingNumber: 'PX-1',
      Name: 'Primary BIOS Features',
      OperationalStatus: ['0'],
      ProductName: 'Practice 9',
      Vendor: 'Practice Computers',
      Version: 'PX-1'
    }
  ]),
  CIM_Battery: one('CIM_Battery', {
    ...managed,
    BatteryStatus: '2',
    ChargingStatus: '0',
    Chemistry: '2',
    DesignCapacity: '5601',
    DesignVoltage: '11550',
    DeviceID: 'PRACTICE-BAT',
    ElementName: '',
    EnabledState: '2',
    EstimatedChargeRemaining: '0',
    FullChargeCapacity: '0',
    HealthState: '0',
    RequestedState: '2'
  }),
  CIM_Fan: fan,
  CIM_Sensor: one('CIM_Sensor', {
    ...managed,
    CurrentState: 'Unknown',
    DeviceID: 'Sensor 1',
    ElementName: 'Sensor',
    EnabledState: '5',
    HealthState: '5',
    OperationalStatus: ['2'],
    PossibleStates: ['Bad', 'Good', 'Unknown'],
    RequestedState: '12',
    SensorType: '0'
  }),
  CIM_ComputerSystem: fixed([
    { CreationClassName: 'CIM_ComputerSystem', ElementName: 'Managed System', Name: 'ManagedSystem' },
    { CreationClassName: 'CIM_ComputerSystem', ElementName: 'Intel(r) AMT', Name: 'Intel(r) AMT' }
  ]),
  CIM_ConcreteDependency: fixed(
    [
      {
        Antecedent: refer('CIM_Identity', { InstanceID: 'Intel(r) AMT:$$OsAdmin' }),
        Dependent: refer('CIM_Role', { CreationClassName: 'CIM_Role', Name: 'Intel(r) AMT:$$OsAdmin' })
      }
    ],
    false
  ),
  AMT_CryptographicCapabilities: fixed(
    [
      {
        ElementName: 'Intel(r) AMT: Cryptographic Capabilities',
        HardwareAcceleration: '1',
        InstanceID: 'Intel(r) AMT: Cryptographic Capabilities 0'
      }
    ],
    false
  ),
  AMT_AssetTableService: fixed([
    sorted({
      ...systemKeys('AMT_AssetTableService', 'Intel(r) AMT Asset Table Service'),
      ElementName: 'Intel(r) AMT Asset Table Service',
      TableTypes: ['SMbios:130', 'SMbios:131']
    })
  ]),
  IPS_HostBootReason: fixed(
    [
      {
        ElementName: 'Intel(r) AMT:Host Boot Reason',
        InstanceID: 'Intel(r) AMT:Host Boot Reason',
        PreviousSxState: '0',
        Reason: '1',
        ReasonDetails: ''
      }
    ],
    false
  ),
  IPS_SecIOService: table(
    'IPS_SecIOService',
    () => [
      sorted({
        CreationClassName: 'IPS_SecIOService',
        ...managed,
        DefaultScreen: '1',
        EnabledState: '2',
        Name: 'SecIO',
        RequestedLanguage: '2',
        Started: 'true',
        Status: 'OK',
        language: '1',
        zoom: '65535'
      })
    ],
    { common: true, put: { readOnly: ['EnabledState', 'Started', 'Status', 'language'] } }
  ),
  IPS_ScreenSettingData: fixed(
    [
      {
        ElementName: screen,
        InstanceID: screen,
        IsActive: ['true', 'true', 'false', 'false'],
        PrimaryIndex: '1',
        QuadraryIndex: '4',
        ResolutionX: ['1920', '1920', '0', '0'],
        ResolutionY: ['1080', '1080', '0', '0'],
        SecondaryIndex: '2',
        TertiaryIndex: '3',
        UpperLeftX: ['0', '1920', '-1', '-1'],
        UpperLeftY: ['0', '0', '-1', '-1']
      }
    ],
    false
  )
}
