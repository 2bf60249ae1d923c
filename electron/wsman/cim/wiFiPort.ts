// CIM_WiFiPort: the Wi-Fi port.
import { defineClass } from '../class.ts'
import { integer, optional, string } from '../schema.ts'
import { inherited, requestStateChange } from './inherited.ts'

/** States to ask for: 3 off, 32768 on in S0, 32769 on in S0 and Sx with AC. */
export const wiFiPort = defineClass('CIM_WiFiPort', {
  properties: {
    ...inherited.logicalDevice,
    LinkTechnology: optional(integer),
    PermanentAddress: optional(string),
    PortType: optional(integer)
  },
  methods: {
    RequestStateChange: requestStateChange
  }
})
