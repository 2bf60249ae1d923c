// AMT_RemoteAccessPolicyRule: when the firmware calls a management presence server.
import { defineClass } from '../class.ts'
import { bytes, integer, optional, required, string } from '../schema.ts'

export const remoteAccessPolicyRule = defineClass('AMT_RemoteAccessPolicyRule', {
  properties: {
    CreationClassName: optional(string),
    ElementName: optional(string),
    /** Two big-endian 32-bit numbers for a periodic rule. */
    ExtendedData: optional(bytes),
    /** `User Initiated`, `Alert` or `Periodic`. */
    PolicyRuleName: required(string),
    SystemCreationClassName: optional(string),
    SystemName: optional(string),
    /** 0 user, 1 alert, 2 periodic. */
    Trigger: optional(integer),
    /** Seconds; 0 for ever. */
    TunnelLifeTime: optional(integer)
  },
  allows: ['put', 'delete']
})
