// IPS_LANEndpoint: the MAC address of the firmware.
import { defineClass } from '../class.ts'
import { integer, optional, string } from '../schema.ts'

export const lanEndpoint = defineClass('IPS_LANEndpoint', {
  properties: {
    CreationClassName: optional(string),
    EnabledState: optional(integer),
    LANType: optional(integer),
    MACAddress: optional(string),
    Name: optional(string),
    ProtocolType: optional(integer),
    RequestedState: optional(integer),
    SystemCreationClassName: optional(string),
    SystemName: optional(string)
  }
})
