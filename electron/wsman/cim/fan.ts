// CIM_Fan: a fan.
import { defineClass } from '../class.ts'
import { boolean, integer, optional, required } from '../schema.ts'
import { inherited } from './inherited.ts'

export const fan = defineClass('CIM_Fan', {
  properties: {
    ...inherited.logicalDevice,
    ActiveCooling: optional(boolean),
    DesiredSpeed: optional(integer),
    VariableSpeed: optional(boolean)
  },
  methods: {
    SetSpeed: { input: { DesiredSpeed: required(integer) } }
  }
})
