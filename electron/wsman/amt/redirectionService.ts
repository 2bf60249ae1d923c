// AMT_RedirectionService: serial over LAN and IDE redirection.
import { inherited, requestStateChange } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { boolean, integer, list, optional, required, string } from '../schema.ts'

export const redirectionService = defineClass('AMT_RedirectionService', {
  properties: {
    ...inherited.service,
    AccessLog: list(string),
    /** 32768 off, 32769 IDE-R, 32770 SOL, 32771 both. */
    EnabledState: optional(integer),
    ListenerEnabled: optional(boolean)
  },
  allows: ['put'],
  readOnly: ['AccessLog'],
  methods: {
    RequestStateChange: requestStateChange,
    TerminateSession: { input: { SessionType: required(integer) } }
  }
})
