// CIM_MediaAccessDevice: a disk.
import { defineClass } from '../class.ts'
import { integer, list, optional } from '../schema.ts'
import { inherited } from './inherited.ts'

export const mediaAccessDevice = defineClass('CIM_MediaAccessDevice', {
  properties: {
    ...inherited.logicalDevice,
    Capabilities: list(integer),
    /** Kilobytes. */
    MaxMediaSize: optional(integer),
    Security: optional(integer)
  }
})
