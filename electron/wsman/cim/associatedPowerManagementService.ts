// CIM_AssociatedPowerManagementService: the power state of the computer.
import { defineClass } from '../class.ts'
import { integer, list, optional, reference } from '../schema.ts'

export const associatedPowerManagementService = defineClass('CIM_AssociatedPowerManagementService', {
  properties: {
    AvailableRequestedPowerStates: list(integer),
    /** 2 on, 3 and 4 sleep, 6 and 8 off, 7 hibernate. */
    PowerState: optional(integer),
    ServiceProvided: optional(reference),
    UserOfService: optional(reference)
  }
})
