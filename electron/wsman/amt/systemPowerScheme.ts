// AMT_SystemPowerScheme: in which sleep states the firmware stays awake.
import { defineClass } from '../class.ts'
import { bytes, optional, required, string } from '../schema.ts'

export const systemPowerScheme = defineClass('AMT_SystemPowerScheme', {
  properties: {
    Description: optional(string),
    ElementName: optional(string),
    /** `SCHEME n`. */
    InstanceID: required(string),
    SchemeGUID: optional(bytes)
  },
  methods: {
    /** The scheme is named by the selector InstanceID. */
    SetPowerScheme: {}
  }
})
