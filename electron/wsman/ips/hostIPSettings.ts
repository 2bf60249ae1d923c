// IPS_HostIPSettings: the address of the operating system, as the firmware knows it.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { boolean, optional, string } from '../schema.ts'

export const hostIPSettings = defineClass('IPS_HostIPSettings', {
  properties: {
    ...inherited.settingData,
    DHCPEnabled: optional(boolean),
    DefaultGateway: optional(string),
    IPAddress: optional(string),
    PrimaryDNS: optional(string),
    SecondaryDNS: optional(string),
    SubnetMask: optional(string)
  }
})
