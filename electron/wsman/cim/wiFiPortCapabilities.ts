// CIM_WiFiPortCapabilities: what the Wi-Fi port can do.
import { defineClass } from '../class.ts'
import { integer, list, optional, string } from '../schema.ts'

export const wiFiPortCapabilities = defineClass('CIM_WiFiPortCapabilities', {
  properties: { ElementName: optional(string), InstanceID: optional(string), SupportedPortTypes: list(integer) }
})
