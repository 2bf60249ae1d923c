// CIM_Processor: the processor.
import { defineClass } from '../class.ts'
import { integer, optional, string } from '../schema.ts'
import { inherited } from './inherited.ts'

export const processor = defineClass('CIM_Processor', {
  properties: {
    ...inherited.logicalDevice,
    CPUStatus: optional(integer),
    CurrentClockSpeed: optional(integer),
    ExternalBusClockSpeed: optional(integer),
    Family: optional(integer),
    MaxClockSpeed: optional(integer),
    OtherFamilyDescription: optional(string),
    Role: optional(string),
    Stepping: optional(string),
    UpgradeMethod: optional(integer)
  }
})
