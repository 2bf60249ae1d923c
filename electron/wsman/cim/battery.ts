// CIM_Battery: the battery.
import { defineClass } from '../class.ts'
import { integer, optional } from '../schema.ts'
import { inherited } from './inherited.ts'

export const battery = defineClass('CIM_Battery', {
  properties: {
    ...inherited.logicalDevice,
    BatteryStatus: optional(integer),
    ChargingStatus: optional(integer),
    Chemistry: optional(integer),
    DesignCapacity: optional(integer),
    DesignVoltage: optional(integer),
    EstimatedChargeRemaining: optional(integer),
    FullChargeCapacity: optional(integer)
  }
})
