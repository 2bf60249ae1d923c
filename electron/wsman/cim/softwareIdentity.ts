// CIM_SoftwareIdentity: versions of the firmware’s parts.
import { defineClass } from '../class.ts'
import { boolean, optional, required, string } from '../schema.ts'

export const softwareIdentity = defineClass('CIM_SoftwareIdentity', {
  properties: {
    /** `AMT`, `Build Number`, `Sku`, `Legacy Mode`, ... */
    InstanceID: required(string),
    IsEntity: optional(boolean),
    /** Text even where it looks like a number (`Sku` is `16392`). */
    VersionString: required(string)
  }
})
