// IPS_OptInService: the consent of the person at the computer.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { integer, optional, required } from '../schema.ts'

export const optInService = defineClass('IPS_OptInService', {
  properties: {
    ...inherited.service,
    CanModifyOptInPolicy: optional(integer),
    /** Seconds. */
    OptInCodeTimeout: optional(integer),
    /** Seconds. */
    OptInDisplayTimeout: optional(integer),
    /** 0 none, 1 KVM, 4294967295 everything. */
    OptInRequired: optional(integer),
    OptInState: optional(integer)
  },
  allows: ['put'],
  methods: {
    StartOptIn: {},
    CancelOptIn: {},
    SendOptInCode: { input: { OptInCode: required(integer) } }
  }
})
