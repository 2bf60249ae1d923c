// CIM_RedirectionService: the service behind KVM.
import { defineClass } from '../class.ts'
import { integer, list, optional } from '../schema.ts'
import { inherited, requestStateChange } from './inherited.ts'

export const redirectionService = defineClass('CIM_RedirectionService', {
  properties: {
    ...inherited.service,
    MaxCurrentEnabledSAPs: optional(integer),
    RedirectionServiceType: list(integer),
    SharingMode: optional(integer)
  },
  methods: {
    RequestStateChange: requestStateChange
  }
})
