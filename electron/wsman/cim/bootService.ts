// CIM_BootService: whether the boot order set here is used.
import { defineClass } from '../class.ts'
import { integer, list, reference, required } from '../schema.ts'
import { inherited, requestStateChange } from './inherited.ts'

export const bootService = defineClass('CIM_BootService', {
  properties: { ...inherited.service, OperationalStatus: list(integer) },
  methods: {
    SetBootConfigRole: {
      input: {
        BootConfigSetting: required(reference),
        /** 1 is next, 32768 is not. */
        Role: required(integer)
      }
    },
    RequestStateChange: requestStateChange
  }
})
