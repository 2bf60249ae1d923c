// AMT_RemoteAccessPolicyAppliesToMPS: which policy uses which management presence server.
import { defineClass } from '../class.ts'
import { integer, optional, reference, required } from '../schema.ts'

export const remoteAccessPolicyAppliesToMPS = defineClass('AMT_RemoteAccessPolicyAppliesToMPS', {
  properties: {
    ManagedElement: required(reference),
    /** 0 external, 1 internal, 2 both. */
    MpsType: optional(integer),
    OrderOfAccess: optional(integer),
    PolicySet: required(reference)
  },
  allows: ['put', 'create', 'delete']
})
