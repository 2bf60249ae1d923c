// CIM_BIOSFeature: what the BIOS can do.
import { defineClass } from '../class.ts'
import { integer, list, optional, string } from '../schema.ts'

export const biosFeature = defineClass('CIM_BIOSFeature', {
  properties: {
    Characteristics: list(integer),
    ElementName: optional(string),
    IdentifyingNumber: optional(string),
    Name: optional(string),
    OperationalStatus: list(integer),
    ProductName: optional(string),
    Vendor: optional(string),
    Version: optional(string)
  }
})
