// AMT_RemoteAccessCapabilities: how many management presence servers and policies fit.
import { inherited } from '../cim/inherited.ts'
import { defineClass } from '../class.ts'
import { integer, optional } from '../schema.ts'

export const remoteAccessCapabilities = defineClass('AMT_RemoteAccessCapabilities', {
  properties: {
    ...inherited.settingData,
    MaxMpsPerPolicy: optional(integer),
    MaxTotalMpServers: optional(integer),
    MaxTotalPolicies: optional(integer),
    MaxTotalProxyEntryPoints: optional(integer)
  }
})
