// CIM_PowerManagementService: switches the computer on and off.
import { defineClass } from '../class.ts'
import { integer, reference, required } from '../schema.ts'
import { inherited } from './inherited.ts'

export const powerManagementService = defineClass('CIM_PowerManagementService', {
  properties: { ...inherited.service },
  methods: {
    RequestPowerStateChange: {
      input: {
        /** 2 on, 5 power cycle, 8 off, 10 reset. */
        PowerState: required(integer),
        ManagedElement: required(reference)
      }
    }
  }
})
