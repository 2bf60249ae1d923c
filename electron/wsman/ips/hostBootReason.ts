// IPS_HostBootReason: why the computer started last.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { integer, optional, string } from '../schema.ts'

export const hostBootReason = defineClass('IPS_HostBootReason', {
  properties: {
    ...inherited.settingData,
    PreviousSxState: optional(integer),
    Reason: optional(integer),
    ReasonDetails: optional(string)
  }
})
