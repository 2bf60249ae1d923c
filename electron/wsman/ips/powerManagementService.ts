// IPS_PowerManagementService: whether the operating system saves power.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { integer, optional, reference, required } from '../schema.ts'

export const powerManagementService = defineClass('IPS_PowerManagementService', {
  properties: { ...inherited.service, OSPowerSavingState: optional(integer) },
  methods: {
    RequestOSPowerSavingStateChange: {
      input: { OSPowerSavingState: required(integer), ManagedElement: required(reference) }
    }
  }
})
