// CIM_PowerManagementCapabilities: which power states can be asked for.
import { defineClass } from '../class.ts'
import { integer, list, string } from '../schema.ts'
import { inherited } from './inherited.ts'

export const powerManagementCapabilities = defineClass('CIM_PowerManagementCapabilities', {
  properties: {
    ...inherited.settingData,
    OtherPowerChangeCapabilities: list(string),
    PowerChangeCapabilities: list(integer),
    PowerStatesSupported: list(integer),
    RequestedPowerStatesSupported: list(integer)
  }
})
