// CIM_Chassis: the case.
import { defineClass } from '../class.ts'
import { integer, optional } from '../schema.ts'
import { inherited } from './inherited.ts'

export const chassis = defineClass('CIM_Chassis', {
  properties: { ...inherited.physicalElement, ChassisPackageType: optional(integer) }
})
