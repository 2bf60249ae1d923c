// CIM_ConcreteDependency: which things belong together.
import { defineClass } from '../class.ts'
import { inherited } from './inherited.ts'

export const concreteDependency = defineClass('CIM_ConcreteDependency', {
  properties: { ...inherited.dependency }
})
