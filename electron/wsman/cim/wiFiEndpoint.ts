// CIM_WiFiEndpoint: the Wi-Fi end of the firmware.
import { defineClass } from '../class.ts'
import { integer, optional, string } from '../schema.ts'

export const wiFiEndpoint = defineClass('CIM_WiFiEndpoint', {
  properties: {
    CreationClassName: optional(string),
    ElementName: optional(string),
    EnabledState: optional(integer),
    LANID: optional(string),
    Name: optional(string),
    NameFormat: optional(string),
    ProtocolIFType: optional(integer),
    RequestedState: optional(integer),
    SystemCreationClassName: optional(string),
    SystemName: optional(string)
  }
})
