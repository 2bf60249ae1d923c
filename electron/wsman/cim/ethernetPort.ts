// CIM_EthernetPort: a network port.
import { defineClass } from '../class.ts'
import { integer, list, optional, string } from '../schema.ts'
import { inherited } from './inherited.ts'

export const ethernetPort = defineClass('CIM_EthernetPort', {
  properties: {
    ...inherited.logicalDevice,
    ActiveMaximumTransmissionUnit: optional(integer),
    Description: optional(string),
    LinkTechnology: optional(integer),
    MaxSpeed: optional(integer),
    NetworkAddresses: list(string),
    PermanentAddress: optional(string),
    PortType: optional(integer),
    Speed: optional(integer)
  }
})
