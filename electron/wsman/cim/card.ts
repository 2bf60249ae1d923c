// CIM_Card: the main board.
import { defineClass } from '../class.ts'
import { inherited } from './inherited.ts'

export const card = defineClass('CIM_Card', {
  properties: { ...inherited.physicalElement }
})
