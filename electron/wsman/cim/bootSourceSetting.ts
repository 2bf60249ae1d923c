// CIM_BootSourceSetting: one thing to start from.
import { defineClass } from '../class.ts'
import { integer, optional, string } from '../schema.ts'
import { inherited } from './inherited.ts'

export const bootSourceSetting = defineClass('CIM_BootSourceSetting', {
  properties: {
    ...inherited.settingData,
    BIOSBootString: optional(string),
    BootString: optional(string),
    FailThroughSupported: optional(integer),
    StructuredBootString: optional(string)
  }
})
