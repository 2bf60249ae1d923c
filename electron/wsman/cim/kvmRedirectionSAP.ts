// CIM_KVMRedirectionSAP: whether the screen may be shared.
import { defineClass } from '../class.ts'
import { integer, optional, string } from '../schema.ts'
import { requestStateChange } from './inherited.ts'

/** A model without KVM answers `class-missing`. States to ask for: 2 on, 3 off. */
export const kvmRedirectionSAP = defineClass('CIM_KVMRedirectionSAP', {
  properties: {
    CreationClassName: optional(string),
    ElementName: optional(string),
    /** 2 in use, 3 off, 6 on but idle. */
    EnabledState: optional(integer),
    KVMProtocol: optional(integer),
    Name: optional(string),
    RequestedState: optional(integer),
    SystemCreationClassName: optional(string),
    SystemName: optional(string)
  },
  methods: {
    RequestStateChange: requestStateChange
  }
})
