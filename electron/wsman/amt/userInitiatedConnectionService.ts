// AMT_UserInitiatedConnectionService: whether the person at the computer may call the management presence server.
import { inherited, requestStateChange } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { integer, optional, string } from '../schema.ts'

export const userInitiatedConnectionService = defineClass('AMT_UserInitiatedConnectionService', {
  properties: {
    ...inherited.service,
    /** 32768 none, 32769 BIOS, 32770 operating system, 32771 both. */
    EnabledState: optional(integer),
    LastConnectionReason: optional(string)
  },
  methods: {
    RequestStateChange: requestStateChange
  }
})
