// IPS_IPv6PortSettings: IPv6 addresses of a network port.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { integer, list, optional, string } from '../schema.ts'

export const ipv6PortSettings = defineClass('IPS_IPv6PortSettings', {
  properties: {
    ...inherited.settingData,
    CurrentAddressInfo: list(string),
    CurrentDefaultRouter: optional(string),
    CurrentPrimaryDNS: optional(string),
    CurrentSecondaryDNS: optional(string),
    DefaultRouter: optional(string),
    IPv6Address: optional(string),
    InterfaceIDType: optional(integer),
    ManualInterfaceID: optional(string),
    PrimaryDNS: optional(string),
    SecondaryDNS: optional(string)
  },
  allows: ['put'],
  putBy: 'InstanceID'
})
