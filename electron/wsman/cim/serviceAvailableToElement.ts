// CIM_ServiceAvailableToElement: which service serves what.
import { defineClass } from '../class.ts'
import { optional, reference } from '../schema.ts'

export const serviceAvailableToElement = defineClass('CIM_ServiceAvailableToElement', {
  properties: { ServiceProvided: optional(reference), UserOfService: optional(reference) }
})
