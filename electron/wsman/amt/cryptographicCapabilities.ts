// AMT_CryptographicCapabilities: whether the firmware has hardware for it.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { integer, optional } from '../schema.ts'

export const cryptographicCapabilities = defineClass('AMT_CryptographicCapabilities', {
  properties: { ...inherited.settingData, HardwareAcceleration: optional(integer) }
})
