// AMT_MPSUsernamePassword: how the firmware logs in to a management presence server.
import { defineClass } from '../class.ts'
import { optional, required, string } from '../schema.ts'

export const mpsUsernamePassword = defineClass('AMT_MPSUsernamePassword', {
  properties: {
    Algorithm: optional(string),
    ElementName: optional(string),
    InstanceID: required(string),
    Protocol: optional(string),
    RemoteID: optional(string),
    /** Write-only. */
    Secret: optional(string)
  },
  allows: ['put']
})
