// The wire: ports and addresses, where the device believes to be, and 802.1X on the cable.
import type { DeviceState } from '../state.ts'
import { type Instance, numberOf, textOf } from '../value.ts'
import { type Classes, fixed, no, ok, sorted, status, systemKeys, writes } from './kind.ts'
import { table } from './table.ts'

/** Six bytes from the UUID, locally administered, so that every practice device has its own. */
export const macOf = (state: DeviceState): string => `02${state.uuid.slice(-10)}`

const dashed = (mac: string): string => (mac.match(/../g) ?? []).join('-')

const wired = (state: DeviceState): Instance => ({
  DHCPEnabled: 'true',
  DefaultGateway: '192.168.0.1',
  ElementName: 'Intel(r) AMT Ethernet Port Settings',
  InstanceID: 'Intel(r) AMT Ethernet Port Settings 0',
  IpSyncEnabled: 'true',
  LinkIsUp: 'true',
  LinkPolicy: ['1', '14'],
  MACAddress: dashed(macOf(state)),
  PhysicalConnectionType: '0',
  PrimaryDNS: '192.168.0.1',
  SecondaryDNS: '192.168.0.2',
  SharedDynamicIP: 'true',
  SharedMAC: 'true',
  SharedStaticIp: 'false',
  SubnetMask: '255.255.255.0'
})

const wireless: Instance = {
  ConsoleTcpMaxRetransmissions: '5',
  DHCPEnabled: 'true',
  ElementName: 'Intel(r) AMT Ethernet Port Settings',
  InstanceID: 'Intel(r) AMT Ethernet Port Settings 1',
  LinkControl: '2',
  LinkIsUp: 'false',
  LinkPreference: '2',
  MACAddress: '00-00-00-00-00-00',
  PhysicalConnectionType: '3',
  SharedMAC: 'true',
  WLANLinkProtectionLevel: '1'
}

const addressFields = ['IPAddress', 'SubnetMask', 'DefaultGateway', 'PrimaryDNS', 'SecondaryDNS'] as const
const isAddress = (text: string): boolean =>
  /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((each) => Number(each) <= 255)

/** Static addresses need address and mask, unless the host's are shared; DHCP goes with none of its own. */
function checkPort(after: Instance): number | undefined {
  const given = addressFields.map((name) => after[name]).filter((each) => each !== undefined)
  if (!given.every((each) => typeof each === 'string' && (each === '' || isAddress(each)))) return status.address
  if (after.DHCPEnabled === 'true' || after.IpSyncEnabled === 'true') return undefined
  return after.IPAddress && after.SubnetMask ? undefined : status.address
}

const detectionStrings = 5
const ipv6: Instance = {
  CurrentDefaultRouter: '::',
  CurrentPrimaryDNS: '::',
  CurrentSecondaryDNS: '::',
  DefaultRouter: '::',
  ElementName: 'Intel(r) IPS IPv6 Settings 0',
  IPv6Address: '::',
  InstanceID: 'Intel(r) IPS IPv6 Settings 0',
  InterfaceIDType: '0',
  ManualInterfaceID: '0000000000000000',
  PrimaryDNS: '::',
  SecondaryDNS: '::'
}

export const networkClasses: Classes = {
  AMT_EthernetPortSettings: table('AMT_EthernetPortSettings', (state) => [wired(state), wireless], {
    put: {
      readOnly: ['LinkIsUp', 'MACAddress', 'PhysicalConnectionType', 'SharedDynamicIP', 'SharedMAC'],
      optional: [...addressFields, 'IpSyncEnabled', 'VLANTag', 'LinkPolicy'],
      pending: true,
      check: checkPort
    },
    methods: {
      SetLinkPreference: writes(({ state, instance, fields }) => {
        const wanted = numberOf(fields, 'LinkPreference')
        if (instance.LinkPreference === undefined || wanted === undefined || wanted < 1 || wanted > 2)
          return no(state, status.parameter)
        return ok(state)
      }),
      // Only the Wi-Fi port has a preference.
      CancelLinkPreference: writes(({ state, instance }) =>
        instance.LinkPreference === undefined ? no(state, status.parameter) : ok(state)
      )
    }
  }),
  CIM_EthernetPort: {
    common: true,
    methods: {},
    instances: (state) => [
      sorted({
        CreationClassName: 'CIM_EthernetPort',
        Description: 'Wired0',
        DeviceID: 'Intel(r) AMT Ethernet Port 0',
        ElementName: 'Intel(r) AMT Ethernet Port',
        EnabledDefault: '5',
        EnabledState: '2',
        LinkTechnology: '2',
        MaxSpeed: '2500000000',
        NetworkAddresses: [macOf(state)],
        OperationalStatus: ['0'],
        PortType: '53',
        RequestedState: '12',
        Speed: '1000000000',
        SystemCreationClassName: 'CIM_ComputerSystem',
        SystemName: 'Intel(r) AMT'
      })
    ]
  },
  AMT_EnvironmentDetectionSettingData: table(
    'AMT_EnvironmentDetectionSettingData',
    () => [
      {
        DetectionAlgorithm: '0',
        DetectionStrings: [],
        ElementName: 'Intel(r) AMT Environment Detection Settings',
        InstanceID: 'Intel(r) AMT Environment Detection Settings'
      }
    ],
    {
      put: {
        check: (after) => {
          const { DetectionStrings: names = [] } = after
          return Array.isArray(names) && names.length > detectionStrings ? status.limit : undefined
        }
      },
      methods: {
        EnableVpnRouting: writes(({ state, fields }) =>
          ['true', 'false'].includes(textOf(fields, 'Enable')) ? ok(state) : no(state, status.parameter)
        ),
        SetSystemDefensePolicy: writes(({ state }) => ok(state)),
        EnumerateSystemDefensePolicies: writes(({ state }) => ok(state))
      }
    }
  ),
  AMT_Hdr8021Filter: fixed(
    [
      sorted({
        ...systemKeys('AMT_Hdr8021Filter', 'Intel(r) AMT Hdr8021 Filter'),
        ElementName: 'HDR 802.1 Filter',
        FilterDirection: '2',
        FilterEnabled: 'true',
        VLANID: '10',
        VLANPriority: '1'
      })
    ],
    false
  ),
  IPS_HostIPSettings: fixed(
    [
      {
        DHCPEnabled: 'false',
        ElementName: 'Intel(r) AMT: Host IP Settings',
        InstanceID: 'Intel(r) AMT: Host IP Settings'
      }
    ],
    false
  ),
  IPS_IPv6PortSettings: table('IPS_IPv6PortSettings', () => [ipv6], {
    put: { text: ['ManualInterfaceID'] }
  }),
  IPS_LANEndpoint: {
    common: true,
    methods: {},
    instances: (state) => [
      sorted({
        ...systemKeys('IPS_LANEndpoint', 'Intel(r) AMT LAN Endpoint'),
        EnabledState: '2',
        LANType: '2',
        MACAddress: macOf(state),
        ProtocolType: '0',
        RequestedState: '12'
      })
    ]
  }
}
