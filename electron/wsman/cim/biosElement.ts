// CIM_BIOSElement: the BIOS and its version.
import { defineClass } from '../class.ts'
import { boolean, datetime, integer, list, optional, string } from '../schema.ts'

export const biosElement = defineClass('CIM_BIOSElement', {
  properties: {
    BuildNumber: optional(string),
    ElementName: optional(string),
    Manufacturer: optional(string),
    Name: optional(string),
    OperationalStatus: list(integer),
    PrimaryBIOS: optional(boolean),
    ReleaseDate: optional(datetime),
    SoftwareElementID: optional(string),
    SoftwareElementState: optional(integer),
    TargetOperatingSystem: optional(integer),
    Version: optional(string)
  }
})
