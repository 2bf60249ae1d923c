// CIM_PhysicalMemory: a memory module.
import { defineClass } from '../class.ts'
import { boolean, integer, optional, string } from '../schema.ts'
import { inherited } from './inherited.ts'

export const physicalMemory = defineClass('CIM_PhysicalMemory', {
  properties: {
    ...inherited.physicalElement,
    BankLabel: optional(string),
    /** Bytes. */
    Capacity: optional(integer),
    ConfiguredMemoryClockSpeed: optional(integer),
    FormFactor: optional(integer),
    IsSpeedInMhz: optional(boolean),
    MaxMemorySpeed: optional(integer),
    MemoryType: optional(integer),
    Speed: optional(integer)
  }
})
