// CIM_PhysicalPackage: a part that can be taken out.
import { defineClass } from '../class.ts'
import { inherited } from './inherited.ts'

export const physicalPackage = defineClass('CIM_PhysicalPackage', {
  properties: { ...inherited.physicalElement }
})
