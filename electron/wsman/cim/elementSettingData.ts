// CIM_ElementSettingData: which settings apply to what, and which of several is in force.
import { defineClass } from '../class.ts'
import { integer, optional, reference, required } from '../schema.ts'

export const elementSettingData = defineClass('CIM_ElementSettingData', {
  properties: {
    /** 1 in force, 2 not. */
    IsCurrent: optional(integer),
    IsDefault: optional(integer),
    IsNext: optional(integer),
    ManagedElement: required(reference),
    SettingData: required(reference)
  }
})
