// CIM_Chip: a chip.
import { defineClass } from '../class.ts'
import { inherited } from './inherited.ts'

export const chip = defineClass('CIM_Chip', {
  properties: { ...inherited.physicalElement }
})
