// AMT_EthernetPortSettings: the addresses of a network port; a static one can cut the connection it was sent on.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { boolean, integer, list, optional, required, string } from '../schema.ts'

export const ethernetPortSettings = defineClass('AMT_EthernetPortSettings', {
  properties: {
    ...inherited.settingData,
    ConsoleTcpMaxRetransmissions: optional(integer),
    DHCPEnabled: optional(boolean),
    DefaultGateway: optional(string),
    IPAddress: optional(string),
    IpSyncEnabled: optional(boolean),
    /** 1 firmware, 2 operating system (Wi-Fi only). */
    LinkControl: optional(integer),
    LinkIsUp: optional(boolean),
    /** 1 S0 AC, 14 Sx AC, 16 S0 DC, 224 Sx DC. */
    LinkPolicy: list(integer),
    LinkPreference: optional(integer),
    /** Like `c8-d9-d2-7a-1e-33`. */
    MACAddress: optional(string),
    PhysicalConnectionType: optional(integer),
    PhysicalNicMedium: optional(integer),
    PrimaryDNS: optional(string),
    SecondaryDNS: optional(string),
    SharedDynamicIP: optional(boolean),
    SharedMAC: optional(boolean),
    SharedStaticIp: optional(boolean),
    SubnetMask: optional(string),
    VLANTag: optional(integer),
    WLANLinkProtectionLevel: optional(integer)
  },
  allows: ['put'],
  putBy: 'InstanceID',
  methods: {
    SetLinkPreference: {
      input: {
        /** 1 firmware, 2 operating system. */
        LinkPreference: required(integer),
        /** Seconds. */
        Timeout: required(integer)
      }
    },
    CancelLinkPreference: {}
  }
})
